/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/persons.h"

#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool find(struct users *u, const char *who, struct user *user)
{
	struct err ignored;

	return u != NULL && strncmp(who, "user:", 5) == 0 &&
	       users_numbered(u, strtoll(who + 5, NULL, 10), user, &ignored);
}

static json_t *name_of(const struct user *user)
{
	return json_text(user->person[0] != '\0' ? user->person : user->name);
}

void persons_add(struct users *u, json_t *people, const char *who)
{
	struct user user;

	if (json_object_get(people, who) == NULL && find(u, who, &user))
		json_object_set_new(people, who, name_of(&user));
}

bool persons_machine(const char *who, char out[static NAME_BYTES])
{
	if (strncmp(who, "uid:", 4) != 0)
		return false;
	if (strcmp(who, "uid:0") == 0)
		snprintf(out, NAME_BYTES, "%s", T("quản trị máy (uid 0)",
						  "the machine's administrator (uid 0)"));
	else
		snprintf(out, NAME_BYTES, T("người dùng của máy (uid %.20s)",
					    "a user of the machine (uid %.20s)"), who + 4);
	return true;
}

int64_t persons_find(const json_t *accounts, const char *name)
{
	static const char *const keys[] = {"name", "person"};
	const json_t *one;
	size_t i;

	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++)
		json_array_foreach(accounts, i, one)
			if (strcmp(json_get_text(one, keys[k], ""), name) == 0)
				return json_get_integer(one, "id", 0);
	return 0;
}

json_t *persons_tell(struct users *u, const char *who, bool by_name)
{
	struct user user;

	if (!find(u, who, &user))
		return json_pack("{s:n, s:n}", "name", "role");
	return json_pack("{s:o, s:s}", "name", by_name ? name_of(&user) : json_null(), "role",
			 role_code(user.role));
}
