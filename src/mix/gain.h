/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gains: the equal-power curve as a table, fades and ramps along it, and sums with gain. */
#ifndef VX_MIX_GAIN_H
#define VX_MIX_GAIN_H

#include <stdint.h>

/* Linear interpolation between steps is wrong by at most (π/2/1024)²/8 = 3·10⁻⁷: below 20 bits. */
#define GAIN_STEPS 1024

/* The first quarter of a sine; sine[0] is 0 and sine[GAIN_STEPS] is 1, exactly. */
struct gain_curve {
	float sine[GAIN_STEPS + 1];
};

/* Fills the table. Same bytes on every machine: made by our own series in plain arithmetic, because
 * the last bit of libm's sin depends on the CPU that it finds. Setup only. */
void gain_curve_init(struct gain_curve *c);

/* All below: RT-safe; work bounded by `count`. A fade or ramp of `total` frames has the values of
 * its frames k = 0 … total − 1 at (k + 1)/total of the way, so its last frame is there exactly; k
 * may lie before (not begun) or after (over). Pure functions of k: how a fade is cut into blocks
 * does not change a bit of it. total ≥ 1. */

/* env[i] *= sin(π/2 · t) for frames k, k + 1, …: 1 at the last frame of the fade and after. */
void gain_fade_in(const struct gain_curve *c, float *env, int64_t k, int64_t total, int count);

/* env[i] *= cos(π/2 · t): 1 before the fade, 0 at its last frame and after. With gain_fade_in over
 * the same frames the two powers sum to 1 (uncorrelated programmes keep their loudness). */
void gain_fade_out(const struct gain_curve *c, float *env, int64_t k, int64_t total, int count);

/* The value of gain_fade_out at one frame. */
float gain_fade_out_at(const struct gain_curve *c, int64_t k, int64_t total);

/* A ramp between two gains: g = √(from²·cos² + to²·sin²). Power, not amplitude, moves along the
 * curve; so with from or to 0 it is the plain fade above, and two ramps that exchange their gains
 * keep the sum of powers throughout (a linear or dB ramp dips or bulges on the way). */
float gain_ramp_at(const struct gain_curve *c, float from, float to, int64_t k, int64_t total);
void gain_ramp(const struct gain_curve *c, float *out, float from, float to, int64_t k,
	       int64_t total, int count);

/* mix[i] += gain · x[i]; 1 leaves every bit of x as it is. */
void gain_add(float *restrict mix, const float *restrict x, float gain, int count);

/* mix[i] += gain · env[i] · x[i]. */
void gain_add_env(float *restrict mix, const float *restrict x, const float *restrict env,
		  float gain, int count);

/* The highest |x[i]|, 0 for none. */
float gain_peak(const float *x, int count);

#endif
