/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leap: when the wall clock is suddenly elsewhere, by a hand, a time server or sleep, or is
 * believed no more. */
#ifndef VX_STATION_LEAP_H
#define VX_STATION_LEAP_H

#include "base/moment.h"

#include <stdbool.h>

struct playout;

/* Sets where the clocks stand to one another. */
void leap_init(struct playout *p);

/* Looks at the clocks once a step of playout. A leap: runs that have promised nothing are dropped,
 * what was leapt over is owed (station/owed.h), and the log tells of it; true: the plan is to be
 * made anew. */
bool leap_look(struct playout *p);

/* The timetable may air by a clock that shows this. */
bool leap_believed(struct playout *p, struct wall now);

#endif
