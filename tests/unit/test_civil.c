/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/civil.h"

#include <check.h>
#include <string.h>

#define DAY_S INT64_C(86400)

static struct date day(int year, int month, int d)
{
	return (struct date){year, month, d};
}

START_TEST(test_known_days)
{
	static const struct {
		int year, month, day;
		int64_t days;
		int weekday; /* 0 Monday */
	} known[] = {
		{1970, 1, 1, 0, 3},	  {1969, 12, 31, -1, 2},    {2000, 1, 1, 10957, 5},
		{2000, 2, 29, 11016, 1},  {1900, 3, 1, -25508, 3},  {1582, 10, 15, -141427, 4},
		{1, 1, 1, -719162, 0},	  {9999, 12, 31, 2932896, 4}, {2026, 11, 22, 20779, 6},
		{1975, 4, 30, 1945, 2},	  {2038, 1, 19, 24855, 1},  {2100, 3, 1, 47541, 0},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct date d = day(known[i].year, known[i].month, known[i].day);
		ck_assert_int_eq(date_to_days(d), known[i].days);
		ck_assert_int_eq(date_compare(date_from_days(known[i].days), d), 0);
		ck_assert_int_eq(date_weekday(d), known[i].weekday);
	}
}
END_TEST

/* Every day of the years 1 to 9999: each follows the one before by the plain rules of the calendar.
 * */
START_TEST(test_every_day)
{
	static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int64_t days = -719162;

	for (int y = 1; y <= 9999; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
		for (int m = 1; m <= 12; m++) {
			int length = lengths[m - 1] + (m == 2 && leap);
			for (int d = 1; d <= length; d++, days++)
				if (date_to_days(day(y, m, d)) != days ||
				    date_compare(date_from_days(days), day(y, m, d)) != 0)
					ck_abort_msg("%04d-%02d-%02d", y, m, d);
			ck_assert(!date_valid(day(y, m, length + 1)));
		}
	}
	ck_assert_int_eq(days, 2932897);
}
END_TEST

START_TEST(test_valid)
{
	ck_assert(date_valid(day(2024, 2, 29)));
	ck_assert(!date_valid(day(2023, 2, 29)));
	ck_assert(!date_valid(day(1900, 2, 29)));
	ck_assert(!date_valid(day(0, 1, 1)));
	ck_assert(!date_valid(day(10000, 1, 1)));
	ck_assert(!date_valid(day(2026, 0, 1)));
	ck_assert(!date_valid(day(2026, 13, 1)));
	ck_assert(!date_valid(day(2026, 1, 0)));
	ck_assert(!date_valid(day(2026, 4, 31)));
}
END_TEST

START_TEST(test_add_and_compare)
{
	ck_assert_int_eq(date_compare(date_add_days(day(2026, 12, 31), 1), day(2027, 1, 1)), 0);
	ck_assert_int_eq(date_compare(date_add_days(day(2024, 3, 1), -1), day(2024, 2, 29)), 0);
	ck_assert_int_lt(date_compare(day(2026, 1, 31), day(2026, 2, 1)), 0);
	ck_assert_int_gt(date_compare(day(2027, 1, 1), day(2026, 12, 31)), 0);
}
END_TEST

static void begins(int month, int from_day, struct date want)
{
	ck_assert_int_eq(date_compare(date_month_begin(2026, month, from_day), want), 0);
}

START_TEST(test_months_that_begin_on_a_day)
{
	begins(1, 1, (struct date){2026, 1, 1});
	begins(12, 1, (struct date){2026, 12, 1});
	begins(13, 1, (struct date){2027, 1, 1});
	begins(1, 15, (struct date){2025, 12, 15});
	begins(2, 15, (struct date){2026, 1, 15});
	begins(12, 15, (struct date){2026, 11, 15});
	begins(13, 15, (struct date){2026, 12, 15});
}
END_TEST

START_TEST(test_date_text)
{
	static const char *const bad[] = {
		"", "2026", "2026-1-1", "2026-02-30", "2026-11-23 ", " 2026-11-23", "2026-11-2x",
		"26-11-23", "2026/11/23", "+026-11-23", "2026-11-231", "0000-01-01", "2026-00-10",
	};
	struct date d;
	char text[11];

	ck_assert(date_parse("2026-11-23", &d));
	date_print(d, text);
	ck_assert_str_eq(text, "2026-11-23");
	date_print(day(7, 1, 2), text);
	ck_assert_str_eq(text, "0007-01-02");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!date_parse(bad[i], &d), "%s", bad[i]);
}
END_TEST

