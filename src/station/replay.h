/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stretch of recordings that holds an airing, decoded again: as an envelope. */
#ifndef VX_STATION_REPLAY_H
#define VX_STATION_REPLAY_H

#include "base/envelope.h"
#include "station/recording.h"

#include <stdbool.h>
#include <stdint.h>

/* The parts of r one after the other, less the first skip_frames samples. Decoded by a worker in
 * pieces of two minutes, so that neither memory nor what a damaged file can do grows with its
 * length. What does not decode is silence of its length, and *damaged. False: a file is not there.
 * On a thread that may wait. */
bool replay_read(const char *dir, const struct recording *r, int64_t skip_frames,
		 struct envelope *out, bool *damaged);

#endif
