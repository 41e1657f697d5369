/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/persons.h"

#include "base/json.h"

#include <stdlib.h>
#include <string.h>

void persons_add(struct users *u, json_t *people, const char *who)
{
	struct user user;
	struct err ignored;

	if (u == NULL || strncmp(who, "user:", 5) != 0 || json_object_get(people, who) != NULL ||
	    !users_numbered(u, strtoll(who + 5, NULL, 10), &user, &ignored))
		return;
	json_object_set_new(people, who,
			    json_text(user.person[0] != '\0' ? user.person : user.name));
}
