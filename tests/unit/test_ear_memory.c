/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/ears.h"

#include <check.h>

#define HOP (20 * NS_PER_MS)

static struct ear_memory m;
static struct envelope got;

static void teardown(void)
{
	ear_memory_finish(&m);
	envelope_free(&got);
}

static void put(int64_t number)
{
	struct ear_record r = {number * HOP + HOP / 2, {{(uint8_t)(1 + number % 200)}}};

	ear_memory_put(&m, &r);
}

static double take(int64_t from, int64_t hops)
{
	envelope_free(&got);
	return ear_memory_take(&m, (struct mono){from * HOP}, hops, &got);
}

START_TEST(what_was_heard_is_there)
{
	ck_assert_double_eq(take(0, 10), 0); /* nothing yet */
	for (int64_t i = 1000; i < 2000; i++)
		put(i);
	ck_assert_double_eq(take(1500, 100), 1);
	ck_assert_int_eq(got.count, 100);
	ck_assert_int_eq(got.hops[7].band[0], 1 + 1507 % 200);
	ck_assert_double_eq(take(1950, 100), 0.5);
	ck_assert_int_eq(got.hops[99].band[0], 0);
	ck_assert_double_eq(take(900, 100), 0);
}
END_TEST

/* One is skipped by a clock that drifts; more are a hole. */
START_TEST(holes_are_known)
{
	for (int64_t i = 0; i < 100; i++)
		if (i != 50 && (i < 60 || i >= 80))
			put(i);
	ck_assert_double_eq(take(40, 20), 1);
	ck_assert_double_eq(take(60, 20), 0);
	put(99); /* again */
	ck_assert_double_eq(take(80, 20), 1);
}
END_TEST

START_TEST(the_oldest_goes)
{
	for (int64_t i = 0; i < (int64_t)EAR_KEEP_S * 50 + 500; i++)
		put(i);
	ck_assert_double_eq(take(0, 500), 0);
	ck_assert_double_eq(take(500, 500), 1);
	put(INT64_C(1) << 35); /* a sleep of years: no loop over them */
	ck_assert_double_eq(take(1000, 500), 0);
	struct ear_record bad = {-5, {{1}}};
	ear_memory_put(&m, &bad);
}
END_TEST

/* What the village said while nothing aired is not kept. */
START_TEST(wiped_is_wiped)
{
	for (int64_t i = 0; i < 5000; i++)
		put(i);
	ear_memory_wipe(&m);
	ck_assert_double_eq(take(4750, 250), 1);
	ck_assert_double_eq(take(4000, 750), 0);
	for (int64_t i = 0; i < 4750; i++)
		ck_assert_int_eq(m.hops[i].band[0], 0);
}
END_TEST

Suite *suite_ear_memory(void);
Suite *suite_ear_memory(void)
{
	Suite *s = suite_create("ear_memory");
	TCase *c = tcase_create("ear_memory");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, what_was_heard_is_there);
	tcase_add_test(c, holes_are_known);
	tcase_add_test(c, the_oldest_goes);
	tcase_add_test(c, wiped_is_wiped);
	suite_add_tcase(s, c);
	return s;
}
