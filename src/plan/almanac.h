/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the days of a plan are, besides dates: lunar days, public holidays, and under which special
 * timetable they stand. Made once for all slots. */
#ifndef VX_PLAN_ALMANAC_H
#define VX_PLAN_ALMANAC_H

#include "plan/timetable.h"

#include <stdint.h>

struct almanac {
	int64_t first; /* days since 1970-01-01 */
	int64_t count;
	struct lunar *lunar;		  /* owned; NULL: no slot asks */
	const struct holiday **holidays;  /* owned, as is the array; NULL: no slot asks */
	uint64_t *replaced; /* owned; bit t: timetable t gives way; NULL: none does */
};

/* For the days first … first + count − 1, as far as a slot of the schedule asks; the schedule must
 * outlive it. all: lunar days and holidays even if none asks, for people. */
void almanac_make(struct almanac *a, const struct schedule *s, int64_t first, int64_t count,
		  bool all);
void almanac_finish(struct almanac *a);

/* The timetables that give way on that day, a bit each. */
uint64_t almanac_replaced(const struct schedule *s, struct date day);

/* True if a timetable of the schedule that replaces others is in force on that day. */
bool almanac_in_force(const struct schedule *s, int table, struct date day);

#endif
