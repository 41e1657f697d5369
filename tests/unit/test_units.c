/* SPDX-License-Identifier: GPL-3.0-or-later */
/* units.h and moment.h: arithmetic that stands in headers. */
#include "base/units.h"

#include "base/moment.h"

#include <check.h>
#include <stdint.h>

START_TEST(test_decibels)
{
	ck_assert_float_eq(gain_of_db(0), 1.0F);
	ck_assert_double_eq_tol((double)gain_of_db(-6.0206), 0.5, 1e-6);
	ck_assert_double_eq_tol((double)gain_of_db(20), 10, 1e-5);
	ck_assert_double_eq_tol(db_of_gain(0.5), -6.0206, 1e-4);
	ck_assert_double_eq(db_of_gain(0), -144.0);
	ck_assert_double_eq(db_of_gain(-1), -144.0);
	for (double db = -100; db <= 20; db += 0.5)
		ck_assert_double_eq_tol(db_of_gain((double)gain_of_db(db)), db, 1e-5);
}
END_TEST

START_TEST(test_frames_of_whole_milliseconds_are_exact)
{
	for (int64_t ms = -5000; ms <= 5000; ms++) {
		ck_assert_int_eq(frames_of_ns(ms * NS_PER_MS), ms * 48);
		ck_assert_int_eq(ns_of_frames(ms * 48), ms * NS_PER_MS);
	}
	ck_assert_int_eq(frames_of_ns(86400 * NS_PER_S), INT64_C(4147200000));
}
END_TEST

START_TEST(test_frames_round_to_the_nearest)
{
	/* One frame is 20,833⅓ ns. */
	ck_assert_int_eq(frames_of_ns(10416), 0);
	ck_assert_int_eq(frames_of_ns(10417), 1);
	ck_assert_int_eq(frames_of_ns(-10416), 0);
	ck_assert_int_eq(frames_of_ns(-10417), -1);
	ck_assert_int_eq(frames_of_ns(NS_PER_S - 1), 48000);
}
END_TEST

START_TEST(test_frames_and_back)
{
	static const int64_t around[] = {0, 47999, 48000, INT64_C(4147200000), -48001,
					 INT64_C(9000000000000)};

	for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++)
		for (int64_t f = around[i] - 50; f <= around[i] + 50; f++)
			ck_assert_int_eq(frames_of_ns(ns_of_frames(f)), f);
}
END_TEST

START_TEST(test_extremes_do_not_overflow)
{
	ck_assert_int_eq(frames_of_ns(INT64_MAX), INT64_C(442721857769029));
	ck_assert_int_eq(frames_of_ns(INT64_MIN), INT64_C(-442721857769029));
}
END_TEST

START_TEST(test_moving_clocks)
{
	ck_assert_int_eq(wall_add_ns((struct wall){5}, -7).ns, -2);
	ck_assert_int_eq(mono_add_ns((struct mono){5}, NS_PER_S).ns, 1000000005);
}
END_TEST

Suite *suite_units(void);
Suite *suite_units(void)
{
	Suite *s = suite_create("units");
	TCase *c = tcase_create("units");

	tcase_add_test(c, test_decibels);
	tcase_add_test(c, test_frames_of_whole_milliseconds_are_exact);
	tcase_add_test(c, test_frames_round_to_the_nearest);
	tcase_add_test(c, test_frames_and_back);
	tcase_add_test(c, test_extremes_do_not_overflow);
	tcase_add_test(c, test_moving_clocks);
	suite_add_tcase(s, c);
	return s;
}
