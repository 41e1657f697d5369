/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day as the page shows it: what was planned, laid over what the log says became of it. */
#ifndef VX_STATION_DAY_H
#define VX_STATION_DAY_H

#include "station/desk.h"

#include <jansson.h>

/* {"date", "lines": […]} for a civil date; NULL + err. Lines by planned time. The caller owns it. */
json_t *day_lines(struct desk *d, struct date date, struct err *e);

/* {"airings": […]}: rows of the log planned in [from, to). */
json_t *day_airings(struct desk *d, struct wall from, struct wall to, struct err *e);

#endif
