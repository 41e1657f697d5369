/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of events in somebody's calendar (ics_events.h): single occurrences of a row that were moved
 * or cancelled stand as events of their own with the uid of the row and the time that they had
 * (RECURRENCE-ID). Pure. */
#ifndef VX_PLAN_ICS_ROW_H
#define VX_PLAN_ICS_ROW_H

#include "base/civil.h"

#include <jansson.h>
#include <stdbool.h>

/* "2026-11-23T05:30:00", or with a Z: its local day and second. shift_s: what is added to one
 * without a Z (a row that is written in UTC writes its days so too). */
bool ics_moment(const char *text, const struct tz *tz, int64_t shift_s, struct date *day,
		int32_t *second);

/* True if the event stands for one occurrence of a row. */
bool ics_is_one(const json_t *event);
bool ics_is_cancelled(const json_t *event);

/* The days ("2026-12-22") on which the row does not air by its rule: its EXDATEs, and those that
 * were moved or cancelled. A new reference. */
json_t *ics_row_except(const json_t *events, const json_t *row, const struct tz *tz,
		       int64_t shift_s);

/* True if one of its occurrences changes all that follow: where the row ends is then unknown. */
bool ics_row_divided(const json_t *events, const json_t *row);

/* The row of this occurrence; NULL if it is not among the events. */
const json_t *ics_row_of(const json_t *events, const json_t *one);

#endif
