/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/distinct.h"

#include <check.h>

START_TEST(each_thing_is_counted_once)
{
	struct distinct d = {0};

	ck_assert_int_eq(distinct_count(&d), 0);
	for (int i = 0; i < 1000; i++)
		distinct_add(&d, (uint64_t)(i * 7 % 100));
	ck_assert_int_eq(distinct_count(&d), 100);
	distinct_add(&d, 5);
	distinct_add(&d, 100);
	ck_assert_int_eq(distinct_count(&d), 101);
	distinct_finish(&d);
	for (int i = 0; i < 1000; i++)
		distinct_add(&d, 9);
	ck_assert_int_eq(d.count, 1); /* no room for what comes again and again */
	distinct_finish(&d);
	for (int i = 0; i < 1000000; i++)
		distinct_add(&d, (uint64_t)(i % 3)); /* zones that take turns for years */
	ck_assert_int_le(d.capacity, 64);
	ck_assert_int_eq(distinct_count(&d), 3);
	distinct_finish(&d);
}
END_TEST

START_TEST(texts_and_numbers_differ)
{
	ck_assert(distinct_hash("a", 1) != distinct_hash("a", 2));
	ck_assert(distinct_hash("a", 1) != distinct_hash("b", 1));
	ck_assert(distinct_hash("", INT64_C(1) << 56) != distinct_hash("", 0));
	ck_assert(distinct_hash("Sáng", -1) == distinct_hash("Sáng", -1));
}
END_TEST

Suite *suite_distinct(void);
Suite *suite_distinct(void)
{
	Suite *s = suite_create("distinct");
	TCase *t = tcase_create("distinct");

	tcase_add_test(t, each_thing_is_counted_once);
	tcase_add_test(t, texts_and_numbers_differ);
	suite_add_tcase(s, t);
	return s;
}
