/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collisions: priority bulletins (Circular 39/2020) that the plan has in one occurrence of a slot,
 * or in two that overlap, of which somebody has to say which comes first. Pure. */
#ifndef VX_PLAN_COLLIDE_H
#define VX_PLAN_COLLIDE_H

#include "plan/running.h"

/* Two and more. Where a slot overlaps another (meet.h), what it would lose to that and what that
 * one plays meet in the slot that loses. Until somebody says otherwise they air as the slot's own
 * `order` has it, and the later of two slots takes over: that is what whoever wrote the timetable
 * decided and everybody sees in the plan, and nothing changes where nobody ever answers. Given: one
 * order names them all. So a third that comes later is asked about again, and what was withdrawn
 * takes its collision with it. */
struct collision {
	const struct occurrence *at; /* the first start at which they meet */
	const struct slot *with; /* it overlaps this one, which starts at: */
	struct wall with_start;	 /* NULL: all are of one slot */
	const struct bulletin *list[COLLISION_MAX]; /* as they air, then what finds no place */
	int count;  /* ≥ 2 */
	int starts; /* at which the same ones meet in the plan; ≥ 1 */
	bool given; /* somebody has said; else the default applies */
	struct wall said;  /* given: when, */
	const char *who;   /* and by whom; "" not known */
};

/* The first `most` collisions of starts after `after`, by start; each set of bulletins once. Only
 * the first COLLISION_MAX of a set. Returns how many. No demonstrations. Any thread. */
int collide_find(const struct plan *p, struct wall after, struct collision *list, int most);

/* That of one occurrence, if there is one. */
bool collide_at(const struct occurrence *o, struct collision *c);

#endif
