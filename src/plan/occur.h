/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every start of every slot as instants, in the order in which they hold the air. */
#ifndef VX_PLAN_OCCUR_H
#define VX_PLAN_OCCUR_H

#include "base/err.h"
#include "plan/timetable.h"

#include <stdbool.h>
#include <stdint.h>

struct choice;
struct layout;
struct meeting;

/* One start, on its way through the plan: made here, shortened in conflict.c, filled in fill.c. */
struct occur {
	const struct slot *slot;
	struct wall start; /* whole second */
	int64_t day;	   /* local civil day of the start, days since 1970-01-01 */
	int32_t second;	   /* of that day */
	int rank;	   /* of its slot: real before demonstration, then file, then line */
	struct choice *choice; /* what there is to play; content.h */
	bool playable;	   /* there is something */
	bool gone;	   /* airs nothing: taken_by holds the air */
	bool barred;	   /* airs nothing: off, or inside quiet hours and not confirmed */
	const struct slot_off *off; /* somebody has taken it off; NULL: nobody */
	const struct slot *taken_by;
	const struct occur *after; /* has the air at first, in the same list; NULL: nobody */
	int64_t from_frames;   /* until when: nothing of it sounds before */
	const struct meeting *meeting; /* meet.h; NULL: none */
	int64_t length_frames; /* until another takes over */
	int64_t finish_frames; /* ≥ length: until where the last item may run over */
	const struct layout *layout;
};

struct occurs {
	struct occur *list; /* owned; by start, then rank */
	int count, capacity;
};

/* All starts in [from, to). False + err when there are more than PLAN_OCCURRENCES_MAX. */
bool occurs_make(struct occurs *o, const struct schedule *schedule, const struct tz *tz,
		 struct wall from, struct wall to, struct err *e);
void occurs_finish(struct occurs *o);

/* One past the last planned sample's moment, as the slot's own length says. */
struct wall occur_end(const struct occur *o);

#endif
