/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a bulletin would air if it were approved now, so that whoever decides knows what for. */
#ifndef VX_STATION_OUTLOOK_H
#define VX_STATION_OUTLOOK_H

#include "base/bulletin.h"
#include "station/commands.h"

#include <jansson.h>

#define OUTLOOK_DAYS 7

/* {"days": 7, "airs": [{"start", "slot", "length_s", "zones"}…], "omitted": [{"start", "slot",
 * "reason", "texts", "off"}…], "people"}: of the next days, at most OUTLOOK_MAX of each. off: who
 * has taken the slot off (plan_json_off), people: their names. The plan is made as if the bulletin
 * were approved and what it replaces were not: aside, so that the answer may come later. */
#define OUTLOOK_MAX 20
bool outlook_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e);

#endif
