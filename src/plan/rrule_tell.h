/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recurrence rule as people say it. */
#ifndef VX_PLAN_RRULE_TELL_H
#define VX_PLAN_RRULE_TELL_H

#include "base/buf.h"
#include "base/civil.h"

#include <stdint.h>

/* Appends the rule in the language of the thread, "thứ Hai và thứ Năm hằng tuần", counted from
 * `start`. The text has passed rrule_check. What no short sentence can say (BYSETPOS, BYWEEKNO,
 * BYYEARDAY and the like) is given as the rule it is. */
void rrule_tell(const char *text, struct date start, struct buf *out);

/* "thứ Hai, thứ Ba và Chủ nhật": bit 0 Monday … bit 6 Sunday. */
void rrule_tell_weekdays(uint8_t days, struct buf *out);

/* What stands before the i-th of count in a list that people read: "", ", " or " và ". */
const char *rrule_tell_between(int i, int count);

#endif
