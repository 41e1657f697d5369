/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound for tests: made signals, and files read back by libsndfile. */
#ifndef VX_TESTS_SOUND_H
#define VX_TESTS_SOUND_H

#include <stdint.h>

/* Fills with a sine of that frequency and amplitude whose phase depends on the frame number
 * only, so that blocks made one by one join. */
void sound_sine(float *out, int64_t first, int frames, double hz, double amplitude);

/* A decoded file; dies (must) when libsndfile cannot read it. Free data. */
struct sound_file {
	float *data; /* interleaved */
	int64_t frames;
	int channels, rate;
};
struct sound_file sound_read(const char *path);

#endif
