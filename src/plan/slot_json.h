/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot as JSON, for whoever shows or changes it. */
#ifndef VX_PLAN_SLOT_JSON_H
#define VX_PLAN_SLOT_JSON_H

#include "plan/timetable.h"

#include <jansson.h>

/* {"name","line","start":"05:30","length_s","days":["mon",…],"rrule","dates","except","offs",
 * "from","to","valid_named","when": {"vi","en"}: its days as a sentence,"play","fallback","order",
 * "overrun","after_break","late_s","volume_db","zones","repeat","ident","bed","demo","confirm"}:
 * what is not said is null, "days" too where dates or a rule say when; from and to may be the
 * timetable's unless valid_named; play is {"bulletins":{"programme":[…],"language":[…]}},
 * {"file":…} or {"relay":…} as in the file.
 * confirm has "for": {"start", "length_s", "until"?} where it says for which time it holds.
 * A new reference; never NULL. */
json_t *slot_json(const struct slot *slot, const struct settings *s);

#endif
