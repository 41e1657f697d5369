/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/air_parse.h"

#include "base/limits.h"

#include <string.h>

/* A word, so that nobody switches it off by a slip: 0 is refused. */
static bool is_off(const struct yamlnode *n)
{
	return n != NULL && n->kind == YAMLNODE_TEXT && strcmp(n->text, "off") == 0;
}

void air_parse_dead(struct yamlread *r, const struct yamlnode *map, struct settings *s)
{
	static const char *const known[] = {"after", NULL};

	if (map == NULL || !yamlread_keys(r, map, known))
		return;
	r->field = "dead_air";
	if (is_off(yamlnode_get(map, "after")))
		s->dead_air_s = 0;
	else
		yamlread_duration(r, map, "after", DEAD_AIR_S_MIN, DEAD_AIR_S_MAX, &s->dead_air_s);
	r->field = NULL;
}
