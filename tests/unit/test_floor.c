/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/floor.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#define BINS (FLOOR_POINTS / 2)

static struct floor *f;

static void setup(void)
{
	f = floor_create();
}

static void teardown(void)
{
	floor_destroy(f);
}

/* Power in bins [from, to), together `db`. */
static void moment(int from, int to, double db)
{
	float power[BINS] = {0};

	for (int i = from; i < to; i++)
		power[i] = (float)(pow(10, db / 10) / (to - from));
	floor_add(f, power);
}

START_TEST(what_is_always_there_is_the_floor)
{
	for (int i = 0; i < 200; i++)
		moment(2, BINS, -30);
	ck_assert_double_eq_tol(floor_db(f), -30, 0.5);
}
END_TEST

/* Words of one band after the other leave none of them filled; what lies below them all does. */
START_TEST(what_comes_and_goes_is_not)
{
	for (int i = 0; i < 400; i++) {
		float power[BINS];
		for (int k = 0; k < BINS; k++)
			power[k] = (k >= 40) == (i % 2 == 0) ? 1e-4f : 1e-9f;
		floor_add(f, power);
	}
	ck_assert_double_eq_tol(floor_db(f), 10 * log10(510 * 1e-9), 0.5);
}
END_TEST

START_TEST(a_steady_tone_among_words_is_found)
{
	for (int i = 0; i < 400; i++) {
		float power[BINS] = {0};
		power[2] = 1e-3f;
		power[20 + i % 300] = 0.1f;
		floor_add(f, power);
	}
	ck_assert_double_eq_tol(floor_db(f), -30, 0.5);
}
END_TEST

START_TEST(a_test_tone_is_no_noise)
{
	for (int i = 0; i < 400; i++) {
		float power[BINS];
		for (int k = 0; k < BINS; k++)
			power[k] = k == 21 ? 0.1f : 1e-9f;
		floor_add(f, power);
	}
	ck_assert_double_lt(floor_db(f), -60);
}
END_TEST

START_TEST(silence_that_was_put_in_does_not_count)
{
	for (int i = 0; i < 100; i++)
		moment(2, BINS, -30);
	for (int i = 0; i < 1000; i++)
		moment(2, BINS, i % 2 == 0 ? -71 : -300);
	ck_assert_double_eq_tol(floor_db(f), -30, 0.5);
}
END_TEST

START_TEST(few_moments_and_wrong_numbers_give_none)
{
	float odd[BINS];

	for (int i = 0; i < 29; i++)
		moment(2, BINS, -30);
	for (int i = 0; i < BINS; i++)
		odd[i] = NAN;
	floor_add(f, odd);
	ck_assert(isnan(floor_db(f)));
	moment(0, 2, 20); /* below what is looked at */
	ck_assert(isnan(floor_db(f)));
	moment(2, BINS, 60); /* louder than there is room for */
	ck_assert(isfinite(floor_db(f)));
	floor_destroy(NULL);
}
END_TEST

Suite *suite_floor(void);
Suite *suite_floor(void)
{
	Suite *s = suite_create("floor");
	TCase *t = tcase_create("floor");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_is_always_there_is_the_floor);
	tcase_add_test(t, what_comes_and_goes_is_not);
	tcase_add_test(t, a_steady_tone_among_words_is_found);
	tcase_add_test(t, a_test_tone_is_no_noise);
	tcase_add_test(t, silence_that_was_put_in_does_not_count);
	tcase_add_test(t, few_moments_and_wrong_numbers_give_none);
	suite_add_tcase(s, t);
	return s;
}
