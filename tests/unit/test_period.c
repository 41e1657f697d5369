/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/period.h"

#include "base/limits.h"
#include "base/text.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *text;
	int from_day;
	const char *first, *last;
	const char *vi, *en;
} good[] = {
	{"2026-11", 1, "2026-11-01", "2026-11-30", "tháng 11 năm 2026", "November 2026"},
	{"2024-02", 1, "2024-02-01", "2024-02-29", "tháng 2 năm 2024", "February 2024"},
	{"2025-02", 1, "2025-02-01", "2025-02-28", "tháng 2 năm 2025", "February 2025"},
	{"2100-02", 1, "2100-02-01", "2100-02-28", "tháng 2 năm 2100", "February 2100"},
	{"2026-12", 1, "2026-12-01", "2026-12-31", "tháng 12 năm 2026", "December 2026"},
	{"2026-Q1", 1, "2026-01-01", "2026-03-31", "quý I năm 2026", "quarter I of 2026"},
	{"2026-Q4", 1, "2026-10-01", "2026-12-31", "quý IV năm 2026", "quarter IV of 2026"},
	{"2026-H1", 1, "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026", "first half of 2026"},
	{"2026-H2", 1, "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026",
	 "second half of 2026"},
	{"2026", 1, "2026-01-01", "2026-12-31", "năm 2026", "2026"},
	{"2026-11", 15, "2026-10-15", "2026-11-14", "tháng 11 năm 2026 (15/10–14/11)",
	 "November 2026 (15/10–14/11)"},
	{"2026-01", 15, "2025-12-15", "2026-01-14",
	 "tháng 1 năm 2026 (15/12/2025–14/01/2026)", "January 2026 (15/12/2025–14/01/2026)"},
	{"2024-03", 15, "2024-02-15", "2024-03-14", "tháng 3 năm 2024 (15/02–14/03)",
	 "March 2024 (15/02–14/03)"},
	{"2026-12", 15, "2026-11-15", "2026-12-14", "tháng 12 năm 2026 (15/11–14/12)",
	 "December 2026 (15/11–14/12)"},
	{"2026-Q1", 15, "2025-12-15", "2026-03-14", "quý I năm 2026 (15/12/2025–14/03/2026)",
	 "quarter I of 2026 (15/12/2025–14/03/2026)"},
	{"2026-Q2", 15, "2026-03-15", "2026-06-14", "quý II năm 2026 (15/03–14/06)",
	 "quarter II of 2026 (15/03–14/06)"},
	{"2026-H1", 15, "2025-12-15", "2026-06-14",
	 "6 tháng đầu năm 2026 (15/12/2025–14/06/2026)",
	 "first half of 2026 (15/12/2025–14/06/2026)"},
	{"2026-H2", 15, "2026-06-15", "2026-12-14", "6 tháng cuối năm 2026 (15/06–14/12)",
	 "second half of 2026 (15/06–14/12)"},
	{"2026", 15, "2025-12-15", "2026-12-14", "năm 2026 (15/12/2025–14/12/2026)",
	 "2026 (15/12/2025–14/12/2026)"},
	{"2026-11-23", 15, "2026-11-23", "2026-11-23", "ngày 23/11/2026", "23/11/2026"},
	{"2026-11-01..2026-11-15", 1, "2026-11-01", "2026-11-15",
	 "từ ngày 01/11/2026 đến ngày 15/11/2026", "01/11/2026 to 15/11/2026"},
	{"2023-12-15..2024-12-14", 15, "2023-12-15", "2024-12-14",
	 "từ ngày 15/12/2023 đến ngày 14/12/2024", "15/12/2023 to 14/12/2024"},
	{"1971-01", 28, "1970-12-28", "1971-01-27", "tháng 1 năm 1971 (28/12/1970–27/01/1971)",
	 "January 1971 (28/12/1970–27/01/1971)"},
	{"9998", 1, "9998-01-01", "9998-12-31", "năm 9998", "9998"},
};

static const char *date_text(struct date d, char out[static 11])
{
	date_print(d, out);
	return out;
}

START_TEST(a_period_has_its_days_and_its_name)
{
	char text[11], name[PERIOD_NAME_BYTES];
	struct period p;
	struct err e = {0};

	ck_assert_msg(period_parse(good[_i].text, good[_i].from_day, &p, &e), "%s", e.text);
	ck_assert_str_eq(date_text(p.first, text), good[_i].first);
	ck_assert_str_eq(date_text(p.last, text), good[_i].last);
	period_name(&p, name);
	ck_assert_str_eq(name, good[_i].vi);
	text_speak(TEXT_EN);
	period_name(&p, name);
	text_speak(TEXT_OWN);
	ck_assert_str_eq(name, good[_i].en);
}
END_TEST

