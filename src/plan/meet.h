/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Priority bulletins of two slots that overlap on a zone (Circular 39/2020): whose is lost to the
 * other slot, and what somebody's word on it does to who holds the air. Pure. */
#ifndef VX_PLAN_MEET_H
#define VX_PLAN_MEET_H

#include "plan/content.h"

/* A word that comes later than so long before the slot that would go on begins is too late: the
 * station has opened it, and what the timetable would take from it is left out. */
#define MEET_AHEAD_NS (5 * NS_PER_S)

/* What one slot would lose to another; kept by the slot that loses. */
struct meeting {
	const struct meeting *next; /* with one more slot; NULL: no more */
	const struct slot *with;    /* which takes the air unless somebody says otherwise */
	struct wall with_start;
	const struct bulletin *list[COLLISION_MAX]; /* as they air unless somebody says: theirs,
						     * then those that are lost */
	int count, theirs;
	bool given; /* somebody has said in time, of all of them */
};

/* `takes` would take the air from `gives`, `at` frames after the start of that. Until which frame
 * `gives` keeps it: until its last priority bulletin that was put before all of the other's is
 * heard to its end; `at` if there is none. Adds a meeting to `gives` if it loses a priority
 * bulletin which the other slot does not play itself, and that has one to play. */
int64_t meet_hold(struct content *c, struct occur *gives, const struct occur *takes, int64_t at);

/* b is lost in this meeting or one behind it unless somebody says otherwise. NULL: in none. */
bool meet_loses(const struct meeting *m, const struct bulletin *b);

#endif
