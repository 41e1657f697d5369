/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A timetable out of the events of somebody's calendar (ics_events.h). Pure. */
#ifndef VX_PLAN_ICS_TABLE_H
#define VX_PLAN_ICS_TABLE_H

#include "base/buf.h"
#include "base/civil.h"

#include <jansson.h>

/* A slot an event, in the order of the file, as the keys that a timetable has for it: "name",
 * "start", "length", "rrule" with "valid" or "dates", "except". Times without a zone, in UTC and in
 * the station's own zone are understood. What cannot be a slot is left out and told: left_out gets
 * {"name", "text"}, in the language of the thread. A new reference. */
json_t *ics_slots(const json_t *events, const struct tz *tz, json_t *left_out);

/* Appends the text of a timetable of these slots, each with play: {bulletins: {}}, which somebody
 * may change. The text is still to be read and judged like any other (schedule_parse): quiet hours
 * and conflicts are no business of this. Returns the number of slots. */
int ics_table(const json_t *events, const struct tz *tz, const char *title, struct buf *yaml,
	      json_t *left_out);

#endif
