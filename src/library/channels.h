/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels and flat tops of an original's own channels, before they are mixed down. Pure. */
#ifndef VX_LIBRARY_CHANNELS_H
#define VX_LIBRARY_CHANNELS_H

#include "library/downmix.h"
#include "library/pcmpipe.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Caller's memory; zero-initialise. One thread. */
struct channels {
	unsigned count; /* of the file; 0 before the first sample */
	bool changed;	/* its number changed on the way (joined MP3s) */
	int64_t frames;
	uint32_t clipped;
	unsigned run[DOWNMIX_CHANNELS_MAX]; /* samples at full scale so far */
	double square[PCM_LEVELS_MAX];
};

/* Interleaved frames of 1 … DOWNMIX_CHANNELS_MAX channels, at most PCM_CHUNK_FRAMES at once. */
void channels_add(struct channels *c, const float *samples, size_t frames, unsigned count);

struct pcm_levels channels_levels(const struct channels *c);

#endif
