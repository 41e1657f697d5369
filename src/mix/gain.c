/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in the real-time thread (all but gain_curve_init): no malloc, lock, system call, log or
 * unbounded loop. */
#include "mix/gain.h"

#include <math.h>

/* sin(x) for 0 ≤ x ≤ π/2 by its Taylor series; terms up to x²¹/21! leave less than 10⁻¹⁵. */
static double sine(double x)
{
	double term = x, sum = x;

	for (int n = 2; n <= 20; n += 2) {
		term *= -x * x / (n * (n + 1));
		sum += term;
	}
	return sum;
}

void gain_curve_init(struct gain_curve *c)
{
	for (int i = 0; i <= GAIN_STEPS; i++)
		c->sine[i] = (float)sine(1.57079632679489661923 * i / GAIN_STEPS);
	c->sine[GAIN_STEPS] = 1.0f;
}

/* The curve at a place in steps, clamped to its ends. */
static float curve_at(const struct gain_curve *c, double steps)
{
	if (!(steps > 0))
		return 0.0f;
	if (steps >= GAIN_STEPS)
		return 1.0f;
	int i = (int)steps;
	float rest = (float)(steps - i);

	return c->sine[i] + (c->sine[i + 1] - c->sine[i]) * rest;
}

/* How far frame k is through the ramp. Divided anew for each frame: a running sum would not land on
 * the end exactly and would depend on where blocks begin. */
static double steps_at(int64_t k, int64_t total)
{
	return (double)(k + 1) * GAIN_STEPS / (double)total;
}

void gain_fade_in(const struct gain_curve *c, float *env, int64_t k, int64_t total, int count)
{
	for (int i = 0; i < count; i++)
		env[i] *= curve_at(c, steps_at(k + i, total));
}

float gain_fade_out_at(const struct gain_curve *c, int64_t k, int64_t total)
{
	return curve_at(c, GAIN_STEPS - steps_at(k, total));
}

void gain_fade_out(const struct gain_curve *c, float *env, int64_t k, int64_t total, int count)
{
	for (int i = 0; i < count; i++)
		env[i] *= gain_fade_out_at(c, k + i, total);
}

float gain_ramp_at(const struct gain_curve *c, float from, float to, int64_t k, int64_t total)
{
	if (k + 1 >= total)
		return to;
	if (k < 0 || from == to) /* a zone that keeps its gain keeps its bits */
		return from;
	float a = from * gain_fade_out_at(c, k, total);
	float b = to * curve_at(c, steps_at(k, total));

	return sqrtf(a * a + b * b);
}

void gain_ramp(const struct gain_curve *c, float *out, float from, float to, int64_t k,
	       int64_t total, int count)
{
	for (int i = 0; i < count; i++)
		out[i] = gain_ramp_at(c, from, to, k + i, total);
}

void gain_add(float *restrict mix, const float *restrict x, float gain, int count)
{
	for (int i = 0; i < count; i++)
		mix[i] += gain * x[i];
}

void gain_add_env(float *restrict mix, const float *restrict x, const float *restrict env,
		  float gain, int count)
{
	for (int i = 0; i < count; i++)
		mix[i] += gain * env[i] * x[i];
}

float gain_peak(const float *x, int count)
{
	float peak = 0;

	/* A maximum may be regrouped into vectors, which without -ffast-math must be said. */
#pragma omp simd reduction(max : peak)
	for (int i = 0; i < count; i++) {
		float a = __builtin_fabsf(x[i]);
		peak = a > peak ? a : peak;
	}
	return peak;
}
