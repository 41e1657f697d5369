/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Newcomers: starts of a timetable that is taken over after they have passed. */
#ifndef VX_STATION_NEWCOMERS_H
#define VX_STATION_NEWCOMERS_H

#include "base/limits.h"
#include "base/moment.h"
#include "plan/running.h"

struct playout;

/* A slot that was saved after its start, or taken over after it by a busy machine, and still goes
 * on: its `late` rule says whether it is joined; else what is behind was missed (saved-late). Not
 * one whose slot was under way already and only has another start now, nor one whose loudspeakers
 * another slot has: that plays on. They wait for a step, because what they write stands behind the
 * timetable.changed in the log. */
#define NEWCOMERS_MAX 16
struct newcomers {
	int count;
	struct newcomer {
		char slot[NAME_BYTES];
		struct wall start;
	} list[NEWCOMERS_MAX];
};

/* The plan is another; before: the one that it was. */
void newcomers_note(struct playout *p, const struct plan *before);

/* Opens them. */
void newcomers_open(struct playout *p);

/* A start that has passed, and nothing of it will be heard any more. */
bool newcomers_over(const struct playout *p, const struct occurrence *o);

#endif
