/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logging in: the password is looked at on a thread of its own, because that takes a tenth of a
 * second by design, and the station's thread has a timetable to keep. */
#ifndef VX_STATION_LOGIN_H
#define VX_STATION_LOGIN_H

#include "base/err.h"
#include "people/throttle.h"

#include <jansson.h>
#include <stdbool.h>

struct request;
struct station;
struct user;

/* What the tries of one station have used up. Zero-initialise; on the station's thread. */
struct logins {
	bool open;
	struct throttle accounts, addresses;
};

/* user.login {name, password, address?, agent?}: answers later with {"session", "account"}, or
 * ERR_LOGIN in the same words and after the same time whatever was wrong. ERR_TOO_MANY when this
 * account or address was tried too often, or too many log in at once. */
bool login_start(struct request *rq, json_t *reply, struct err *e);

/* me.password {old, password, address?, agent?}: a new password for who asks, who must know the old
 * one. Every session ends and a new one begins, told as by user.login. ERR_REFUSED: the old one is
 * wrong, or the new one is not good. */
bool login_change(struct request *rq, json_t *reply, struct err *e);

/* Uses one try of this address; false + ERR_TOO_MANY if none is left. */
bool login_may_knock(struct station *st, const char *address, struct err *e);

/* Gives it back: it was no guess. */
void login_known(struct station *st, const char *address);

/* Begins a session for this account, whose right to it is beyond doubt: {"session", "account"}. */
bool login_admit(struct request *rq, const struct user *user, json_t *reply, struct err *e);

#endif