START_TEST(test_time_of_day)
{
	static const char *const bad[] = {
		"", "5:30", "05:3", "24:00", "23:60", "05:30:60", "05.30", "05:30:", "05:30:1",
		"05:30:15x", "-5:30", "25:00",
	};
	int32_t s;

	ck_assert(time_of_day_parse("00:00", &s) && s == 0);
	ck_assert(time_of_day_parse("05:30", &s) && s == 19800);
	ck_assert(time_of_day_parse("05:30:15", &s) && s == 19815);
	ck_assert(time_of_day_parse("23:59:59", &s) && s == 86399);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!time_of_day_parse(bad[i], &s), "%s", bad[i]);
}
END_TEST

START_TEST(test_duration)
{
	static const struct {
		const char *text;
		int32_t s;
	} good[] = {{"0", 0},	      {"90", 90},	     {"90s", 90},	{"30m", 1800},
		    {"1h", 3600},     {"1h30m", 5400},	     {"1h30m15s", 5415}, {"1h15", 3615},
		    {"168h", 604800}, {"604800", 604800}};
	static const char *const bad[] = {
		"", "m", "1d", "1h1h", "1m1h", "1.5h", "-5m", " 5m", "5 m", "5m ", "169h", "604801",
		"12345678", "99999999999h", "1h30m15s1", "5mm",
	};
	int32_t s;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ck_assert_msg(duration_parse(good[i].text, &s), "%s", good[i].text);
		ck_assert_int_eq(s, good[i].s);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!duration_parse(bad[i], &s), "%s", bad[i]);
}
END_TEST

/* A zone with a gap and a fold of an hour: +1 to +2 at second 1,000,000, back at 2,000,000. */
static struct tz summer(void)
{
	return (struct tz){.changes = 3,
			   .at_s = {INT64_MIN, 1000000, 2000000},
			   .offset_s = {3600, 7200, 3600}};
}

START_TEST(test_offset_at_changes)
{
	struct tz tz = summer();

	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){INT64_MIN}), 3600);
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){1000000 * NS_PER_S - 1}), 3600);
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){1000000 * NS_PER_S}), 7200);
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){2000000 * NS_PER_S - 1}), 7200);
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){2000000 * NS_PER_S}), 3600);
	ck_assert_int_eq(tz_offset_s(&tz, (struct wall){INT64_MAX}), 3600);
}
END_TEST

static struct wall local(const struct tz *tz, int64_t local_s)
{
	return tz_wall(tz, date_from_days(local_s / DAY_S), (int32_t)(local_s % DAY_S));
}

START_TEST(test_gap_and_fold)
{
	struct tz tz = summer();

	/* Before, inside and after the hour that is skipped: inside counts with the old offset. */
	ck_assert_int_eq(local(&tz, 1003599).ns, 999999 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 1003600).ns, 1000000 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 1005000).ns, 1001400 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 1007200).ns, 1000000 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 1007201).ns, 1000001 * NS_PER_S);
	/* The hour that occurs twice means its first time. */
	ck_assert_int_eq(local(&tz, 2003600).ns, 1996400 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 2007199).ns, 1999999 * NS_PER_S);
	ck_assert_int_eq(local(&tz, 2007200).ns, 2003600 * NS_PER_S);
}
END_TEST

START_TEST(test_local_date)
{
	struct tz tz;
	int32_t s;

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	struct date d = tz_date(&tz, (struct wall){-1}, &s);
	ck_assert_int_eq(date_compare(d, day(1970, 1, 1)), 0);
	ck_assert_int_eq(s, 7 * 3600 - 1);
	d = tz_date(&tz, (struct wall){17 * 3600 * NS_PER_S}, &s);
	ck_assert_int_eq(date_compare(d, day(1970, 1, 2)), 0);
	ck_assert_int_eq(s, 0);
	tz_fixed(&tz, "west", -8 * 3600);
	d = tz_date(&tz, (struct wall){0}, NULL);
	ck_assert_int_eq(date_compare(d, day(1969, 12, 31)), 0);
}
END_TEST

