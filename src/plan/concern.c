/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/concern.h"

#include "plan/seedlist.h"

#include <string.h>

static bool has(const struct concern *c, const char *code)
{
	for (int i = 0; i < c->count; i++)
		if (strcmp(c->codes[i], code) == 0)
			return true;
	return false;
}

void concern_begin(struct concern *c, const struct places *places, const char *code)
{
	*c = (struct concern){.places = places};
	if (code[0] != '\0')
		c->codes[c->count++] = code;
	/* Until nothing new is found, for what merged may have been merged before. */
	for (int was = 0; was < c->count;) {
		was = c->count;
		for (int i = 0; i < places->count && c->count < CONCERN_PLACES_MAX; i++)
			if (has(c, places->list[i].merged_into) && !has(c, places->list[i].code))
				c->codes[c->count++] = places->list[i].code;
	}
}

static bool meets(const struct concern *c, const char *area, struct date day)
{
	for (int i = 0; i < c->count; i++)
		if (places_at(c->places, c->codes[i], day) != NULL &&
		    (places_within(c->places, c->codes[i], area, day) ||
		     places_within(c->places, area, c->codes[i], day)))
			return true;
	return false;
}

static struct date later(struct date a, struct date b)
{
	return date_compare(a, b) > 0 ? a : b;
}

static struct date sooner(struct date a, struct date b)
{
	return date_compare(a, b) < 0 ? a : b;
}

/* Of each of the place's times the first and the last day: what lies in what seldom changes, and
 * never but where a time of one of them begins. */
static bool touches(const struct concern *c, const char *area, struct date first, struct date last)
{
	for (int i = 0; i < c->places->count; i++) {
		const struct place *a = &c->places->list[i];
		if (strcmp(a->code, area) == 0 && seedlist_touch(a->from, a->to, first, last) &&
		    (meets(c, area, later(a->from, first)) || meets(c, area, sooner(a->to, last))))
			return true;
	}
	return false;
}

bool concern_has(const struct concern *c, const struct target *t, struct date first,
		 struct date last)
{
	if (!target_touches(t, first, last))
		return false;
	for (int i = 0; i < t->place_count; i++)
		if (touches(c, t->places[i], later(t->from, first), sooner(t->to, last)))
			return true;
	return t->place_count == 0;
}
