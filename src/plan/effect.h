/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a change of the timetable does to the days ahead: the plan before and the plan after it,
 * compared, in words. Pure. */
#ifndef VX_PLAN_EFFECT_H
#define VX_PLAN_EFFECT_H

#include "plan/arena.h"
#include "plan/running.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define EFFECT_DAYS 7 /* a timetable repeats by the week */

/* One thing to be heard in a start. */
struct effect_item {
	const char *thing; /* bulletin id, or path of a sound file */
	const char *title;
	bool bulletin;
};

/* One occurrence on its own feet: nothing of it belongs to the plan it was taken from. */
struct effect_start {
	struct wall start;
	int64_t day;	/* local, since 1970-01-01 */
	int32_t second; /* of that day */
	int32_t slot_length_s;
	int64_t length_frames; /* until another takes over */
	int64_t sound_frames;  /* until its last item ends; 0: nothing is heard */
	int32_t join_within_s;
	const char *file, *slot, *zones;
	uint32_t zone_mask;
	double volume_db;
	bool demo;
	bool silent; /* nothing of it is heard: */
	enum omission why;
	const char *taken_by; /* NULL: nobody */
	const char *quiet_by; /* who confirmed that it sounds in quiet hours; NULL: not so */
	const struct effect_item *items;
	int item_count;
};

/* A plan as far as it is compared, by file, slot and start. */
struct effect_view {
	struct arena arena;
	struct effect_start *list; /* in the arena */
	int count;
};

/* Takes what ends after `from` and starts before `to` out of a plan that covers it. The plan is not
 * needed any more afterwards. Caller: effect_finish. */
void effect_take(struct effect_view *v, const struct plan *p, const struct plan_input *in,
		 struct wall from, struct wall to);
void effect_finish(struct effect_view *v);

/* Makes the plan for EFFECT_DAYS from now on and takes it. False + err as plan_make. */
bool effect_look(struct effect_view *v, const struct plan_input *in, struct wall now,
		 struct err *e);

/* {"same", "changes": [{"code", "slot"?, …figures, "grave", "count", "starts": [first ones],
 * "texts": {vi, en}}], "more"}: what somebody should look at ("grave": silent, shortened, cut,
 * left out, within quiet hours) first, then by time. Codes: the sayings effect-…; what
 * demonstrations play is not compared: they give way to everything. A new reference; never
 * NULL. */
json_t *effect_compare(const struct effect_view *before, const struct effect_view *after,
		       const struct tz *tz, struct wall now);

#endif
