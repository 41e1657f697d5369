/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who allows a slot to sound within quiet hours: for the time that was allowed and for no other. On
 * 5 December 2025 a commune woke at 03:15 by a slot whose time was typed wrong; a name must not
 * carry it along to another time. Pure. */
#ifndef VX_PLAN_CONFIRM_H
#define VX_PLAN_CONFIRM_H

#include "plan/faults.h"
#include "plan/settings.h"
#include "plan/timetable.h"
#include "plan/yamlread.h"

/* Reads {by, reason, for: {start, length, until}} of a slot whose times are read; `for` may be left
 * out, and is held against the slot's own where it stands. */
void confirm_parse(struct yamlread *r, const struct settings *settings, const struct yamlnode *n,
		   struct slot *slot);

/* Adds a fault for each slot of `after` within quiet hours that is at another time than in `before`
 * (the timetables in force) under a confirmation that is still the same. One that was given another
 * name is known by its confirmation. */
void confirm_kept(const struct schedule *before, const struct schedule *after,
		  const struct settings *settings, struct faults *faults);

/* True if there is a confirmation that does not say for which time. */
bool confirm_any(const struct schedule *s);

#endif
