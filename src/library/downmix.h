/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any number of channels to one, by a written matrix. Pure. */
#ifndef VX_LIBRARY_DOWNMIX_H
#define VX_LIBRARY_DOWNMIX_H

#include <stddef.h>

#define DOWNMIX_CHANNELS_MAX 8

/* Where a channel's loudspeaker stands. */
enum speaker {
	SPEAKER_NONE, /* low-frequency effects and unknown: not heard in the mix */
	SPEAKER_LEFT,
	SPEAKER_RIGHT,
	SPEAKER_CENTRE,
	SPEAKER_BEHIND_LEFT, /* and side */
	SPEAKER_BEHIND_RIGHT,
	SPEAKER_BEHIND_CENTRE,
};

struct downmix {
	unsigned from; /* channels: 1–8 */
	float gain[DOWNMIX_CHANNELS_MAX];
};

/* One channel passes untouched. Of two the mean is taken: what is in the middle keeps its level,
 * and nothing can grow louder than the louder one. More become two by ITU-R BS.775-4 table 2
 * (centre and surround −3 dB) and then their mean, scaled by one factor so that nothing can clip;
 * the loudness gain on air gives the level back. speakers NULL: the order of WAV (Microsoft's
 * mask order). */
void downmix_init(struct downmix *d, unsigned channels, const enum speaker *speakers);

/* in: frames × from, out: frames (may not overlap). What is no number, or above +60 dB, is
 * damage and becomes silence: one NaN would poison the resampler. */
void downmix_run(const struct downmix *d, const float *in, float *out, size_t frames);

#endif
