/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will air as an iCalendar text (RFC 5545), for a phone's calendar. Pure.
 *
 * An event for each start, in UTC, and no rule for them all: a start that was skipped or gives way
 * to another, lunar dates and pauses stand in the plan already, and a rule of RFC 5545 can tell
 * none of them but by a list of exceptions as long as this one. It tells slots and no bulletins:
 * calendars are handed on. */
#ifndef VX_STATION_CALENDAR_H
#define VX_STATION_CALENDAR_H

#include "plan/running.h"

/* The plan's starts that have the air, at most CALENDAR_EVENTS_MAX. Left out, and told so in the
 * description: demonstrations and slots with more than CALENDAR_STARTS_DAY_MAX starts a day, which
 * would bury all others. In the language of the process. free() it. */
char *calendar_text(const struct plan *p, const struct settings *s, struct wall now);

#endif
