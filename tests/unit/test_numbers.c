/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numbers.h"

#include <check.h>

START_TEST(each_number_is_counted_once)
{
	struct numbers s = {0};

	ck_assert_uint_eq(numbers_count(&s), 0);
	ck_assert(!numbers_has(&s, 0));
	for (int i = 0; i < 1000; i++)
		numbers_add(&s, i * 7 % 100);
	ck_assert_uint_eq(numbers_count(&s), 100);
	numbers_add(&s, 5);
	numbers_add(&s, 100);
	ck_assert_uint_eq(numbers_count(&s), 101);
	numbers_finish(&s);
	for (int i = 0; i < 1000; i++)
		numbers_add(&s, 9);
	ck_assert_uint_eq(s.count, 1); /* no room for what comes again and again */
	numbers_finish(&s);
	for (int i = 0; i < 1000000; i++)
		numbers_add(&s, i % 3); /* zones that take turns for years */
	ck_assert_uint_le(s.room, 64);
	ck_assert_uint_eq(numbers_count(&s), 3);
	numbers_finish(&s);
}
END_TEST

/* However they came, and in the midst of it. */
START_TEST(they_stand_in_their_order)
{
	static const int64_t wanted[] = {INT64_MIN, -1, 0, 3, 5, INT64_MAX};
	struct numbers s = {0};

	numbers_add(&s, 3);
	numbers_add(&s, 5);
	ck_assert(!s.mixed && numbers_has(&s, 5) && !numbers_has(&s, 4));
	numbers_add(&s, 0);
	numbers_add(&s, INT64_MAX);
	ck_assert(s.mixed && numbers_has(&s, 0) && !s.mixed);
	numbers_add(&s, -1);
	numbers_add(&s, 3);
	numbers_add(&s, INT64_MIN);
	numbers_settle(&s);
	ck_assert_uint_eq(s.count, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < s.count; i++)
		ck_assert_int_eq(s.list[i], wanted[i]);
	numbers_finish(&s);
	ck_assert(s.list == NULL && s.count == 0);
}
END_TEST

START_TEST(texts_and_numbers_differ)
{
	ck_assert(numbers_hash("a", 1) != numbers_hash("a", 2));
	ck_assert(numbers_hash("a", 1) != numbers_hash("b", 1));
	ck_assert(numbers_hash("", INT64_C(1) << 56) != numbers_hash("", 0));
	ck_assert(numbers_hash("Sáng", -1) == numbers_hash("Sáng", -1));
}
END_TEST

Suite *suite_numbers(void);
Suite *suite_numbers(void)
{
	Suite *s = suite_create("numbers");
	TCase *t = tcase_create("numbers");

	tcase_add_test(t, each_number_is_counted_once);
	tcase_add_test(t, they_stand_in_their_order);
	tcase_add_test(t, texts_and_numbers_differ);
	suite_add_tcase(s, t);
	return s;
}
