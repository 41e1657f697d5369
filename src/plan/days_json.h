/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the days of a plan are, for people: lunar day, holiday, and which special timetable is in
 * force and why. */
#ifndef VX_PLAN_DAYS_JSON_H
#define VX_PLAN_DAYS_JSON_H

#include "plan/almanac.h"
#include "plan/running.h"

#include <jansson.h>

#define DAYS_TOLD_MAX 62 /* two months; of longer spans the first */

/* [{"date", "lunar": {"day", "month", "leap", "year"} or null outside 1900–2199, "holiday":
 * {"name", "basis"} or null, "special": [{"timetable", "file", "basis", "from", "to", "music",
 * "all", "replaces": [names]}]}…] for the local days of [from, to). A new reference. */
json_t *days_json(const struct plan_input *in, struct wall from, struct wall to);

/* One of its "special"; t is one of s that replaces others. A new reference. */
json_t *days_json_special(const struct schedule *s, const struct timetable *t);

/* The saying that this one is in force. The caller's. */
json_t *days_json_said(const struct timetable *t);

/* {"date", "lunar", "holiday"} of day first + i of an almanac made with all. A new reference. */
json_t *days_json_one(const struct almanac *a, int64_t i);

#endif
