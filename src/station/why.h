/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Why did it not play?": one slot or bulletin on one day, answered from the log where it has
 * happened and from the plan where it lies ahead. */
#ifndef VX_STATION_WHY_H
#define VX_STATION_WHY_H

#include "station/desk.h"

#include <jansson.h>

struct playout;

/* {"what", "date", "lines": […], "texts"}: the day's lines (day_lines) of the bulletin of this id,
 * or of the slots that have these words in their name (marks and capitals do not matter), each with
 * its reason and cause. texts {vi, en}: where there is no line, why there is none: what became of
 * the bulletin, or that the timetable does not have the slot on that day, or since when it has it,
 * if that came too late; null where there are lines. only: as sight_of gives it. ERR_NOT_FOUND for
 * what is neither a slot nor a bulletin. The caller's. */
json_t *why_make(struct desk *d, const struct playout *playout, const char *what, struct date date,
		 const char *only, struct err *e);

#endif
