/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule.h"

#include <check.h>
#include <string.h>

#define DAYS 5000
static uint8_t on[DAYS];

static struct date d(int year, int month, int day)
{
	return (struct date){year, month, day};
}

/* How often the rule occurs within so many days of 2026-01-01; on[] says when. */
static int count(const char *text, struct date start, int days)
{
	struct date from = d(2026, 1, 1);
	int sum = 0;

	memset(on, 0, sizeof(on));
	rrule_days(text, start, from, date_add_days(from, days - 1), on);
	for (int i = 0; i < days; i++)
		sum += on[i];
	for (int i = days; i < DAYS; i++)
		ck_assert_int_eq(on[i], 0);
	return sum;
}

START_TEST(counts_days)
{
	struct date year = d(2026, 1, 1);

	ck_assert_int_eq(count("FREQ=DAILY", year, 365), 365);
	ck_assert_int_eq(count("FREQ=WEEKLY;BYDAY=MO,WE", year, 14), 4);
	ck_assert_int_eq(on[4], 1); /* Monday 5 January */
	ck_assert_int_eq(count("FREQ=DAILY;COUNT=3", year, 365), 3);
	ck_assert_int_eq(count("FREQ=DAILY;UNTIL=20260105", year, 365), 5);
	ck_assert_int_eq(count("FREQ=DAILY;UNTIL=20260105T235959Z", year, 365), 5);
	ck_assert_int_eq(count("FREQ=MONTHLY;BYMONTHDAY=15", year, 365), 12);
	ck_assert_int_eq(count("FREQ=MONTHLY;BYDAY=-1SU", year, 365), 12);
	ck_assert_int_eq(on[24], 1); /* 25 January */
	ck_assert_int_eq(count("FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2", year, 365), 1);
}
END_TEST

START_TEST(counts_from_the_start)
{
	struct date year_ago = d(2025, 1, 1);

	/* Every second week from Thursday 25 December 2025: 8 January is the first in range. */
	ck_assert_int_eq(count("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", d(2025, 12, 25), 28), 2);
	ck_assert_int_eq(on[7], 1);
	ck_assert_int_eq(on[21], 1);
	ck_assert_int_eq(count("FREQ=DAILY;INTERVAL=3", d(2025, 12, 30), 10), 3);
	ck_assert_int_eq(on[1], 1);
	ck_assert_int_eq(count("FREQ=DAILY;COUNT=5", d(2025, 12, 30), 10), 3);
	ck_assert_int_eq(count("FREQ=DAILY", d(2026, 1, 8), 10), 3); /* not before it */
	ck_assert_int_eq(count("FREQ=DAILY;BYMONTHDAY=-1,1", year_ago, 59), 4);
	ck_assert_int_eq(on[30] + on[31] + on[58], 3);
	ck_assert_int_eq(count("FREQ=DAILY;BYMONTH=2;BYDAY=SU,SA", year_ago, 59), 8);
	ck_assert_int_eq(on[31], 1); /* Sunday 1 February */
	ck_assert_int_eq(count("FREQ=DAILY;BYDAY=MO;COUNT=3", d(2025, 12, 22), 59), 1);
	ck_assert_int_eq(on[4], 1);
	ck_assert_int_eq(count("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1", d(2020, 2, 1), 365), 6);
	ck_assert_int_eq(on[31], 1);
}
END_TEST

