/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The night's volume on air: what begins at night begins lower, and what sounds when the night
 * begins or ends is brought to its level. Main thread. */
#ifndef VX_STATION_NIGHTFALL_H
#define VX_STATION_NIGHTFALL_H

#include "station/playout.h"

/* By how many dB what this run plays is moved when it is heard at frame `at`, ≤ 0. An alarm is
 * never lower, and nothing is while nobody knows the hour. */
double nightfall_db(struct playout *p, const struct run *r, struct frame at);

/* At each look. */
void nightfall_step(struct playout *p);

#endif
