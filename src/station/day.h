/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day as the page shows it: what was planned, laid over what the log says became of it. */
#ifndef VX_STATION_DAY_H
#define VX_STATION_DAY_H

#include "station/desk.h"

#include <jansson.h>

struct playout;

/* only: see sight_of; of other senders, and of what is no bulletin, nothing is told. */

/* {"date", "lines": […]} for a civil date; NULL + err. Lines, brief (station/line.h), by planned
 * time. What a running slot has left to play comes from its run, which may have been joined late;
 * playout may be NULL. only: as sight_of gives it. The caller owns it. */
json_t *day_lines(struct desk *d, const struct playout *playout, struct date date,
		  const char *only, struct err *e);

/* {"airings": […]}: rows of the log planned in [from, to). */
json_t *day_airings(struct desk *d, struct wall from, struct wall to, const char *only,
		    struct err *e);
/* The same, brief (station/line.h): a week of a busy station on a telephone. */
json_t *day_airings_brief(struct desk *d, struct wall from, struct wall to, const char *only,
			  struct err *e);

#endif
