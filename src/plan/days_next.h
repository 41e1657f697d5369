/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next days of one slot, for whoever is about to change it. Pure. */
#ifndef VX_PLAN_DAYS_NEXT_H
#define VX_PLAN_DAYS_NEXT_H

#include "plan/timetable.h"

#include <jansson.h>

#define DAYS_NEXT_TOLD 5      /* starts that are told */
#define DAYS_NEXT_MAX 3660    /* days looked ahead: ten years, as far as anybody plans */

/* [{"start", "lunar", "holiday", "off": somebody has taken it off}…], the next starts from `now`
 * on, at most DAYS_NEXT_TOLD and within DAYS_NEXT_MAX days; one a day, however often the slot
 * repeats. `around`: the timetables in force, which may hold special periods that replace the
 * slot's: it is taken as the one of its file there, and as a new one if there is none. A new
 * reference. */
json_t *days_next(const struct slot *slot, const struct schedule *around, const struct tz *tz,
		  struct wall now);

#endif
