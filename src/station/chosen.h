/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chosen: whether a slot that a timetable had could choose the bulletin that aired in it. */
#ifndef VX_STATION_CHOSEN_H
#define VX_STATION_CHOSEN_H

#include "base/bulletin.h"
#include "base/moment.h"
#include "proof/verdict.h"
#include "station/inforce.h"

#include <jansson.h>
#include <stdbool.h>

/* One line of the log, held against one timetable after the other until one explains it. */
struct chosen {
	const char *slot;
	struct wall start;
	const struct bulletin *bulletin; /* NULL: nothing to choose */
	bool planned; /* a timetable had the start … */
	bool taken;   /* … and its slot takes bulletins of these words … */
	bool in_days; /* … on that day: explained */
};

/* True once it is explained. */
bool chosen_by(struct chosen *c, struct inforce *f);

/* Names what a bulletin that aired as entry n is not, if c is planned and not explained. */
void chosen_differs(const struct chosen *c, int64_t n, struct verdict *verdict);

/* Of a bulletin that somebody ordered at `at` by hand: names it if its days were over or to come
 * then, in the time zone of those settings. */
void chosen_by_hand(const struct bulletin *b, int64_t n, struct wall at,
		    const struct settings *s, struct verdict *verdict);

/* Words that changed within two days of a moment may have been others when the slot was planned. */
bool chosen_settled(const struct bulletin *b, struct wall at);

#endif
