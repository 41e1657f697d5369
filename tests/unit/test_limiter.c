/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/limiter.h"

#include "base/units.h"
#include "mix/gain.h"
#include "support/fake.h"
#include "sys/chance.h"
#include "sys/rt.h"

#include <check.h>
#include <ebur128.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FRAMES (200 * BLOCK_FRAMES)
#define CEILING_DBTP (-1.0)

static float in[FRAMES], out[FRAMES];

/* in → out, frame for frame: the first block out comes with the second block in. */
static void limit(void)
{
	static struct limiter l;
	static float rest[BLOCK_FRAMES];

	limiter_init(&l, CEILING_DBTP);
	for (int at = 0; at <= FRAMES; at += BLOCK_FRAMES) {
		rt_enter();
		float *mix = limiter_next(&l);
		if (at < FRAMES)
			memcpy(mix, in + at, BLOCK_FRAMES * sizeof(float));
		limiter_look(&l);
		limiter_out(&l, at > 0 ? out + at - BLOCK_FRAMES : rest);
		rt_leave();
	}
}

static double true_peak_db(const float *x)
{
	ebur128_state *st = ebur128_init(1, 48000, EBUR128_MODE_TRUE_PEAK);
	double peak = 0;

	ck_assert_ptr_nonnull(st);
	ck_assert_int_eq(ebur128_add_frames_float(st, x, FRAMES), EBUR128_SUCCESS);
	ck_assert_int_eq(ebur128_true_peak(st, 0, &peak), EBUR128_SUCCESS);
	ebur128_destroy(&st);
	return db_of_gain(peak);
}

/* By the filter of ITU-R BS.1770-4 Annex 2, which libebur128 does not take: its phases 0 and 1; 3
 * and 2 are these the other way round. */
static double standard_peak_db(const float *x)
{
	static const double h[2][12] = {
		{0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000,
		 -0.0594482421875, 0.1373291015625, 0.9721679687500, -0.1022949218750,
		 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500},
		{-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250,
		 -0.1665039062500, 0.4650878906250, 0.7797851562500, -0.2003173828125,
		 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375},
	};
	double peak = 0;

	for (int at = 0; at + 12 <= FRAMES; at++)
		for (int phase = 0; phase < 2; phase++) {
			double there = 0, back = 0;
			for (int k = 0; k < 12; k++) {
				there += h[phase][k] * (double)x[at + k];
				back += h[phase][11 - k] * (double)x[at + k];
			}
			peak = fmax(peak, fmax(fabs(there), fabs(back)));
		}
	return db_of_gain(peak);
}

/* The ceiling holds in both meters, and the limiter is no lazy one that only turns everything
 * down. */
static void ck_limited(double lowest_db)
{
	limit();
	double db = true_peak_db(out);

	ck_assert_double_le(db, CEILING_DBTP);
	ck_assert_double_ge(db, lowest_db);
	ck_assert_double_le(standard_peak_db(out), CEILING_DBTP);
}

static double noise(struct chance *c)
{
	return (double)(chance_next(c) >> 11) / (double)(INT64_C(1) << 52) - 1.0;
}

START_TEST(test_what_needs_nothing_passes_bit_for_bit)
{
	for (int i = 0; i < FRAMES; i++)
		in[i] = (float)(0.84 * sin(i * 0.03)) + 0.05f * fake_noise_at(7, i);
	limit();
	ck_assert_double_gt(db_of_gain(gain_peak(in, FRAMES)), -1.5);
	ck_assert(true_peak_db(in) < CEILING_DBTP - 0.1);
	ck_assert_int_eq(memcmp(in, out, sizeof(in)), 0);
}
END_TEST

START_TEST(test_full_scale_square)
{
	for (int period = 2; period < 400; period = period * 3 / 2 + 1) {
		for (int i = 0; i < FRAMES; i++)
			in[i] = i % period < period / 2 ? 1.0f : -1.0f;
		ck_limited(-1.6);
	}
}
END_TEST

/* Every frame is at −3 dB of the peak between frames. */
START_TEST(test_quarter_rate_sine_between_frames)
{
	for (int i = 0; i < FRAMES; i++)
		in[i] = (float)(1.4 * sin(M_PI / 2 * i + M_PI / 4));
	ck_limited(-1.5);
}
END_TEST

START_TEST(test_sines_of_every_frequency_and_level)
{
	for (int step = 1; step < 24; step++) {
		double hz = step * 1000 - 7;

		for (int i = 0; i < FRAMES; i++)
			in[i] = (float)((0.5 + 3.5 * i / FRAMES) * sin(2 * M_PI * hz * i / 48000));
		ck_limited(-3.0);
	}
}
END_TEST

