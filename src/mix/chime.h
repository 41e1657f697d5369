/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chime before somebody speaks: two bells, made in memory. */
#ifndef VX_MIX_CHIME_H
#define VX_MIX_CHIME_H

#include "base/moment.h"
#include "mix/feeder.h"

/* Short: whoever speaks waits for it. */
#define CHIME_FRAMES (FRAMES_PER_S * 6 / 5)

/* CHIME_FRAMES at 48 kHz, ending in silence; rising, so that nobody takes it for a drill's bells,
 * which fall (mix/siren.h). The caller's, for feeder_load. */
struct source *chime_source(void);

#endif
