/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/drift.h"

#include "base/limits.h"

#include <check.h>
#include <math.h>

/* A source so many ppm fast that comes in bursts of burst_s; looked at every 85 ms. Returns the
 * level in the end, and how far the correction moved in a second at most. */
static double play(struct drift *d, double source_ppm, double burst_s, double for_s, double *most)
{
	const double dt = 4096.0 / 48000;
	double held = 4 + burst_s, due = burst_s, came = 0;

	*most = 0;
	for (double t = 0; t < for_s; t += dt) {
		double before = d->ppm;

		came += dt * (1 + source_ppm * 1e-6);
		for (; came >= due; due += burst_s)
			held += burst_s;
		held -= dt * (1 + d->ppm * 1e-6);
		drift_see(d, held, dt);
		*most = fmax(*most, fabs(d->ppm - before) / dt);
	}
	return held;
}

START_TEST(test_a_source_off_by_300_ppm_is_followed)
{
	for (int sign = -1; sign <= 1; sign += 2) {
		struct drift d = {0};
		double most;

		play(&d, sign * 300, 0.1, 1800, &most);
		ck_assert_double_eq_tol(d.ppm, sign * 300, 15);
		ck_assert_double_le(most, RELAY_PPM_STEP + 0.001);
	}
}
END_TEST

/* Not the bursts' own ups and downs. */
START_TEST(test_segments_of_six_seconds_are_no_drift)
{
	struct drift d = {0};
	double most;

	play(&d, 100, 6, 3600, &most);
	ck_assert_double_eq_tol(d.ppm, 100, 100);
	ck_assert_double_le(most, RELAY_PPM_STEP + 0.001);
}
END_TEST

START_TEST(test_what_is_no_clock_is_not_followed)
{
	struct drift d = {0};
	double most;

	play(&d, 50000, 0.1, 900, &most);
	ck_assert_double_eq_tol(d.ppm, RELAY_PPM_MAX, 0.001);
}
END_TEST

START_TEST(test_after_a_gap_the_clock_is_known)
{
	struct drift d = {0};
	double most;

	play(&d, 300, 0.1, 1800, &most);
	drift_again(&d);
	ck_assert(!d.known);
	double before = d.ppm;
	play(&d, 300, 0.1, 60, &most);
	ck_assert_double_eq_tol(d.ppm, before, 20);
}
END_TEST

Suite *suite_drift(void);
Suite *suite_drift(void)
{
	Suite *s = suite_create("drift");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_a_source_off_by_300_ppm_is_followed);
	tcase_add_test(t, test_segments_of_six_seconds_are_no_drift);
	tcase_add_test(t, test_what_is_no_clock_is_not_followed);
	tcase_add_test(t, test_after_a_gap_the_clock_is_known);
	suite_add_tcase(s, t);
	return s;
}