START_TEST(test_clicks)
{
	struct chance c = {5};

	memset(in, 0, sizeof(in));
	for (int i = 0; i < 300; i++)
		in[chance_below(&c, FRAMES)] = (float)(6 * noise(&c));
	for (int i = 20000; i < 20012; i++)
		in[i] = i % 2 ? 4.0f : -4.0f;
	in[0] = in[FRAMES - 1] = 3.0f;
	ck_limited(-1.2);
}
END_TEST

START_TEST(test_noise_at_12_db)
{
	for (uint64_t seed = 0; seed < 8; seed++) {
		struct chance c = {seed};

		for (int i = 0; i < FRAMES; i++)
			in[i] = (float)(4 * noise(&c));
		ck_limited(-1.6);
	}
}
END_TEST

START_TEST(test_bursts_of_any_level_and_length)
{
	for (uint64_t seed = 0; seed < 12; seed++) {
		struct chance c = {seed};

		for (int i = 0; i < FRAMES;) {
			int end = i + 1 + (int)chance_below(&c, 900);
			double level = pow(10, noise(&c) * 1.2);
			int hold = 1 + (int)chance_below(&c, 4);

			double x = 0;
			for (; i < end && i < FRAMES; i++) {
				x = i % hold == 0 ? level * noise(&c) : x;
				in[i] = (float)x;
			}
		}
		ck_limited(-1.6);
	}
}
END_TEST

/* A steady tone too loud must come out as a steady tone, not as a shaken one. */
START_TEST(test_steady_tone_keeps_its_shape)
{
	for (int i = 0; i < FRAMES; i++)
		in[i] = (float)(2 * sin(2 * M_PI * 440 * i / 48000));
	limit();
	float gain = out[48000 + 27] / in[48000 + 27];
	for (int i = 48000; i < FRAMES - 1000; i++)
		ck_assert_double_eq_tol(out[i], gain * in[i], 2e-3);
}
END_TEST

/* The gain moves smoothly, and is back to exactly 1 a while after. */
START_TEST(test_gain_is_smooth_and_comes_back)
{
	float before = 1.0f;

	for (int i = 0; i < FRAMES; i++)
		in[i] = 0.25f;
	in[10000] = 4.0f;
	limit();
	for (int i = 0; i < FRAMES; i++) {
		float gain = out[i] / in[i];

		ck_assert_float_le(fabsf(gain - before), 1.0f / LIMITER_BOX);
		ck_assert(i > 9700 || gain == 1.0f);
		before = gain;
	}
	ck_assert_float_le(out[9990] / in[9990], 0.25f);
	ck_assert(out[10000 + 70000] == in[10000 + 70000]);
}
END_TEST

START_TEST(test_reset_forgets)
{
	static struct limiter l, fresh;
	float block[BLOCK_FRAMES];

	limiter_init(&fresh, -1);
	limiter_init(&l, -1);
	for (int i = 0; i < 3; i++) {
		float *mix = limiter_next(&l);

		for (int k = 0; k < BLOCK_FRAMES; k++)
			mix[k] = 9.0f;
		limiter_look(&l);
		limiter_out(&l, block);
	}
	ck_assert_int_ne(memcmp(&l, &fresh, sizeof(l)), 0);
	limiter_reset(&l);
	ck_assert_int_eq(memcmp(l.x, fresh.x, sizeof(l.x)), 0);
	ck_assert_int_eq(memcmp(l.box, fresh.box, sizeof(l.box)), 0);
	ck_assert(l.rest && l.gain == fresh.gain && l.sum[0] == fresh.sum[0]);
}
END_TEST

Suite *suite_limiter(void)
{
	Suite *s = suite_create("limiter");
	TCase *t = tcase_create("limiter");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, test_what_needs_nothing_passes_bit_for_bit);
	tcase_add_test(t, test_full_scale_square);
	tcase_add_test(t, test_quarter_rate_sine_between_frames);
	tcase_add_test(t, test_sines_of_every_frequency_and_level);
	tcase_add_test(t, test_clicks);
	tcase_add_test(t, test_noise_at_12_db);
	tcase_add_test(t, test_bursts_of_any_level_and_length);
	tcase_add_test(t, test_steady_tone_keeps_its_shape);
	tcase_add_test(t, test_gain_is_smooth_and_comes_back);
	tcase_add_test(t, test_reset_forgets);
	suite_add_tcase(s, t);
	return s;
}
