/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Explain: whether the timetables that were in force account for what the log says: each airing and
 * each miss names a start that the timetable had, or a person who ordered it; and each start that
 * the station accounted for has an airing or a miss. */
#ifndef VX_STATION_EXPLAIN_H
#define VX_STATION_EXPLAIN_H

#include "proof/verify.h"

/* Reads the logs once more and the texts that are kept of the timetables, which proof/ does not
 * understand. Needs some MiB, whatever the size of the logs. What cannot be judged (timetables of
 * before they were kept, times around a change of the timetable or of the clock) is no difference;
 * where it leaves airings unjudged, a note says how many. Calls tz_load. */
void explain_airings(const struct verify *v, struct verdict *verdict);

#endif
