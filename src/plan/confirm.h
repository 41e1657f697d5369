/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who allows a slot to sound within quiet hours: for the time that was allowed and for no other. On
 * 5 December 2025 a commune woke at 03:15 by a slot whose time was typed wrong; a name must not
 * carry it along to another time, nor from one evening of the year to every night. Pure. */
#ifndef VX_PLAN_CONFIRM_H
#define VX_PLAN_CONFIRM_H

#include "plan/faults.h"
#include "plan/settings.h"
#include "plan/timetable.h"
#include "plan/yamlread.h"

/* Reads {by, reason, on, for: {start, length, until}} of a slot whose times are read; `for` may be
 * left out, and is held against the slot's own where it stands. */
void confirm_parse(struct yamlread *r, const struct settings *settings, const struct yamlnode *n,
		   struct slot *slot);

/* Adds a fault for each slot of `after` within quiet hours that under a confirmation that is still
 * the same is at another time than in `before` (the timetables in force), or on days on which it
 * was not: fewer days need nobody's leave, nor does an exception that is taken back. One that was
 * given another name, or stands in another file, is known by its confirmation. `on` says when a
 * confirmation was given, so that it may be given anew in the same words. */
void confirm_kept(const struct schedule *before, const struct schedule *after,
		  const struct settings *settings, struct faults *faults);

/* True if there is a confirmation: what is in force must be asked whether it still holds. */
bool confirm_any(const struct schedule *s);

#endif
