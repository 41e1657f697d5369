/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/gain.h"

#include "support/fake.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static struct gain_curve curve;

static void setup(void)
{
	gain_curve_init(&curve);
}

START_TEST(test_the_curve_is_a_sine)
{
	for (int i = 0; i <= GAIN_STEPS; i++)
		ck_assert_float_eq(curve.sine[i], (float)sin(M_PI / 2 * i / GAIN_STEPS));
	ck_assert(curve.sine[0] == 0.0f && curve.sine[GAIN_STEPS] == 1.0f);
}
END_TEST

START_TEST(test_fades_are_exact_at_their_ends_whatever_their_length)
{
	const int64_t totals[] = {1, 2, 3, 7, 480, 24000, 48001, INT64_C(48000) * 43200};

	for (int i = 0; i < 8; i++) {
		int64_t n = totals[i];
		float in[3] = {1, 1, 1}, out[3] = {1, 1, 1};

		gain_fade_in(&curve, in, n - 2, n, 3);
		gain_fade_out(&curve, out, n - 2, n, 3);
		ck_assert(in[1] == 1.0f && in[2] == 1.0f && (n == 1 || in[0] <= 1.0f));
		ck_assert(out[1] == 0.0f && out[2] == 0.0f);
		ck_assert(gain_fade_out_at(&curve, -1, n) == 1.0f);
		ck_assert(gain_fade_out_at(&curve, -100, n) == 1.0f);
	}
}
END_TEST

START_TEST(test_powers_of_a_crossfade_sum_to_one)
{
	float in[1000], out[1000];

	for (int i = 0; i < 1000; i++)
		in[i] = out[i] = 1.0f;
	gain_fade_in(&curve, in, 0, 1000, 1000);
	gain_fade_out(&curve, out, 0, 1000, 1000);
	for (int i = 0; i < 1000; i++)
		ck_assert_double_eq_tol((double)in[i] * in[i] + (double)out[i] * out[i], 1, 1e-6);
}
END_TEST

/* A fade cut into pieces is the same fade. */
START_TEST(test_where_blocks_begin_changes_no_bit)
{
	float whole[997], pieces[997];

	for (int i = 0; i < 997; i++)
		whole[i] = pieces[i] = 0.9f;
	gain_fade_out(&curve, whole, -50, 800, 997);
	for (int i = 0, n; i < 997; i += n) {
		n = 1 + i % 13 < 997 - i ? 1 + i % 13 : 997 - i;
		gain_fade_out(&curve, pieces + i, i - 50, 800, n);
	}
	ck_assert_int_eq(memcmp(whole, pieces, sizeof(whole)), 0);
}
END_TEST

START_TEST(test_ramps_move_power_between_their_ends)
{
	float g[600];

	gain_ramp(&curve, g, 0.5f, 0.125f, -50, 500, 600);
	ck_assert(g[0] == 0.5f && g[49] == 0.5f);
	ck_assert(g[549] == 0.125f && g[599] == 0.125f);
	ck_assert_double_eq_tol(g[299], sqrt(0.5 * (0.25 + 1.0 / 64)), 1e-6);
	for (int i = 50; i < 549; i++)
		ck_assert(g[i + 1] < g[i]);
	ck_assert_double_eq_tol(gain_ramp_at(&curve, 0, 1, 249, 500), M_SQRT1_2, 1e-6);
}
END_TEST

START_TEST(test_sums_with_gain)
{
	float x[37], mix[37], env[37];

	for (int i = 0; i < 37; i++) {
		x[i] = fake_noise_at(1, i);
		mix[i] = 0.5f;
		env[i] = (float)i / 64;
	}
	gain_add(mix, x, 0.25f, 36);
	gain_add_env(mix, x, env, 0.5f, 36);
	for (int i = 0; i < 36; i++)
		ck_assert_float_eq_tol(mix[i], 0.5f + x[i] * (0.25f + 0.5f * env[i]), 1e-6f);
	ck_assert(mix[36] == 0.5f);
}
END_TEST

START_TEST(test_peak_is_of_either_sign_anywhere)
{
	float x[100] = {0};

	ck_assert(gain_peak(x, 100) == 0.0f && gain_peak(x, 0) == 0.0f);
	for (int i = 0; i < 100; i++) {
		x[i] = i % 2 ? -2.0f - (float)i : 2.0f + (float)i;
		ck_assert(gain_peak(x, 100) == 2.0f + (float)i);
		ck_assert(gain_peak(x, i) == (i > 0 ? 1.0f + (float)i : 0.0f));
	}
}
END_TEST

Suite *suite_gain(void)
{
	Suite *s = suite_create("gain");
	TCase *t = tcase_create("gain");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, test_the_curve_is_a_sine);
	tcase_add_test(t, test_fades_are_exact_at_their_ends_whatever_their_length);
	tcase_add_test(t, test_powers_of_a_crossfade_sum_to_one);
	tcase_add_test(t, test_where_blocks_begin_changes_no_bit);
	tcase_add_test(t, test_ramps_move_power_between_their_ends);
	tcase_add_test(t, test_sums_with_gain);
	tcase_add_test(t, test_peak_is_of_either_sign_anywhere);
	suite_add_tcase(s, t);
	return s;
}
