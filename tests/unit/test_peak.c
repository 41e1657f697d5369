/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/peak.h"
#include "support/soundfile.h"

#include <check.h>
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

static double peak_of(const float *data, size_t frames, size_t cut)
{
	struct peak *p = peak_create();

	for (size_t at = 0; at < frames; at += cut)
		peak_add(p, data + at, frames - at < cut ? frames - at : cut);
	double dbtp = peak_dbtp(p);
	peak_destroy(p);
	return dbtp;
}

/* A sine of a quarter of the sample rate, sampled at 45°: samples reach −3 dB, the sound 0 dB. */
START_TEST(true_peak_lies_between_samples)
{
	static float data[48000];

	for (int i = 0; i < 48000; i++)
		data[i] = (float)(0.5 * sin(M_PI / 2 * i + M_PI / 4));
	ck_assert_double_eq_tol(peak_of(data, 48000, 4096), -6.02, 0.2);
}
END_TEST

/* Of every sample, by libebur128 itself. */
static double measured(const float *data, size_t frames)
{
	ebur128_state *all = ebur128_init(1, 48000, EBUR128_MODE_TRUE_PEAK);
	double peak = 0;

	ck_assert_int_eq(ebur128_add_frames_float(all, data, frames), EBUR128_SUCCESS);
	ebur128_true_peak(all, 0, &peak);
	ebur128_destroy(&all);
	return peak;
}

static double bound_of(const float *data, size_t frames)
{
	double high = 0, steep = 0;

	for (size_t i = 0; i < frames; i++) {
		high = fmax(high, fabs(data[i]));
		steep = fmax(steep, fabs(data[i] - (i > 0 ? data[i - 1] : 0)));
	}
	return high * PEAK_FLAT + steep * PEAK_STEEP;
}

/* The stretches passed over must not change the answer: against libebur128 on every sample. */
START_TEST(passing_over_stretches_changes_nothing)
{
	static const double loud[] = {0.001, 0.3, 0.9, 0.2, 0.88, 0.5, 0.0, 1.0, 0.7};

	for (uint64_t seed = 1; seed <= 8; seed++) {
		struct clip c = clip_mixed(48000, 3, seed);
		float *data = c.data; /* interleaving tone and noise makes one rough signal */
		size_t frames = (size_t)c.frames * 2;
		for (size_t i = 0; i < frames; i++)
			data[i] *= (float)(3 * loud[(i / 1777 + seed) % 9]);
		double want = measured(data, frames);
		for (size_t cut = 100; cut < 20000; cut = cut * 7 + 1)
			ck_assert_double_eq_tol(peak_of(data, frames, cut), 20 * log10(want), 1e-9);
		clip_free(&c);
	}
}
END_TEST

/* The promise on which passing over rests, at the signals that raise the filter highest: samples of
 * full scale whose signs follow the sign of a half-sample sinc, smoothed ever more. */
START_TEST(no_signal_rises_above_the_bound)
{
	float data[64] = {0};
	double tightest = 0;

	for (int phase = 1; phase < 4; phase++) {
		for (int i = 0; i < 64; i++)
			data[i] = sin(M_PI * (i - 32 + phase / 4.0)) / (i - 32 + phase / 4.0) > 0
					  ? 1
					  : -1;
		for (int round = 0; round < 20; round++) {
			double bound = bound_of(data, 64), peak = measured(data, 64);
			ck_assert_double_lt(peak, bound);
			tightest = fmax(tightest, peak / bound);
			for (int i = 63; i > 0; i--)
				data[i] = (data[i] + 0.4f * data[i - 1]) / 1.4f;
		}
	}
	ck_assert_double_gt(tightest, 0.99);
}
END_TEST

Suite *suite_peak(void)
{
	Suite *s = suite_create("peak");
	TCase *t = tcase_create("peak");

	tcase_set_timeout(t, 60);
	tcase_add_test(t, true_peak_lies_between_samples);
	tcase_add_test(t, passing_over_stretches_changes_nothing);
	tcase_add_test(t, no_signal_rises_above_the_bound);
	suite_add_tcase(s, t);
	return s;
}
