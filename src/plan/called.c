/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/called.h"

#include "base/fold.h"
#include "base/must.h"
#include "base/numbers.h"
#include "plan/concern.h"

#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 16 /* as places.c has them */

static int64_t folded(const char *text)
{
	char line[TITLE_BYTES], plain[TITLE_BYTES];

	fold_spaces(text, line, sizeof(line));
	fold_plain(line, plain, sizeof(plain));
	return numbers_hash(plain, 0);
}

/* All once: a register has many rows, the country 5,000 places. */
static void learn(struct called *c)
{
	size_t room = (size_t)c->places->count + 1;

	c->names = calloc(room, sizeof(*c->names));
	c->codes = calloc(room, sizeof(*c->codes));
	must(c->names != NULL && c->codes != NULL);
	for (int i = 0; i < c->places->count; i++) {
		c->names[i] = folded(c->places->list[i].name);
		c->codes[i] = folded(c->places->list[i].code);
	}
}

/* exact: written with the same letters, marks and capitals. */
static const struct place *find(const struct called *c, const char *name, struct date day,
				bool exact)
{
	const struct places *p = c->places;
	const struct place *found = NULL;
	int64_t hash = folded(name);

	for (int i = 0; i < p->count; i++) {
		if (hash != c->names[i] && hash != c->codes[i])
			continue;
		if (exact && strcmp(name, p->list[i].name) != 0)
			continue;
		const struct place *now = places_now(p, p->list[i].code, day);
		if (now != NULL && found != NULL && now != found)
			return NULL;
		found = now != NULL ? now : found;
	}
	return found;
}

const struct place *called_find(struct called *c, const char *name, struct date day)
{
	if (c->names == NULL)
		learn(c);
	const struct place *place = find(c, name, day, false);
	return place != NULL ? place : find(c, name, day, true);
}

void called_finish(struct called *c)
{
	free(c->names);
	free(c->codes);
	*c = (struct called){.places = c->places};
}

static bool in_a_province(const struct places *p, const struct place *place, struct date day)
{
	for (int step = 0; step < STEPS_MAX && place != NULL; step++) {
		if (place->level == PLACE_PROVINCE)
			return true;
		place = places_at(p, place->parent, day);
	}
	return false;
}

bool called_counts(const struct places *p, const struct place *place, const struct target *t,
		   struct date day)
{
	struct concern c;

	if (t->place_count == 0 || !in_a_province(p, place, day))
		return true;
	concern_begin(&c, p, place->code);
	return concern_has(&c, t, t->from, date_compare(day, t->from) > 0 ? day : t->from);
}
