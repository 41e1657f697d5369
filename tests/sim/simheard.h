/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was mixed, held against what the log says of it. */
#ifndef VX_SIM_SIMHEARD_H
#define VX_SIM_SIMHEARD_H

#include "simstation.h"

#include <jansson.h>

/* Frames of the mix that a station remembers for it. */
#define RING_FRAMES ((int64_t)SIM_RING_BLOCKS * BLOCK_FRAMES)

/* An outcome says by how much the night lowered it: never an alarm, nothing by day, and by night
 * all of it. */
void simheard_night(struct simstation *s, const json_t *entry);

/* What aired to its end is in the mix bit by bit: master times the gain of the plan (here 1); of
 * what came back from the very frame on that its entry names. */
void simheard_compare(struct simstation *s, const json_t *entry);

#endif
