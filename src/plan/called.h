/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places by what people call them: registers have them in words. Pure. */
#ifndef VX_PLAN_CALLED_H
#define VX_PLAN_CALLED_H

#include "plan/places.h"
#include "plan/targets.h"

#include <stdbool.h>
#include <stdint.h>

/* Owned; zero-initialise but for `places`, which outlives it; called_finish. */
struct called {
	const struct places *places;
	int64_t *names, *codes; /* of each place, folded; NULL until somebody asks */
};

/* What a place of that name or code is on that day, capitals and marks aside: itself, or what it
 * merged into. NULL: the list has none of it, or several of which the name does not tell one. */
const struct place *called_find(struct called *c, const char *name, struct date day);
void called_finish(struct called *c);

/* Whether a place counts for a target: one of no places, or of some of which it is, or was before
 * it merged, one, or in one; or if nobody says in which province it is. */
bool called_counts(const struct places *p, const struct place *place, const struct target *t,
		   struct date day);

#endif
