/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quiet hours: whether a slot would sound while people sleep. */
#ifndef VX_PLAN_QUIET_H
#define VX_PLAN_QUIET_H

#include "plan/settings.h"
#include "plan/timetable.h"

#include <stdbool.h>
#include <stdint.h>

/* True if any part of [start_s, start_s + length_s) of local days lies in quiet hours.
 * start_s: second of day; length_s ≤ 24 h. */
bool quiet_touches(const struct settings *s, int32_t start_s, int32_t length_s);

/* The second of day of the first start of the slot (repeats included) that touches quiet hours; −1
 * if none does. A confirmed slot is looked at like any other. */
int32_t quiet_start(const struct settings *s, const struct slot *slot);

/* Seconds from a second of day outside quiet hours to their next beginning; INT32_MAX: none. */
int32_t quiet_after_s(const struct settings *s, int32_t start_s);

/* Number of starts a day (1 without repeat), and the second of the k-th, counted from midnight of
 * the slot's day; may pass 24 h. */
int slot_start_count(const struct slot *slot);
int32_t slot_start_s(const struct slot *slot, int k);

#endif
