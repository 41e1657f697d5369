/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a recurrence rule: UNTIL with a time of day is a moment, not a day. Pure. */
#ifndef VX_PLAN_RRULE_UNTIL_H
#define VX_PLAN_RRULE_UNTIL_H

#include "base/civil.h"

#include <stdint.h>

/* Writes UNTIL of a rule that has passed rrule_check as the last day on which something that starts
 * at start_s (second of day here) still comes: RFC 5545 §3.3.10 lets the last one be at that moment
 * at the latest, and a Z behind it means UTC, where the evening is yesterday's. start_s < 0: not
 * known, and the day of that moment counts. The text never grows; one without such an UNTIL stays
 * as it is. */
void rrule_until_here(char *rule, const struct tz *tz, int32_t start_s);

#endif
