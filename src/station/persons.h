/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom an id in the log or a timetable means, for people who read it. */
#ifndef VX_STATION_PERSONS_H
#define VX_STATION_PERSONS_H

#include "people/users.h"

#include <jansson.h>

/* Adds people["user:7"] = the person's name, or the account's; nothing for what is no account. The
 * log itself holds no names, so an answer that tells of ids has such a member "people" beside. */
void persons_add(struct users *u, json_t *people, const char *who);

/* Who sat at the machine itself and not at an account ("uid:0"), in words; false: it is no such. */
bool persons_machine(const char *who, char out[static NAME_BYTES]);

/* Of the accounts (users_list) the one with this name, else the one of the person of this name; 0
 * none. */
int64_t persons_find(const json_t *accounts, const char *name);

/* {"name", "role"}: the person's name, or the account's, and the role's code. Both null for what is
 * no account (somebody at the machine); name null too if the listener may not know it. */
json_t *persons_tell(struct users *u, const char *who, bool by_name);

#endif
