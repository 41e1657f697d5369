/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one decision about a visitor: the page asks it before it takes anything, the station before
 * it does anything. */
#ifndef VX_PEOPLE_DOOR_H
#define VX_PEOPLE_DOOR_H

#include "people/users.h"

/* Whether the visitor with this token ("" for none) may give this command. Sets *user, id 0 when it
 * needs no account or there is none yet. ERR_LOGIN: first log in, or the account was disabled;
 * ERR_REFUSED: this account may not, it must set its own password first, or the command must name a
 * person and there is no account. u NULL: no accounts. */
bool door_open(struct users *u, const char *token, const char *command, struct wall now,
	       struct user *user, struct err *e);

/* Whether this account may give this command: by its role, and with a one-time password nothing but
 * setting its own. */
bool door_may(const struct user *user, const char *command);

#endif
