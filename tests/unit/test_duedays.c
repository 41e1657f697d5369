/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/duedays.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deadlines deadlines;
static struct faults faults;
static struct dueday due[64];

static void teardown(void)
{
	deadlines_finish(&deadlines);
	faults_finish(&faults);
}

static int make(const char *entries, struct date from, struct date to)
{
	char text[1000];

	snprintf(text, sizeof(text), "thoi_han:\n%s", entries);
	deadlines_finish(&deadlines);
	ck_assert(deadlines_parse(&deadlines, text, strlen(text), &faults));
	ck_assert_int_eq(faults.count, 0);
	return duedays_make(&deadlines, from, to, due, 64);
}

static void is_day(int i, int year, int month, int day)
{
	char text[11];

	date_print(due[i].last, text);
	ck_assert_msg(date_compare(due[i].last, (struct date){year, month, day}) == 0, "%s", text);
}

START_TEST(before_a_day_of_every_year)
{
	ck_assert_int_eq(make("  - {ma: a, viec: A, hang_nam: \"10/9\"}\n"
			      "  - {ma: b, viec: B, hang_nam: \"15/12\"}\n",
			      (struct date){2025, 9, 10}, (struct date){2026, 12, 14}), 3);
	is_day(0, 2025, 12, 14);
	is_day(1, 2026, 9, 9);
	is_day(2, 2026, 12, 14);
}
END_TEST

/* Before 1 January is in the year before; and a leap day is its eve. */
START_TEST(years_end_and_leap_days)
{
	ck_assert_int_eq(make("  - {ma: a, viec: A, hang_nam: \"1/1\"}\n",
			      (struct date){2026, 12, 31}, (struct date){2026, 12, 31}), 1);
	is_day(0, 2026, 12, 31);
	ck_assert_int_eq(make("  - {ma: a, viec: A, hang_nam: \"29/2\"}\n",
			      (struct date){2027, 1, 1}, (struct date){2028, 12, 31}), 2);
	is_day(0, 2027, 2, 28);
	is_day(1, 2028, 2, 28);
	ck_assert_int_eq(make("  - {ma: a, viec: A, hang_nam: \"1/3\"}\n",
			      (struct date){2027, 1, 1}, (struct date){2028, 12, 31}), 2);
	is_day(0, 2027, 2, 28);
	is_day(1, 2028, 2, 29);
}
END_TEST

START_TEST(after_every_reporting_period)
{
	ck_assert_int_eq(make("  - {ma: a, viec: A, sau_ky: thang, sau_ngay: 0}\n",
			      (struct date){2026, 12, 15}, (struct date){2027, 2, 14}), 2);
	is_day(0, 2027, 1, 14);
	ck_assert(due[0].year == 2027 && due[0].number == 1);
	ck_assert_int_eq(date_compare(due[0].first_of, (struct date){2026, 12, 15}), 0);
	ck_assert_int_eq(date_compare(due[0].last_of, (struct date){2027, 1, 14}), 0);
	is_day(1, 2027, 2, 14);
	/* The year ends on 14 December, and is due in the next calendar year if there is time. */
	ck_assert_int_eq(make("  - {ma: a, viec: A, sau_ky: nam, sau_ngay: 20}\n",
			      (struct date){2027, 1, 1}, (struct date){2027, 12, 31}), 1);
	is_day(0, 2027, 1, 3);
	ck_assert_int_eq(due[0].year, 2026);
	ck_assert_int_eq(make("  - {ma: a, viec: A, sau_ky: quy, sau_ngay: 3}\n",
			      (struct date){2026, 1, 1}, (struct date){2026, 12, 31}), 4);
	is_day(0, 2026, 3, 17);
	is_day(3, 2026, 12, 17);
	ck_assert_int_eq(make("  - {ma: a, viec: A, sau_ky: nua-nam, sau_ngay: 0}\n",
			      (struct date){2026, 1, 1}, (struct date){2026, 12, 31}), 2);
	is_day(0, 2026, 6, 14);
}
END_TEST

START_TEST(months_of_the_calendar_where_the_file_says_so)
{
	ck_assert_int_eq(make("  - {ma: a, viec: A, sau_ky: thang, sau_ngay: 0}\n"
			      "ky_bao_cao: {thang_tu_ngay: 1}\n",
			      (struct date){2028, 2, 1}, (struct date){2028, 2, 29}), 1);
	is_day(0, 2028, 2, 29);
	ck_assert_int_eq(date_compare(due[0].first_of, (struct date){2028, 2, 1}), 0);
}
END_TEST

START_TEST(only_while_it_is_owed)
{
	ck_assert_int_eq(make("  - {ma: a, viec: A, hang_nam: \"10/9\", from: 2025-09-09,"
			      " to: 2026-09-08}\n",
			      (struct date){2020, 1, 1}, (struct date){2030, 1, 1}), 1);
	is_day(0, 2025, 9, 9);
	ck_assert_int_eq(make("  - {ma: a, viec: A, khi: dinh-ky}\n  - {ma: b, viec: B,"
			      " khi: ngay-khi-co}\n", (struct date){2020, 1, 1},
			      (struct date){2030, 1, 1}), 0);
}
END_TEST

START_TEST(days_left_and_keys)
{
	char key[DUEDAY_KEY_BYTES];

	ck_assert_int_eq(make("  - {ma: a, viec: A, chua_qua: 2028-03-01}\n"
			      "  - {ma: b, viec: B, truoc: 2028-03-01}\n",
			      (struct date){2028, 1, 1}, (struct date){2028, 12, 31}), 2);
	ck_assert_str_eq(due[0].of->code, "b"); /* the 29th comes first */
	ck_assert_int_eq(dueday_left(&due[1], (struct date){2028, 2, 28}), 2);
	ck_assert_int_eq(dueday_left(&due[1], (struct date){2028, 3, 1}), 0);
	ck_assert_int_eq(dueday_left(&due[1], (struct date){2028, 3, 2}), -1);
	dueday_key(&due[0], key);
	ck_assert_str_eq(key, "b@2028-02-29");
}
END_TEST

START_TEST(no_more_than_there_is_room_for)
{
	make("  - {ma: a, viec: A, sau_ky: thang, sau_ngay: 0}\n", (struct date){2026, 1, 1},
	     (struct date){2026, 1, 1});
	ck_assert_int_eq(duedays_make(&deadlines, (struct date){1990, 1, 1},
				      (struct date){2090, 1, 1}, due, 64), 64);
}
END_TEST

Suite *suite_duedays(void);
Suite *suite_duedays(void)
{
	Suite *s = suite_create("duedays");
	TCase *t = tcase_create("duedays");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, before_a_day_of_every_year);
	tcase_add_test(t, years_end_and_leap_days);
	tcase_add_test(t, after_every_reporting_period);
	tcase_add_test(t, months_of_the_calendar_where_the_file_says_so);
	tcase_add_test(t, only_while_it_is_owed);
	tcase_add_test(t, days_left_and_keys);
	tcase_add_test(t, no_more_than_there_is_room_for);
	suite_add_tcase(s, t);
	return s;
}
