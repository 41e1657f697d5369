/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds the air when slots meet on a zone. */
#ifndef VX_PLAN_CONFLICT_H
#define VX_PLAN_CONFLICT_H

#include "plan/occur.h"

/* The rules, on starts in order (occurs_make) whose `playable` and `barred` are set:
 * - two together: the first in file and line holds the air, the other is gone;
 * - one within another: the later takes over at its start, the earlier is shortened (on all its
 *   zones: it is one programme, not one for each zone);
 * - of either, whoever loses a priority bulletin to another slot that has one too keeps the air
 *   until it is heard, if somebody has put it first (meet.h): the other begins then, on all its
 *   zones, and is gone if that leaves it no time;
 * - one that is barred takes nothing from anybody;
 * - one that has nothing to play takes nothing from one that has;
 * - demonstration slots give way: one that would begin while a real slot plays is gone, and a real
 *   slot takes over from it like any other.
 * Sets gone, taken_by, length_frames and finish_frames. First the real slots, then, when their
 * layouts are known (what runs over holds the air too), the demonstration. */
struct content;
void conflict_real(struct occurs *o, struct content *c);
void conflict_demo(struct occurs *o);

#endif
