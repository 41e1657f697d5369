/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the days of a plan are, for people: lunar day, holiday, and which special timetable is in
 * force and why. */
#ifndef VX_PLAN_DAYS_JSON_H
#define VX_PLAN_DAYS_JSON_H

#include "plan/running.h"

#include <jansson.h>

#define DAYS_TOLD_MAX 62 /* two months; of longer spans the first */

/* [{"date", "lunar": {"day", "month", "leap", "year"} or null outside 1900–2199, "holiday":
 * {"name", "basis"} or null, "special": [{"timetable", "file", "basis", "from", "to", "music",
 * "all", "replaces": [names]}]}…] for the local days of [from, to). A new reference. */
json_t *days_json(const struct plan_input *in, struct wall from, struct wall to);

#endif
