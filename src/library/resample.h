/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any sample rate to 48 kHz, streaming (libsoxr). */
#ifndef VX_LIBRARY_RESAMPLE_H
#define VX_LIBRARY_RESAMPLE_H

#include <stdbool.h>
#include <stddef.h>

struct resample;

/* rate_hz 4,000–192,000, channels 1 or 2. At 48 kHz samples pass untouched. */
struct resample *resample_create(unsigned rate_hz, unsigned channels);
void resample_destroy(struct resample *r);

/* Takes all `frames` interleaved frames and hands what is ready to take(), in pieces of at most
 * PCM_CHUNK_FRAMES; frames 0 (samples NULL) ends the stream and hands out its rest. False as
 * soon as take() says false. The same input gives the same bytes, however it is cut into calls. */
bool resample_push(struct resample *r, const float *samples, size_t frames,
		   bool (*take)(void *arg, float *samples, size_t frames), void *arg);

#endif
