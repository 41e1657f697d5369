/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody's calendar, offered for a timetable: read by a process without rights, and laid over the
 * timetable as it is. Nothing is saved. */
#ifndef VX_STATION_ICSIN_H
#define VX_STATION_ICSIN_H

#include "base/buf.h"
#include "station/commands.h"

#include <jansson.h>

/* Takes both texts over: the calendar, and the timetable `file` as it is now, with its SHA-256. The
 * answer, later or at once: {"was", "text" that it would have, "added", "changed", "same",
 * "left_out" (plan/ics_merge.h)}. False + err: ICS_JOBS_MAX are under way. */
bool icsin_start(struct request *rq, json_t *reply, const char *file, struct buf *calendar,
		 struct buf *timetable, const char *was, struct err *e);

#endif
