/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The single days of a slot: on which alone it occurs, on which it does not, and on which a person
 * has taken it off. */
#ifndef VX_PLAN_DATES_PARSE_H
#define VX_PLAN_DATES_PARSE_H

#include "plan/timetable.h"
#include "plan/yamlread.h"

/* "dates: [D, …]". The lists are slot_finish's to free; faults go to r. */
void dates_parse(struct yamlread *r, const struct yamlnode *map, struct slot *slot);

/* "except: [D, {on: D, by: WHO, reason: WHY}, {from: D, to: D, by: WHO, reason: WHY}]": a bare day
 * is no day of this slot at all, nobody asks why it is silent; one with a name is a day on which it
 * was left out, and the plan and the log say who did and why. Without "to" it stays off until
 * somebody removes it. */
void dates_parse_except(struct yamlread *r, const struct yamlnode *map, struct slot *slot);

/* "lunar: [1/1, 15/1, 1/6n]" of the slot (lunar_pick.h). */
void dates_parse_lunar(struct yamlread *r, const struct yamlnode *map, struct slot *slot);

#endif