static const char *const bad[] = {
	"", "2", "202", "20266", "2026-", "2026-0", "2026-1", "2026-00", "2026-13", "2026-111",
	"2026-Q0", "2026-Q5", "2026-Q", "2026-Q11", "2026-q1", "2026-H0", "2026-H3", "2026-X1",
	"2026 11", "2026-1a", "+026", "-026-01", "1970", "9999", "0000", "2026-02-30",
	"2026-11-23..", "2026-11-23..2026-11-31", "2026-11-23-2026-11-24", "2026-11-23 ",
	"2026-11-23..2026-11-22", "1970-01-01", "1971-01-01..9998-12-31", "tháng 11 năm 2026",
	"2026-11-23..2026-11-24x", "\xff\xff\xff\xff",
};

START_TEST(the_one_before_ends_the_day_before)
{
	static const char *const texts[] = {"2026-11", "2026-01", "2026-Q1", "2026-Q3", "2026-H1",
					    "2026-H2", "2026", "2026-11-20..2026-11-23"};
	struct period p, before;
	struct err e;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (int from = 1; from <= 15; from += 14) {
			ck_assert(period_parse(texts[i], from, &p, &e));
			ck_assert(period_before(&p, &before));
			ck_assert(before.kind == p.kind && before.from_day == p.from_day);
			ck_assert_int_eq(date_to_days(before.last) + 1, date_to_days(p.first));
		}
	ck_assert_int_eq(period_days(&before), 4);
	ck_assert(period_parse("1971-01", 1, &p, &e) && !period_before(&p, &before));
}
END_TEST

START_TEST(what_is_no_period_is_refused)
{
	struct period p;
	struct err e = {0};

	ck_assert(!period_parse(bad[_i], PERIOD_REPORT_DAY, &p, &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	ck_assert_uint_gt(strlen(e.text), 20);
}
END_TEST

/* Whatever the cycle, the months of a year lie side by side and fill it, and so do quarters and
 * halves. */
START_TEST(the_parts_of_a_year_fill_it)
{
	static const struct {
		const char *form;
		int count;
	} parts[] = {{"%d-%02d", 12}, {"%d-Q%d", 4}, {"%d-H%d", 2}};
	struct err e = {0};

	for (int from_day = 1; from_day <= 28; from_day++) {
		for (int i = 0; i < 3 * 6; i++) {
			int year = 2023 + i / 3, days = 0;
			struct period whole, part;
			char text[16];

			snprintf(text, sizeof(text), "%d", year);
			ck_assert(period_parse(text, from_day, &whole, &e));
			struct date next = whole.first;
			for (int k = 1; k <= parts[i % 3].count; k++) {
				snprintf(text, sizeof(text), parts[i % 3].form, year, k);
				ck_assert(period_parse(text, from_day, &part, &e));
				ck_assert_int_eq(date_compare(part.first, next), 0);
				ck_assert_int_eq(period_day(&whole, part.first), days);
				days += period_days(&part);
				next = date_add_days(part.last, 1);
			}
			ck_assert_int_eq(days, period_days(&whole));
			ck_assert_int_eq(period_day(&whole, next), -1);
		}
	}
}
END_TEST

START_TEST(it_begins_at_midnight_and_is_over_at_midnight)
{
	struct wall from, to;
	struct period p;
	struct err e;
	struct tz tz;
	char text[32];

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	ck_assert(period_parse("2026-11", PERIOD_REPORT_DAY, &p, &e));
	period_span(&p, &tz, &from, &to);
	wall_print(from, &tz, text);
	ck_assert_str_eq(text, "2026-10-15T00:00:00.000+07:00");
	wall_print(to, &tz, text);
	ck_assert_str_eq(text, "2026-11-15T00:00:00.000+07:00");
}
END_TEST

START_TEST(a_range_is_bounded)
{
	struct date first = {2020, 1, 1};
	struct period p;
	struct err e;

	ck_assert(period_range(first, date_add_days(first, PERIOD_DAYS_MAX - 1), &p, &e));
	ck_assert(!period_range(first, date_add_days(first, PERIOD_DAYS_MAX), &p, &e));
	ck_assert(!period_range(first, date_add_days(first, -1), &p, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "31/12/2019"));
}
END_TEST

Suite *suite_period(void);
Suite *suite_period(void)
{
	Suite *s = suite_create("period");
	TCase *t = tcase_create("period");

	tcase_add_loop_test(t, a_period_has_its_days_and_its_name, 0,
			    (int)(sizeof(good) / sizeof(good[0])));
	tcase_add_loop_test(t, what_is_no_period_is_refused, 0,
			    (int)(sizeof(bad) / sizeof(bad[0])));
	tcase_add_test(t, the_parts_of_a_year_fill_it);
	tcase_add_test(t, the_one_before_ends_the_day_before);
	tcase_add_test(t, it_begins_at_midnight_and_is_over_at_midnight);
	tcase_add_test(t, a_range_is_bounded);
	suite_add_tcase(s, t);
	return s;
}
