/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody's calendar laid over a timetable that is there: which of its slots are new, which are at
 * another time than before, and which are as they were. Pure.
 *
 * A slot is known by its name. Only its time and days are taken from a calendar, which knows no
 * more; what it plays, where and how loud stays. Slots that the calendar does not have stay too: a
 * calendar that was exported for one month must not empty a timetable. */
#ifndef VX_PLAN_ICS_MERGE_H
#define VX_PLAN_ICS_MERGE_H

#include "base/buf.h"
#include "base/err.h"
#include "plan/timetable.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define ICS_MERGE_DAYS 400 /* days ahead on which two slots must agree to be the same */

struct ics_merge {
	const struct settings *settings;
	const struct holidays *holidays; /* NULL: none kept */
	struct date today;
	const char *file, *text; /* the timetable as it is */
	size_t len;
};

/* Appends the text with the events (ics_events.h) in it; told gets "added" and "changed" (lists of
 * names), "same" (their number) and "left_out" [{"name", "text"}], in the language of the thread.
 * False + err: ERR_DAMAGED if the timetable is faulty as it is, ERR_USAGE for more
 * than ICS_CHANGES_MAX, or as slot_edit. */
bool ics_merge(const struct ics_merge *m, const json_t *events, struct buf *out, json_t *told,
	       struct err *e);

#endif
