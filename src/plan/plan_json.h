/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The running order as JSON, for `vangxa plan --json` and the page. */
#ifndef VX_PLAN_PLAN_JSON_H
#define VX_PLAN_PLAN_JSON_H

#include "plan/running.h"

#include <jansson.h>

/* {"from","to","occurrences":[…]}: times RFC 3339 in the station's zone, `_s` seconds, `_frames` at
 * 48 kHz. A new reference; never NULL. */
json_t *plan_json(const struct plan *p, const struct plan_input *in, struct wall from,
		  struct wall to);

/* One occurrence, as it stands in the list. A new reference. */
json_t *plan_json_occurrence(const struct occurrence *o, const struct plan_input *in);

/* Who has taken a slot off: {"once","from","to","by","reason"}; null for NULL. A new reference. */
json_t *plan_json_off(const struct slot_off *off);

#endif
