/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timetable out of the events of somebody's calendar (ics_events.h). Pure. */
#ifndef VX_PLAN_ICS_TABLE_H
#define VX_PLAN_ICS_TABLE_H

#include "base/buf.h"
#include "base/civil.h"

#include <jansson.h>

/* Appends the text of a timetable: a slot an event, in the order of the file, each with play:
 * {bulletins: {}}, which somebody may change. Times without a zone, in UTC and in the station's own
 * zone are understood. What cannot be a slot is left out and told: left_out gets {"name", "text"},
 * in the language of the thread. The text is still to be read and judged like any other
 * (schedule_parse): quiet hours and conflicts are no business of this. Returns the number of
 * slots. */
int ics_table(const json_t *events, const struct tz *tz, const char *title, struct buf *yaml,
	      json_t *left_out);

#endif
