/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collisions: priority bulletins (Circular 39/2020) that the plan has in one occurrence of a slot,
 * of which somebody has to say which comes first. Pure. */
#ifndef VX_PLAN_COLLIDE_H
#define VX_PLAN_COLLIDE_H

#include "plan/running.h"

/* Two and more. Of occurrences that overlap the later one takes over, whatever it holds: nobody is
 * asked. Until somebody says otherwise they air as the slot's own `order` has it: that is what
 * whoever wrote the timetable decided and everybody sees in the plan, and nothing changes where
 * nobody ever answers. Given: one order names them all. So a third that comes later is asked about
 * again, and what was withdrawn takes its collision with it. */
struct collision {
	const struct occurrence *at; /* the first start at which they meet */
	const struct bulletin *list[COLLISION_MAX]; /* as they air, then what finds no place */
	int count;  /* ≥ 2 */
	int starts; /* at which the same ones meet in the plan; ≥ 1 */
	bool given; /* somebody has said; else the default applies */
};

/* The first `most` collisions of starts after `after`, by start; each set of bulletins once. Only
 * the first COLLISION_MAX of a set. Returns how many. No demonstrations. Any thread. */
int collide_find(const struct plan *p, struct wall after, struct collision *list, int most);

/* That of one occurrence, if there is one. */
bool collide_at(const struct occurrence *o, struct collision *c);

#endif
