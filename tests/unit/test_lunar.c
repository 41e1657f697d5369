/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Held against the calendar that is printed in Viet Nam: Tết and leap months from 1968, when UTC+7
 * came into force, to 2100, as Hồ Ngọc Đức has published them. All months of 1900–2199 were besides
 * compared with new moons and solstices of PyEphem 4.1: one differs, July 1967, whose new moon is
 * three seconds from midnight. */
#include "base/lunar.h"

#include <check.h>
#include <stdlib.h>

/* Month × 100 + day of Tết, 1968 to 2100. */
static const int new_years[] = {
	129, 216, 206, 127, 215, 203, 123, 211, 131, 218, 207, 128, 216, 205, 125, 213,
	202, 121, 209, 129, 217, 206, 127, 215, 204, 123, 210, 131, 219, 207, 128, 216,
	205, 124, 212, 201, 122, 209, 129, 217, 207, 126, 214, 203, 123, 210, 131, 219,
	208, 128, 216, 205, 125, 212, 201, 122, 210, 129, 217, 206, 126, 213, 202, 123,
	211, 131, 219, 208, 128, 215, 204, 124, 212, 201, 122, 210, 130, 217, 206, 126,
	214, 202, 123, 211, 201, 218, 208, 128, 215, 204, 124, 212, 202, 121, 209, 129,
	217, 205, 126, 214, 203, 123, 211, 131, 219, 207, 127, 215, 205, 124, 212, 202,
	122, 209, 129, 217, 206, 126, 214, 203, 124, 210, 130, 218, 207, 127, 215, 205,
	125, 212, 201, 121, 209
};

static const struct {
	int year, month;
} leaps[] = {
	{1968, 7}, {1971, 5}, {1974, 4}, {1976, 8}, {1979, 6}, {1982, 4}, {1985, 2},
	{1987, 7}, {1990, 5}, {1993, 3}, {1995, 8}, {1998, 5}, {2001, 4}, {2004, 2},
	{2006, 7}, {2009, 5}, {2012, 4}, {2014, 9}, {2017, 6}, {2020, 4}, {2023, 2},
	{2025, 6}, {2028, 5}, {2031, 3}, {2033, 11}, {2036, 6}, {2039, 5}, {2042, 2},
	{2044, 7}, {2047, 5}, {2050, 3}, {2052, 8}, {2055, 6}, {2058, 4}, {2061, 3},
	{2063, 7}, {2066, 5}, {2069, 4}, {2071, 8}, {2074, 6}, {2077, 4}, {2080, 3},
	{2082, 7}, {2085, 5}, {2088, 4}, {2090, 8}, {2093, 6}, {2096, 4}, {2099, 2}
};

START_TEST(new_year_is_the_one_that_is_printed)
{
	ck_assert_int_eq(sizeof(new_years) / sizeof(new_years[0]), 2100 - 1968 + 1);
	for (int year = 1968; year <= 2100; year++) {
		struct date d = lunar_new_year(year);
		ck_assert_int_eq(d.year, year);
		ck_assert_msg(d.month * 100 + d.day == new_years[year - 1968], "%d: %d/%d", year,
			      d.day, d.month);
	}
}
END_TEST

/* The Chinese calendar has 20 February 1985, 18 February 2007, 3 February 2030. */
START_TEST(an_hour_makes_another_new_year)
{
	static const struct date theirs[] = {{1985, 2, 20}, {2007, 2, 18}, {2030, 2, 3}};
	static const struct date ours[] = {{1985, 1, 21}, {2007, 2, 17}, {2030, 2, 2}};

	for (int i = 0; i < 3; i++) {
		struct date d = lunar_new_year(ours[i].year);
		ck_assert_int_eq(date_compare(d, ours[i]), 0);
		ck_assert_int_ne(date_compare(d, theirs[i]), 0);
	}
}
END_TEST

static int leap_of(int year)
{
	for (size_t i = 0; i < sizeof(leaps) / sizeof(leaps[0]); i++)
		if (leaps[i].year == year)
			return leaps[i].month;
	return 0;
}

START_TEST(leap_months_are_those_that_are_printed)
{
	int64_t first = date_to_days(lunar_new_year(1968));
	int64_t count = date_to_days(lunar_new_year(2101)) - first;
	struct lunar *days = malloc((size_t)count * sizeof(*days));
	int found[134] = {0};

	lunar_days(first, count, days);
	for (int64_t i = 0; i < count; i++)
		if (days[i].leap)
			found[days[i].year - 1968] = days[i].month;
	for (int year = 1968; year <= 2100; year++)
		ck_assert_msg(found[year - 1968] == leap_of(year), "%d: %d", year,
			      found[year - 1968]);
	free(days);
}
END_TEST

/* Through three centuries: days follow one another, months have 29 or 30, years 12 or 13 months. */
START_TEST(no_day_is_lost_or_told_twice)
{
	int64_t first = date_to_days(lunar_new_year(LUNAR_FIRST_YEAR));
	int64_t count = date_to_days((struct date){2199, 12, 31}) - first;
	struct lunar *days = malloc((size_t)count * sizeof(*days));
	int months = 1;

	lunar_days(first, count, days);
	for (int64_t i = 1; i < count; i++) {
		struct lunar a = days[i - 1], b = days[i];
		if (!a.last) {
			ck_assert_int_eq(b.day, a.day + 1);
			ck_assert(b.month == a.month && b.leap == a.leap && b.year == a.year);
			continue;
		}
		ck_assert(a.day == 29 || a.day == 30);
		ck_assert_int_eq(b.day, 1);
		ck_assert(b.leap ? b.month == a.month : b.month == a.month % 12 + 1);
		months++;
		if (b.year == a.year)
			continue;
		ck_assert(b.year == a.year + 1 && b.month == 1 && !b.leap);
		ck_assert(months == 13 || months == 14); /* with the first of the next */
		months = 1;
	}
	free(days);
}
END_TEST

START_TEST(any_stretch_tells_the_same)
{
	int64_t first = date_to_days((struct date){2033, 12, 1});
	struct lunar all[80], one;

	lunar_days(first, 80, all);
	for (int i = 0; i < 80; i++) {
		lunar_days(first + i, 1, &one);
		ck_assert(one.year == all[i].year && one.month == all[i].month &&
			  one.day == all[i].day && one.leap == all[i].leap &&
			  one.last == all[i].last);
	}
}
END_TEST

START_TEST(outside_its_years_it_says_nothing)
{
	struct lunar one = {.year = 5};

	lunar_days(date_to_days((struct date){1899, 6, 1}), 1, &one);
	ck_assert_int_eq(one.year, 0);
	lunar_days(date_to_days((struct date){2200, 6, 1}), 1, &one);
	ck_assert_int_eq(one.year, 0);
	lunar_days(date_to_days((struct date){9999, 12, 31}), 1, &one);
	ck_assert_int_eq(one.year, 0);
	lunar_days(date_to_days((struct date){1, 1, 1}), 1, &one);
	ck_assert_int_eq(one.year, 0);
}
END_TEST

Suite *suite_lunar(void)
{
	Suite *s = suite_create("lunar");
	TCase *t = tcase_create("lunar");

	tcase_add_test(t, new_year_is_the_one_that_is_printed);
	tcase_add_test(t, an_hour_makes_another_new_year);
	tcase_add_test(t, leap_months_are_those_that_are_printed);
	tcase_add_test(t, no_day_is_lost_or_told_twice);
	tcase_add_test(t, any_stretch_tells_the_same);
	tcase_add_test(t, outside_its_years_it_says_nothing);
	suite_add_tcase(s, t);
	return s;
}
