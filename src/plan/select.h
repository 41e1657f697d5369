/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bulletins a slot plays on a day, in which order. */
#ifndef VX_PLAN_SELECT_H
#define VX_PLAN_SELECT_H

#include "plan/arena.h"
#include "plan/running.h"

#include <stdint.h>

/* One bulletin with the days on which it may air, as numbers. */
struct candidate {
	const struct bulletin *bulletin;
	int64_t from_day, to_day;
};

struct candidates {
	struct candidate *list; /* in an arena */
	int count;
};

/* The bulletins that may air at all (approved, not empty) on some day of [from_day, to_day]. */
void select_approved(struct candidates *c, const struct plan_input *in, int64_t from_day,
		     int64_t to_day, struct arena *a);

/* Those of `all` that match the slot (programmes and languages: any of them; wished slots: a
 * bulletin that names slots goes to these only), in the slot's order: level, language and oldest
 * unless set; the level comes first where that order does not name it; ties by time received, then
 * id. Priority bulletins among themselves go by the order that somebody gave them (order.set), and
 * by the slot's own where nobody did. Days do not matter yet, so once is enough. */
void select_slot(struct candidates *c, const struct candidates *all, const struct slot *slot,
		 const struct play *play, struct arena *a);

/* Would the slot take this bulletin on this day (since 1970-01-01) if it aired at all? State and
 * room do not matter; what it plays as a fallback does not count. */
bool select_fits(const struct bulletin *b, const struct slot *slot, int64_t day);

/* Whether what the slot plays, or its fallback, takes a bulletin of these words, days aside. */
bool select_takes(const struct bulletin *b, const struct slot *slot);

/* Those of a slot on one day, into list[] (room for all candidates); returns how many.
 * [*first, *last] are the days around it on which the answer is the same (narrowed, so the caller
 * sets them wide). */
int select_day(const struct candidates *c, int64_t day, const struct bulletin **list,
	       int64_t *first, int64_t *last);

#endif
