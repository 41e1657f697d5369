/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a request may be carried out, and in whose name: asked once, before any command. */
#ifndef VX_STATION_ADMIT_H
#define VX_STATION_ADMIT_H

#include "base/err.h"

#include <stdbool.h>

struct request;

/* Three kinds of request:
 *
 * * without "session" or "as": somebody at this machine, known by the uid; all rights.
 * * "as":"user:7": the same, in the name of an account and with no more than its rights.
 * * "session": a visitor of the page. The web process passes on the token that the visitor showed
 *   (null for none) and claims nothing: whose it is and what that person may do is looked up here.
 *   While there is no account the page is open as far as rights_personal leaves it.
 *
 * Sets rq->user and rq->who for the latter two. ERR_LOGIN: first log in; ERR_REFUSED: this account
 * may not.
 *
 * What this does not stop: a web process that was taken over runs under the station's own uid and
 * may leave "session" out. The road not taken is a uid of its own for it, which a station started
 * by hand in a folder does not have. */
bool admit(struct request *rq, const char *command, struct err *e);

#endif
