/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/loudwatch.h"

#include "base/moment.h"
#include "support/sound.h"

#include <check.h>
#include <math.h>

static float x[FRAMES_PER_S];
static struct loudwatch *w;

static void setup(void)
{
	w = loudwatch_create();
}

static void teardown(void)
{
	loudwatch_destroy(w);
}

static int64_t second(int k, double amplitude)
{
	sound_sine(x, k * FRAMES_PER_S, FRAMES_PER_S, 1000, amplitude);
	return loudwatch_put(w, x, FRAMES_PER_S);
}

START_TEST(test_what_can_be_heard)
{
	ck_assert_int_eq(second(0, 0.1), 0);
	ck_assert_int_eq(second(1, 0), -1);
	ck_assert_int_eq(second(2, 0.001), -1); /* −63 dB: a hiss */
	ck_assert_int_eq(second(3, 0.01), 0);
	for (int i = FRAMES_PER_S / 2; i < FRAMES_PER_S; i++)
		x[i] = 0;
	ck_assert_int_eq(loudwatch_put(w, x, FRAMES_PER_S), FRAMES_PER_S / 2);
}
END_TEST

START_TEST(test_pieces_add_up)
{
	int64_t heard = -1;

	sound_sine(x, 0, FRAMES_PER_S, 1000, 0.1);
	for (int i = 0; i < 47; i++)
		ck_assert_int_eq(loudwatch_put(w, x + i * 100, 100), -1);
	heard = loudwatch_put(w, x + 4700, 150); /* the hop of 4800 ends within */
	ck_assert_int_eq(heard, 50);
}
END_TEST

/* A sine of amplitude A has 20 log A − 3.01 − 0.69 + the weight at 1 kHz, 0.70: −3.0 at A = 1. */
START_TEST(test_how_loud)
{
	ck_assert(isinf(loudwatch_lufs(w)));
	for (int k = 0; k < 12; k++)
		second(k, 0.1);
	ck_assert_double_eq_tol(loudwatch_lufs(w), -23.0, 0.3);
	for (int k = 0; k < 30; k++) /* a pause says nothing */
		second(k, 0);
	ck_assert_double_gt(loudwatch_lufs(w), -30);
	for (int k = 0; k < 120; k++)
		second(k, 0.01);
	ck_assert_double_lt(loudwatch_lufs(w), -35);
}
END_TEST

Suite *suite_loudwatch(void);
Suite *suite_loudwatch(void)
{
	Suite *s = suite_create("loudwatch");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, test_what_can_be_heard);
	tcase_add_test(t, test_pieces_add_up);
	tcase_add_test(t, test_how_loud);
	suite_add_tcase(s, t);
	return s;
}
