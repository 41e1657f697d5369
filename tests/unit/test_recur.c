/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/recur.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char text[64];

/* The days from `from` on as a row of 1 and 0. */
static const char *days(const struct slot *slot, const char *from, int count)
{
	uint8_t on[64];
	struct date first;

	memset(on, 9, sizeof(on));
	ck_assert(date_parse(from, &first));
	recur_days(slot, first, date_add_days(first, count - 1), on);
	for (int i = 0; i < count; i++)
		text[i] = (char)('0' + on[i]);
	text[count] = '\0';
	ck_assert_int_eq(on[count], 9);
	return text;
}

START_TEST(weekdays_and_validity)
{
	struct slot slot = {.days = 0x3f, .valid_from = {2000, 1, 1}};

	/* 2026-11-22 is a Sunday. */
	ck_assert_str_eq(days(&slot, "2026-11-22", 9), "011111101");
	slot.valid_from = (struct date){2026, 11, 24};
	slot.has_valid_to = true;
	slot.valid_to = (struct date){2026, 11, 26};
	ck_assert_str_eq(days(&slot, "2026-11-22", 9), "001110000");
	ck_assert_str_eq(days(&slot, "2026-12-22", 3), "000");
	ck_assert_str_eq(days(&slot, "2026-10-22", 3), "000");
}
END_TEST

START_TEST(dates_and_exceptions)
{
	struct date dates[] = {{2026, 11, 1}, {2026, 11, 23}, {2026, 11, 25}};
	struct date except[] = {{2026, 11, 25}, {2027, 1, 1}};
	struct slot slot = {.days = 0x7f, .valid_from = {2000, 1, 1}, .dates = dates,
			    .date_count = 3};

	ck_assert_str_eq(days(&slot, "2026-11-22", 5), "01010");
	slot.except = except;
	slot.except_count = 2;
	ck_assert_str_eq(days(&slot, "2026-11-22", 5), "01000");
	slot.date_count = 0;
	ck_assert_str_eq(days(&slot, "2026-11-22", 5), "11101");
}
END_TEST

START_TEST(rules_count_from_the_first_valid_day)
{
	struct slot slot = {.days = 0x7f, .valid_from = {2026, 11, 20}};

	snprintf(slot.rrule, sizeof(slot.rrule), "FREQ=DAILY;INTERVAL=2;COUNT=3");
	ck_assert_str_eq(days(&slot, "2026-11-22", 6), "101000");
	slot.has_valid_to = true;
	slot.valid_to = (struct date){2026, 11, 23};
	ck_assert_str_eq(days(&slot, "2026-11-22", 6), "100000");
}
END_TEST

Suite *suite_recur(void);
Suite *suite_recur(void)
{
	Suite *s = suite_create("recur");
	TCase *t = tcase_create("all");

	tcase_add_test(t, weekdays_and_validity);
	tcase_add_test(t, dates_and_exceptions);
	tcase_add_test(t, rules_count_from_the_first_valid_day);
	suite_add_tcase(s, t);
	return s;
}
