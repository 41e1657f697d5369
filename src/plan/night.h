/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The night's volume: what sounds while people sleep is lower (QCVN 26:2010: 70 dBA by day, 55 dBA
 * from 21 to 6). Pure. */
#ifndef VX_PLAN_NIGHT_H
#define VX_PLAN_NIGHT_H

#include "plan/settings.h"

#include <stdint.h>

/* By how many dB what sounds at this second of the day is moved, ≤ 0; 0 outside the night. Alarms
 * do not ask. */
double night_db(const struct settings *s, int32_t second);
/* The same of an instant. */
double night_db_at(const struct settings *s, struct wall t);

#endif
