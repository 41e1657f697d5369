/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The events of an iCalendar text (RFC 5545) from a stranger, as plain JSON. Read by libical, in a
 * process that has no rights (`vangxa worker ics`). */
#ifndef VX_PLAN_ICS_EVENTS_H
#define VX_PLAN_ICS_EVENTS_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* [{"name", "uid": "" none, "start": {"at": "2026-11-23T05:30:00", "utc", "tzid": "" none,
 * "whole_day"}, "length_s": −1 not said, "rrule": "" none, "rules": how many, "except":
 * ["2026-12-22T05:30:00"…], "recurs": the occurrence of its row that it stands for, "" none,
 * "status": "cancelled", "tentative" or "", "others": true if it has dates of RDATE or changes all
 * that follow of a row}…], at most ICS_EVENTS_MAX. A Z behind a day of "except" or "recurs" is UTC.
 * Nothing is judged. NULL + err if it is no calendar, has more, is one of quoted-printable
 * names, or this program's own export. A new reference. */
json_t *ics_events(const char *text, struct err *e);

#endif