START_TEST(test_wall_text)
{
	struct tz tz;
	struct wall t;
	char text[32];

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	ck_assert(wall_parse("2026-11-23T05:30:00.000+07:00", &tz, &t));
	ck_assert_int_eq(t.ns, INT64_C(1795386600) * NS_PER_S);
	wall_print(t, &tz, text);
	ck_assert_str_eq(text, "2026-11-23T05:30:00.000+07:00");
	/* Cut, not rounded; also before 1970. */
	wall_print((struct wall){t.ns + 999999}, &tz, text);
	ck_assert_str_eq(text, "2026-11-23T05:30:00.000+07:00");
	wall_print((struct wall){-1}, &tz, text);
	ck_assert_str_eq(text, "1970-01-01T06:59:59.999+07:00");
	tz_fixed(&tz, "west", -(3 * 3600 + 30 * 60));
	wall_print((struct wall){0}, &tz, text);
	ck_assert_str_eq(text, "1969-12-31T20:30:00.000-03:30");
}
END_TEST

START_TEST(test_wall_forms)
{
	static const char *const same[] = {
		"2026-11-23T05:30:00.000+07:00", "2026-11-23T05:30:00+07:00",
		"2026-11-22T22:30:00Z", "2026-11-22T22:30Z", "2026-11-23T05:30",
		"2026-11-23 05:30:00", "2026-11-23T05:30:00",
		"2026-11-22T14:00:00-08:30", "2026-11-23T05:30:00.0000000000+07:00",
	};
	struct tz tz;
	struct wall t;

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		ck_assert_msg(wall_parse(same[i], &tz, &t), "%s", same[i]);
		ck_assert_int_eq(t.ns, INT64_C(1795386600) * NS_PER_S);
	}
	ck_assert(wall_parse("2026-11-23", &tz, &t));
	ck_assert_int_eq(t.ns, (INT64_C(1795386600) - 19800) * NS_PER_S);
	ck_assert(wall_parse("1970-01-01T00:00:00.123456789Z", &tz, &t));
	ck_assert_int_eq(t.ns, 123456789);
}
END_TEST

START_TEST(test_wall_bad)
{
	static const char *const bad[] = {
		"", "2026-11-23T", "2026-11-23T24:00", "2026-11-23T05", "2026-11-23T05:30:00.",
		"2026-11-23T05:30:00+7:00", "2026-11-23T05:30:00+0700", "2026-11-23T05:30:00+24:00",
		"2026-11-23T05:30:00+07:60", "2026-11-23T05:30:00+07:00x", "2026-11-23T05:30:00ZZ",
		"2026-11-23t05:30", "2026-02-30T05:30", "1699-12-31", "2201-01-01", "now", "05:30",
		"2026-11-23T05:30:60Z", "2026-11-23T05:30:00 Z",
	};
	struct tz tz;
	struct wall t;

	tz_fixed(&tz, "UTC", 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ck_assert_msg(!wall_parse(bad[i], &tz, &t), "%s", bad[i]);
	ck_assert(wall_parse("1700-01-01", &tz, &t));
	ck_assert(wall_parse("2200-12-31T23:59:59.999Z", &tz, &t));
}
END_TEST

Suite *suite_civil(void);
Suite *suite_civil(void)
{
	Suite *s = suite_create("civil");
	TCase *c = tcase_create("civil");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, test_known_days);
	tcase_add_test(c, test_every_day);
	tcase_add_test(c, test_valid);
	tcase_add_test(c, test_add_and_compare);
	tcase_add_test(c, test_months_that_begin_on_a_day);
	tcase_add_test(c, test_date_text);
	tcase_add_test(c, test_time_of_day);
	tcase_add_test(c, test_duration);
	tcase_add_test(c, test_offset_at_changes);
	tcase_add_test(c, test_gap_and_fold);
	tcase_add_test(c, test_local_date);
	tcase_add_test(c, test_wall_text);
	tcase_add_test(c, test_wall_forms);
	tcase_add_test(c, test_wall_bad);
	suite_add_tcase(s, c);
	return s;
}
