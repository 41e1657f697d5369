/* SPDX-License-Identifier: GPL-3.0-or-later */
/* On which days a slot occurs. */
#ifndef VX_PLAN_RECUR_H
#define VX_PLAN_RECUR_H

#include "plan/almanac.h"
#include "plan/timetable.h"

#include <stdint.h>

/* on[i] = 1 if the slot occurs on day from + i, else 0, for all days up to and including `to`: its
 * weekdays, dates, lunar days or rule, within its validity, without its exceptions, as its rule for
 * holidays says, and not while another timetable replaces its own; a day on which somebody has
 * taken it off is one on which it occurs. Days are local; the almanac holds them all. */
void recur_days(const struct slot *slot, const struct almanac *a, struct date from,
		struct date to, uint8_t *on);

/* Who has taken the slot off on this day, NULL if nobody has. The first that is written counts. */
const struct slot_off *recur_off(const struct slot *slot, struct date day);

#endif
