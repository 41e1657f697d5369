/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stretch of recordings that holds an airing, decoded again. */
#ifndef VX_STATION_REPLAY_H
#define VX_STATION_REPLAY_H

#include "station/recording.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The parts of r one after the other, less the first skip_frames samples. Decoded by a worker in
 * pieces of two minutes, so that neither memory nor what a damaged file can do grows with its
 * length. What does not decode is silence of its length, and *damaged. False: a file is not there.
 * each gets the samples at 48 kHz, in any cut. On a thread that may wait. */
bool replay_samples(const char *dir, const struct recording *r, int64_t skip_frames,
		    void (*each)(void *arg, const float *samples, size_t frames), void *arg,
		    bool *damaged);

#endif
