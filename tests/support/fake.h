/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources of known sound for tests of the mixer. */
#ifndef VX_TESTS_SUPPORT_FAKE_H
#define VX_TESTS_SUPPORT_FAKE_H

#include "mix/feeder.h"

#include <stdbool.h>
#include <stdint.h>

/* Frame i of seed's noise: exact in float, |x| < 0.25, so that no limiter touches it; never 0. */
float fake_noise_at(uint32_t seed, int64_t i);

/* What a made-up source does at its end. */
enum fake_end { FAKE_ENDS, FAKE_BREAKS, FAKE_CHANGES, FAKE_STALLS };

/* `frames` frames of noise times scale; rewinds. Reads in odd portions to be unkind. */
struct source *fake_noise(uint32_t seed, int64_t frames, float scale, enum fake_end end);

/* Noise with silence in its middle: frames [from, to). */
struct source *fake_paused(uint32_t seed, int64_t frames, int64_t from, int64_t to);

/* The same value for ever (frames INT64_MAX) or for `frames`. */
struct source *fake_flat(float value, int64_t frames);

/* A source that plays the caller's samples. */
struct source *fake_samples(const float *x, int64_t frames);

/* How many sources made here are open. */
int fake_open_count(void);

#endif
