/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recurrence rules (RFC 5545, RRULE) on whole days, read and counted by libical. */
#ifndef VX_PLAN_RRULE_H
#define VX_PLAN_RRULE_H

#include "base/civil.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* Checks the text of a rule such as "FREQ=WEEKLY;BYDAY=MO,WE". Refused besides what is malformed:
 * parts of a day (FREQ=HOURLY, BYHOUR …: that is what start and repeat are for) and RSCALE
 * (libical's Chinese calendar puts Tết 2027 on the wrong day). *needs_start: the days depend on
 * where counting begins (COUNT, INTERVAL > 1, or days that only the first day gives). */
bool rrule_check(const char *text, bool *needs_start, struct err *e);

/* on[i] |= 1 for each day from + i ≤ to on which the rule, counted from `start`, occurs. The text
 * has passed rrule_check. Ends for every rule: none is followed past `to`. */
void rrule_days(const char *text, struct date start, struct date from, struct date to, uint8_t *on);

#endif
