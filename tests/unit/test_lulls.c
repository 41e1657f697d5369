/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/lulls.h"

#include <check.h>

static struct lulls l;

/* So many hops of this amplitude, in portions that fit no hop. */
static void add(int hops, float amplitude)
{
	float x[77];

	for (int i = 0; i < 77; i++)
		x[i] = i % 2 ? amplitude : -amplitude;
	for (int64_t left = (int64_t)hops * LULL_HOP_FRAMES; left > 0; left -= 77)
		lulls_add(&l, x, left < 77 ? left : 77);
}

static int64_t find(int from_hop, int hops)
{
	int64_t at = lulls_find(&l, (int64_t)from_hop * LULL_HOP_FRAMES,
				(int64_t)hops * LULL_HOP_FRAMES, 0.01);

	return at < 0 ? at : at / LULL_HOP_FRAMES;
}

START_TEST(a_pause_is_found_at_its_middle)
{
	l = (struct lulls){0};
	ck_assert_int_eq(find(0, 1), -1);
	add(50, 0.3f);
	add(30, 0.001f);
	ck_assert_int_eq(find(0, 30), 65);
	ck_assert_int_eq(find(0, 20), 60); /* as soon as it has lasted */
	ck_assert_int_eq(find(67, 20), 67);
	ck_assert_int_eq(find(0, 31), -1); /* no longer one yet */
	add(20, 0.3f);
	ck_assert_int_eq(find(0, 30), 65);
	ck_assert_int_eq(find(71, 20), -1); /* too late in it */
}
END_TEST

START_TEST(what_is_longer_ago_is_forgotten)
{
	l = (struct lulls){0};
	add(30, 0.001f);
	add(LULL_HOPS - 20, 0.3f);
	ck_assert_int_eq(find(0, 30), -1);
	add(10 * LULL_HOPS, 0.3f);
	ck_assert_int_eq(find(0, 1), -1);
	add(30, 0.001f);
	ck_assert_int_eq(find(0, 30), 11 * LULL_HOPS + 10 + 15);
}
END_TEST

Suite *suite_lulls(void);
Suite *suite_lulls(void)
{
	Suite *s = suite_create("lulls");
	TCase *t = tcase_create("all");

	tcase_add_test(t, a_pause_is_found_at_its_middle);
	tcase_add_test(t, what_is_longer_ago_is_forgotten);
	suite_add_tcase(s, t);
	return s;
}
