/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Special periods: timetables that stand in for others on the days on which they are valid, by a
 * decision that they name (mourning, Tết, the season of floods). */
#ifndef VX_PLAN_SPECIAL_H
#define VX_PLAN_SPECIAL_H

#include "plan/slot_parse.h"

/* "replaces: true", "replaces: [NAME, …]" and "basis: …" at the top of a timetable; `valid` is the
 * timetable's. Faults go to r. */
void special_parse(struct yamlread *r, const struct yamlnode *root, const struct validity *valid,
		   struct timetable *t);

/* Once all timetables are read: which one replaces which. Of those that would replace each other on
 * one day, directly or around others, the one read last replaces nothing: so none falls silent. */
void special_settle(struct schedule *s);

/* What is wrong with that, as errors in the language of the thread: names that no timetable has,
 * and circles. After special_settle. */
void special_tell(const struct schedule *s, struct faults *faults);

#endif
