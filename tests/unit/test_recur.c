/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/recur.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char text[64];
static struct schedule schedule; /* of the one slot */

/* The days from `from` on as a row of 1 and 0. */
static const char *days(const struct slot *slot, const char *from, int count)
{
	uint8_t on[64];
	struct date first;
	struct almanac almanac;

	memset(on, 9, sizeof(on));
	ck_assert(date_parse(from, &first));
	schedule.slots = (struct slot *)slot;
	schedule.slot_count = 1;
	almanac_make(&almanac, &schedule, date_to_days(first), count, false);
	recur_days(slot, &almanac, first, date_add_days(first, count - 1), on);
	almanac_finish(&almanac);
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

/* Tết 2027 is 6 February, its eve the 29th of the last month. */
START_TEST(days_of_the_lunar_calendar)
{
	struct slot slot = {.days = 0x7f, .valid_from = {2000, 1, 1},
			    .lunar = {{1, 1, false}, {30, 12, false}}, .lunar_count = 2};

	ck_assert_str_eq(days(&slot, "2027-02-04", 4), "0110");
	slot.lunar[0] = (struct lunar_pick){1, 0, false};
	ck_assert_str_eq(days(&slot, "2027-03-07", 3), "010"); /* 1/2 */
	slot.valid_from = (struct date){2027, 2, 6};
	ck_assert_str_eq(days(&slot, "2027-02-04", 4), "0010");
	slot.lunar_count = 0;
	slot.lunar_except[0] = (struct lunar_pick){1, 1, false};
	slot.lunar_except_count = 1;
	ck_assert_str_eq(days(&slot, "2027-02-04", 4), "0001");
}
END_TEST

START_TEST(holidays_take_days_away_or_leave_only_them)
{
	static struct holidays holidays;
	struct faults faults = {0};
	static const char list[] = "ngay_le:\n  - {ten: Quốc khánh, ngay: \"2/9\"}\n";
	struct slot slot = {.days = 0x7f, .valid_from = {2000, 1, 1}, .holidays = HOLIDAYS_SKIP};

	ck_assert(holidays_parse(&holidays, HOLIDAYS_FILE, list, strlen(list), &faults));
	schedule.holidays = &holidays;
	ck_assert_str_eq(days(&slot, "2026-09-01", 3), "101");
	slot.holidays = HOLIDAYS_ONLY;
	ck_assert_str_eq(days(&slot, "2026-09-01", 3), "010");
	slot.days = 0x01; /* Mondays; 2 September 2026 is a Wednesday */
	ck_assert_str_eq(days(&slot, "2026-09-01", 3), "000");
	schedule.holidays = NULL; /* no list: no day is one */
	ck_assert_str_eq(days(&slot, "2026-08-31", 3), "000");
	slot.holidays = HOLIDAYS_SKIP;
	ck_assert_str_eq(days(&slot, "2026-08-31", 3), "100");
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
	tcase_add_test(t, days_of_the_lunar_calendar);
	tcase_add_test(t, holidays_take_days_away_or_leave_only_them);
	tcase_add_test(t, rules_count_from_the_first_valid_day);
	suite_add_tcase(s, t);
	return s;
}
