/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The visitor's session: who may pass at the door, logging in and out, who am I.
 *
 * The cookie is HttpOnly and SameSite=Strict; a program shows "Authorization: Bearer TOKEN"
 * instead. It is not Secure: this server speaks no TLS of its own. */
#ifndef VX_WEB_SESSION_H
#define VX_WEB_SESSION_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct MHD_Response;
struct request;
struct web;

/* True if the request may go on to this command of the station (people/rights.h). False + ERR_LOGIN
 * or ERR_REFUSED, or a fault. Nothing of the request's body has been read yet. */
bool session_may(struct request *r, const char *command, struct err *e);

/* Whom limits count as one: the visitor's address; of IPv6 the first half, the rest being the
 * visitor's own to choose. */
#define SESSION_ADDRESS_BYTES 46 /* INET6_ADDRSTRLEN */
void session_address(const struct request *r, char text[static SESSION_ADDRESS_BYTES]);

/* Puts the visitor's token into a command, so that the station decides by itself; r NULL: nobody's.
 * For what begins a session the visitor's address and program too. */
void session_sign(const struct request *r, json_t *command);

/* Ends the endless answers of those whose session has ended; once a second. */
void session_sweep(struct web *w);

/* GET /api/me: {"accounts", "account", "rights", "shut", "disabled"}. shut: as web_shut; disabled:
 * the session that was shown is that of a disabled account. */
void session_me(struct request *r);

/* GET /api/start: what a page needs before it can show anything, in one answer: {"me": as
 * /api/me, "day": as /api/day, or null for whoever may not see it, "day_tag": its ETag, or ""}.
 * Whoever is not logged in is no mistake here, so that a page may ask before it knows. */
void session_start(struct request *r);
/* What to do with the station's answer; takes over day. */
void session_started(struct request *r, json_t *day);

/* The cookie of the session that the station's answer to user.login opens. */
void session_open(const struct request *r, const json_t *body, struct MHD_Response *response);

/* What to do with the station's answer to user.login and user.logout; takes over body. */
void session_begun(struct request *r, json_t *body);
void session_ended(struct request *r, json_t *body);

#endif
