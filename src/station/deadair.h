/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dead air: something is on air and nothing is heard of it. */
#ifndef VX_STATION_DEADAIR_H
#define VX_STATION_DEADAIR_H

#include "station/playout.h"

#include <jansson.h>

/* Silence by itself is nothing: a gap in the timetable, zones that are cut, and a pause within a
 * master are meant. Dead air is a mix that stays below DEAD_AIR_DB for settings.dead_air_s while an
 * item is on air whose master is known to have sound there (its outline of when it was taken in,
 * library/wave.h), or cannot be read in time. What was approved as silence airs as silence. The
 * road not taken: silence alone for so long, which would cut a minute of mourning out of its own
 * file. A relay has its own watch (station/relaying.h), and alarms are not broken off.
 *
 * The item ends there, dead-air; the next of its slot begins at once, and what follows it so much
 * earlier; behind the last one the bed lies until the slot's end. */

/* Before the runs are moved on. */
void deadair_step(struct playout *p);

/* The bed of r is there in place of what fell silent, or will be when its master is open. */
bool deadair_stands_in(const struct run *r);

/* The last time, for DEAD_AIR_TOLD_S; NULL: there was none. The caller's. */
json_t *deadair_banner(struct playout *p);

#endif
