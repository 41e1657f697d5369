/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/codes.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct codes c;

static void add(const char *code, const char *name, struct date from, struct date to)
{
	struct code *one = codes_add(&c);

	ck_assert_ptr_nonnull(one);
	snprintf(one->code, sizeof(one->code), "%s", code);
	snprintf(one->name, sizeof(one->name), "%s", name);
	one->from = from;
	one->to = to;
}

static void setup(void)
{
	add("X", "mới", (struct date){2026, 1, 1}, (struct date){2026, 12, 31});
	add("X", "cũ", (struct date){2021, 10, 14}, (struct date){2025, 12, 31});
	add("X", "về sau", (struct date){2028, 1, 1}, (struct date){9999, 12, 31});
	codes_add(&c)->code[0] = 'Y';
}

static void teardown(void)
{
	codes_finish(&c);
	ck_assert_int_eq(c.count, 0);
}

static const struct {
	struct date day;
	const char *at, *named;
} days[] = {
	{{2025, 12, 31}, "cũ", "cũ"},	{{2026, 1, 1}, "mới", "mới"},
	{{2026, 12, 31}, "mới", "mới"}, {{2027, 1, 1}, "", "mới"},
	{{2021, 10, 13}, "", "cũ"},	{{2028, 1, 1}, "về sau", "về sau"},
};

START_TEST(a_code_means_what_it_meant_that_day)
{
	const struct code *at = codes_at(&c, "X", days[_i].day);
	const struct code *named = codes_named(&c, "X", days[_i].day);

	ck_assert_str_eq(at != NULL ? at->name : "", days[_i].at);
	ck_assert_str_eq(named->name, days[_i].named);
	ck_assert_ptr_nonnull(codes_at(&c, "Y", days[_i].day));
	ck_assert_ptr_null(codes_at(&c, "x", days[_i].day));
	ck_assert_ptr_null(codes_named(&c, "", days[_i].day));
}
END_TEST

START_TEST(a_list_is_bounded)
{
	while (c.count < CODES_MAX)
		ck_assert_ptr_nonnull(codes_add(&c));
	ck_assert_ptr_null(codes_add(&c));
	ck_assert_int_eq(c.count, CODES_MAX);
}
END_TEST

Suite *suite_codes(void);
Suite *suite_codes(void)
{
	Suite *s = suite_create("codes");
	TCase *t = tcase_create("codes");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_code_means_what_it_meant_that_day, 0,
			    (int)(sizeof(days) / sizeof(days[0])));
	tcase_add_test(t, a_list_is_bounded);
	suite_add_tcase(s, t);
	return s;
}
