/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a producer should hear about a recording: silences, narrow sound, noise, clipping, faults of
 * cables. Pure. Bounds with their reasons: base/limits.h. */
#ifndef VX_LIBRARY_INSPECT_H
#define VX_LIBRARY_INSPECT_H

#include "base/warnings.h"
#include "library/pcmpipe.h"

#include <stddef.h>

/* Looks at one channel at 48 kHz in blocks of 100 ms: the level of each, and one spectrum of 1,024
 * points of its middle (kissfft: small, and unlike FFTW without a planner that threads share). A
 * share of the energy would not do for narrow sound: in good speech less than 1 % lies above 4 kHz.
 * So the loudest moments of two bands are compared: a telephone ends like a cliff, a voice falls
 * slowly, and music of few tones has nothing in either. Noise is what is there at all times
 * (library/floor.h). */
struct inspect;
struct inspect *inspect_create(void);
void inspect_destroy(struct inspect *in); /* NULL is fine */

/* Any cut into calls. */
void inspect_add(struct inspect *in, const float *samples, size_t frames);

/* After the last sample: adds what was found. levels: of the original, as the worker told them. */
void inspect_end(struct inspect *in, const struct pcm_levels *levels, struct warnings *w);

/* The noise floor in dBFS, as floor_db; NAN below 3 s of sound. */
double inspect_noise_db(const struct inspect *in);

#endif
