/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/mike.h"

#include "base/limits.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct clock_sim clock_now;
static struct mike *m;
static struct err e;
static uint8_t loud[MIKE_HZ]; /* a second at half scale */

static void setup(void)
{
	clock_sim_init(&clock_now, (struct wall){0});
	m = mike_create(&clock_now.clock);
	memset(loud, 0x8f, sizeof(loud));
	ck_assert(mike_open(m, NULL, 0, &e));
}

static void teardown(void)
{
	mike_destroy(m);
}

static int64_t read_all(struct source *s, float *most)
{
	float x[FEED_FRAMES];
	int64_t n, sum = 0;

	while ((n = s->ops->read(s, x, FEED_FRAMES)) > 0) {
		sum += n;
		for (int64_t i = 0; i < n; i++)
			*most = fmaxf(*most, fabsf(x[i]));
	}
	ck_assert_int_eq(n == 0 || n == SOURCE_LATER, 1);
	return sum;
}

/* What was said under the chime is not heard, but for what waits at the start. */
START_TEST(from_now_on)
{
	struct source *s = mike_source(m);
	float most = 0;

	for (int i = 0; i < 20; i++) {
		mike_take(m, loud, MIKE_HZ / 10);
		clock_sim_advance(&clock_now, NS_PER_S / 10);
	}
	ck_assert_int_eq(read_all(s, &most), 0);
	mike_now(m);
	int64_t heard = read_all(s, &most);
	ck_assert_int_gt(heard, 0);
	ck_assert_int_le(heard, VOICE_HOLD_MAX_MS * 48);
	ck_assert_float_eq_tol(most, 0.56f, 0.1f); /* the filter rings at the step */
	ck_assert_float_gt(mike_peak(m), 0.4f);
	ck_assert_float_eq(mike_peak(m), 0);
	s->ops->close(s);
}
END_TEST

START_TEST(ends_with_what_was_said)
{
	struct source *s = mike_source(m);
	float x[FEED_FRAMES], most = 0;

	mike_now(m);
	mike_take(m, loud, MIKE_HZ);
	mike_end(m);
	mike_take(m, loud, MIKE_HZ); /* too late */
	ck_assert_int_gt(read_all(s, &most), 0);
	ck_assert_int_eq(s->ops->read(s, x, 1), 0);
	ck_assert(!mike_lives(m, NULL));
	ck_assert_ptr_null(mike_source(m));
	s->ops->close(s);
}
END_TEST

START_TEST(lost_when_nothing_comes)
{
	enum relay_fault why;

	mike_take(m, loud, 100);
	ck_assert(mike_lives(m, &why));
	clock_sim_advance(&clock_now, (VOICE_STILL_MS + 100) * NS_PER_MS);
	ck_assert(!mike_lives(m, &why));
	ck_assert_int_eq(why, RELAY_SLOW);
}
END_TEST

/* A browser that sends a minute at once fills nothing. */
START_TEST(no_more_than_a_voice)
{
	struct source *s = mike_source(m);
	float most = 0;

	mike_now(m);
	ck_assert_int_eq(read_all(s, &most), 0);
	for (int i = 0; i < 60; i++)
		mike_take(m, loud, MIKE_HZ);
	ck_assert_int_le(read_all(s, &most), VOICE_MOST_MS * 48 + 2 * FEED_FRAMES);
	s->ops->close(s);
}
END_TEST

START_TEST(again_and_again)
{
	for (int i = 0; i < 3; i++) {
		mike_end(m);
		mike_end(m);
		ck_assert(mike_open(m, NULL, 0, &e));
		ck_assert(mike_lives(m, NULL));
	}
}
END_TEST

/* Known at once, long before the limit. */
START_TEST(a_card_that_is_not_there)
{
	atomic_bool stop = false;

	mike_end(m);
	ck_assert(mike_open(m, "no such card", 1, &e));
	ck_assert_int_eq(mike_first(m, 3600 * 1000, &stop), MIKE_ENDED);
	mike_end(m);
}
END_TEST

START_TEST(awaited_no_longer_than_told)
{
	atomic_bool stop = false;

	ck_assert_int_eq(mike_first(m, 100, &stop), MIKE_STILL);
	stop = true;
	ck_assert_int_eq(mike_first(m, 3600 * 1000, &stop), MIKE_STILL);
}
END_TEST

Suite *suite_mike(void);
Suite *suite_mike(void)
{
	Suite *s = suite_create("mike");
	TCase *c = tcase_create("browser");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, from_now_on);
	tcase_add_test(c, ends_with_what_was_said);
	tcase_add_test(c, lost_when_nothing_comes);
	tcase_add_test(c, no_more_than_a_voice);
	tcase_add_test(c, again_and_again);
	tcase_add_test(c, a_card_that_is_not_there);
	tcase_add_test(c, awaited_no_longer_than_told);
	suite_add_tcase(s, c);
	return s;
}
