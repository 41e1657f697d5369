/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/holidays.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct holidays h;
static struct faults faults;

static bool read_text(const char *text)
{
	return holidays_parse(&h, HOLIDAYS_FILE, text, strlen(text), &faults);
}

/* "2027-02-05 Tết, …" for the holidays of a year. */
static const char *year(int y)
{
	static char text[2048];
	int64_t first = date_to_days((struct date){y, 1, 1});
	int64_t count = date_to_days((struct date){y + 1, 1, 1}) - first;
	static struct lunar lunar[366 + 2 * HOLIDAY_DAYS_MAX];
	const struct holiday *marks[366];
	size_t len = 0;

	lunar_days(first - HOLIDAY_DAYS_MAX, count + 2 * HOLIDAY_DAYS_MAX, lunar);
	holidays_mark(&h, first, count, lunar, marks);
	text[0] = '\0';
	for (int64_t i = 0; i < count; i++) {
		struct date d = date_from_days(first + i);
		if (marks[i] != NULL)
			len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%d/%d",
						len > 0 ? " " : "", d.day, d.month);
	}
	return text;
}

/* What a station starts with: the days that were free by decision of the government. */
START_TEST(the_seed_has_the_days_of_the_law)
{
	FILE *f = fopen("seeds/ngay-le.yaml", "r");
	static char text[16384];

	ck_assert_ptr_nonnull(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	fclose(f);
	ck_assert_msg(read_text(text), "%s", faults.count > 0 ? fault_text(faults.list) : "");
	ck_assert_str_eq(year(2026), "1/1 16/2 17/2 18/2 19/2 20/2 26/4 30/4 1/5 1/9 2/9");
	ck_assert_str_eq(year(2027), "1/1 5/2 6/2 7/2 8/2 9/2 16/4 30/4 1/5 2/9");
	ck_assert_str_eq(year(2020), ""); /* another law */
}
END_TEST

START_TEST(a_rule_holds_on_its_days_only)
{
	ck_assert(read_text("ngay_le:\n"
			    "  - {ten: a, ngay: \"30/12\", so_ngay: 5, to: 2027-01-02}\n"));
	ck_assert_str_eq(year(2026), "1/1 2/1 3/1 30/12 31/12");
	ck_assert_str_eq(year(2027), "1/1 2/1");
}
END_TEST

static const struct {
	const char *text, *told;
} faulty[] = {
	{"ngay_le: 5\n", "danh sách"},
	{"x: 1\n", "x"},
	{"ngay_le:\n  - {ngay: \"1/1\"}\n", "ten"},
	{"ngay_le:\n  - {ten: a}\n", "một trong hai"},
	{"ngay_le:\n  - {ten: a, ngay: \"1/1\", am_lich: \"1/1\"}\n", "một trong hai"},
	{"ngay_le:\n  - {ten: a, ngay: \"30/2\"}\n", "30/2"},
	{"ngay_le:\n  - {ten: a, am_lich: \"15/*\"}\n", "15/*"},
	{"ngay_le:\n  - {ten: a, ngay: \"1/1\", so_ngay: 31}\n", "so_ngay"},
	{"ngay_le:\n  - {ten: a, ngay: \"1/1\", tu: -31}\n", "tu"},
	{"ngay_le:\n  - {ten: a, ngay: \"1/1\", from: mai}\n", "mai"},
	{"ngay_le:\n  - [1]\n", ""},
};

START_TEST(what_cannot_be_a_holiday_is_told)
{
	ck_assert(!read_text(faulty[_i].text));
	ck_assert_msg(case_fault(&faults, 0, faulty[_i].told) != NULL, "%s: %s", faulty[_i].text,
		      fault_text(&faults.list[0]));
	ck_assert_int_eq(h.count, 0);
}
END_TEST

START_TEST(too_many_are_told)
{
	static char text[16384];
	size_t len = (size_t)snprintf(text, sizeof(text), "ngay_le:\n");

	for (int i = 0; i <= HOLIDAYS_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"  - {ten: a, ngay: \"1/1\"}\n");
	ck_assert(!read_text(text));
	ck_assert_int_eq(h.count, HOLIDAYS_MAX);
}
END_TEST

Suite *suite_holidays(void)
{
	Suite *s = suite_create("holidays");
	TCase *t = tcase_create("holidays");

	tcase_add_test(t, the_seed_has_the_days_of_the_law);
	tcase_add_test(t, a_rule_holds_on_its_days_only);
	tcase_add_loop_test(t, what_cannot_be_a_holiday_is_told, 0,
			    (int)(sizeof(faulty) / sizeof(faulty[0])));
	tcase_add_test(t, too_many_are_told);
	suite_add_tcase(s, t);
	return s;
}
