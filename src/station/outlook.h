/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a bulletin would air if it were approved now, so that whoever decides knows what for. */
#ifndef VX_STATION_OUTLOOK_H
#define VX_STATION_OUTLOOK_H

#include "base/bulletin.h"
#include "station/desk.h"

#include <jansson.h>

#define OUTLOOK_DAYS 7

/* {"days": 7, "airs": [{"start", "slot", "length_s", "zones"}…], "omitted": [{"start", "slot",
 * "reason", "texts"}…]}: of the next days, at most OUTLOOK_MAX of each. The plan is made as if the
 * bulletin were approved and what it replaces were not. NULL + err; the caller owns it. */
#define OUTLOOK_MAX 20
json_t *outlook_make(struct desk *d, const struct bulletin *b, struct err *e);

#endif
