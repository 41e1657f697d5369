/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands about accounts share: their words, passwords, and entries in the log. */
#ifndef VX_STATION_ACCOUNT_H
#define VX_STATION_ACCOUNT_H

#include "base/err.h"
#include "people/users.h"

#include <stdbool.h>

struct desk;
struct request;

/* A one-time password is good so long: over a weekend, not until the slip of paper is found. */
#define ACCOUNT_ONCE_S (3 * 24 * 3600)

/* The fields "name" and "person" of a new account. */
bool account_words(struct request *rq, struct user *user, struct err *e);

/* The new password in this field, checked and hashed, for the account of this name. Stalls the
 * station's thread a tenth of a second; that is rarer than a slow disk, and the sound does not run
 * on it. */
bool account_password(struct request *rq, const char *field, struct user *user, struct err *e);

/* Whether a password may be taken for this account; the station's name counts as a word too. */
bool account_password_good(const struct request *rq, const char *password, const char *name,
			   struct err *e);

/* Writes account.changed and a line on the console. False + err when the change stands and the log
 * could not be written. */
bool account_note(struct desk *d, const char *who, const struct user *user, const char *what,
		  struct err *e);

#endif