START_TEST(never_hangs)
{
	struct date year = d(2026, 1, 1);

	ck_assert_int_eq(count("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", year, DAYS), 0);
	ck_assert_int_eq(count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", year, DAYS), 0);
	ck_assert_int_eq(count("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", year, DAYS), 0);
	ck_assert_int_eq(count("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=2", year, DAYS), 0);
	ck_assert_int_eq(count("FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1", year, DAYS), 0);
	ck_assert_int_eq(count("FREQ=DAILY;UNTIL=20200101", year, 10), 0);
	ck_assert_int_eq(count("FREQ=DAILY;INTERVAL=7;BYDAY=TU", d(2026, 1, 5), DAYS), 0);
	ck_assert_int_eq(count("FREQ=WEEKLY;INTERVAL=52;BYMONTH=2;BYDAY=MO", year, 300), 0);
	ck_assert_int_eq(count("FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYMONTHDAY=1", year, DAYS), 0);
}
END_TEST

static const char *const bad[] = {
	"", "FREQ=", "DAILY", "FREQ=SOMETIMES", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=5", "INTERVAL=2",
	"FREQ=DAILY;RSCALE=CHINESE", "RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1",
	"FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;WRONG=1", "FREQ=DAILY;;",
	"FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;COUNT=-3",
	"FREQ=DAILY;COUNT=3;UNTIL=20261231", "FREQ=DAILY;UNTIL=2026-12-31",
	"FREQ=DAILY;UNTIL=20261399", "FREQ=DAILY;UNTIL=20260230", "FREQ=DAILY;UNTIL=20261231T5",
	"FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=0", "FREQ=DAILY;BYDAY=1MO",
	"FREQ=DAILY;BYYEARDAY=3", "FREQ=DAILY;BYDAY=MO;BYSETPOS=1",
};

START_TEST(refuses)
{
	struct err e = {0};
	bool needs_start;

	ck_assert_msg(!rrule_check(bad[_i], &needs_start, &e), "%s", bad[_i]);
	ck_assert_int_ne(e.text[0], '\0');
}
END_TEST

/* What is wrong, and how it is right. */
static const struct {
	const char *rule, *part, *example;
} told[] = {
	{"FREQ=WEEKY;BYDAY=MO", "\"FREQ=WEEKY\"", "FREQ=WEEKLY"},
	{"BYDAY=MO", "thiếu FREQ", "FREQ=WEEKLY;BYDAY=MO,WE,FR"},
	{"FREQ=WEEKLY;DAYS=MO", "\"DAYS\"", "BYDAY"},
	{"RRULE:FREQ=DAILY", "\"RRULE:FREQ\"", "FREQ="},
	{"FREQ=WEEKLY;BYDAY=MO,T3", "\"BYDAY=MO,T3\"", "BYDAY=MO,WE,FR"},
	{"FREQ=WEEKLY;BYDAY=", "BYDAY thiếu giá trị", "BYDAY=MO,WE,FR"},
	{"FREQ=DAILY;UNTIL=2026-12-31", "\"UNTIL=2026-12-31\"", "UNTIL=20261231"},
	{"FREQ=MONTHLY;BYMONTHDAY=32", "\"BYMONTHDAY=32\"", "BYMONTHDAY=1,15"},
	{"FREQ=DAILY;COUNT=x", "\"COUNT=x\"", "COUNT=10"},
	{"FREQ=DAILY;COUNT=2;COUNT=3", "COUNT hai lần", "COUNT=10"},
	{"FREQ=DAILY;COUNT=2;UNTIL=20261231", "UNTIL hoặc COUNT", ""},
	{"FREQ=DAILY;", "dấu ;", "FREQ=WEEKLY"},
	{"FREQ=DAILY;BYDAY=1MO", "FREQ=DAILY không đi với", "FREQ=MONTHLY;BYDAY=1MO"},
};

START_TEST(says_what_is_wrong_and_how_it_is_right)
{
	struct err e = {0};
	bool needs_start;

	ck_assert(!rrule_check(told[_i].rule, &needs_start, &e));
	ck_assert_msg(strstr(e.text, told[_i].part) != NULL, "%s: %s", told[_i].rule, e.text);
	ck_assert_msg(strstr(e.text, told[_i].example) != NULL, "%s: %s", told[_i].rule, e.text);
}
END_TEST

START_TEST(knows_when_the_start_matters)
{
	struct err e = {0};
	bool needs;

	ck_assert(rrule_check("FREQ=DAILY", &needs, &e) && !needs);
	ck_assert(rrule_check("FREQ=WEEKLY;BYDAY=MO", &needs, &e) && !needs);
	ck_assert(rrule_check("FREQ=WEEKLY", &needs, &e) && needs);
	ck_assert(rrule_check("FREQ=DAILY;COUNT=3", &needs, &e) && needs);
	ck_assert(rrule_check("FREQ=DAILY;INTERVAL=2", &needs, &e) && needs);
	ck_assert(rrule_check("FREQ=MONTHLY", &needs, &e) && needs);
	ck_assert(rrule_check("FREQ=YEARLY;BYMONTH=9", &needs, &e) && needs);
}
END_TEST

Suite *suite_rrule(void);
Suite *suite_rrule(void)
{
	Suite *s = suite_create("rrule");
	TCase *t = tcase_create("all");

	tcase_add_test(t, counts_days);
	tcase_add_test(t, counts_from_the_start);
	tcase_add_test(t, never_hangs);
	tcase_add_loop_test(t, refuses, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_loop_test(t, says_what_is_wrong_and_how_it_is_right, 0,
			    sizeof(told) / sizeof(told[0]));
	tcase_add_test(t, knows_when_the_start_matters);
	suite_add_tcase(s, t);
	return s;
}
