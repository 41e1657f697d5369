/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/sift.h"

#include <check.h>

static bool takes(const char *find, const char *by, const char *from, const char *to)
{
	json_t *fields = json_pack("{s:s, s:s, s:s, s:s, s:s}", "title", "Nước sạch", "kind",
				   "video", "made", "2026-11-23", "accepted", "2027-01-02",
				   "author", "user:7");
	json_t *people = json_pack("{s:s}", "user:7", "Nguyễn Thị An");
	struct sift s;
	struct err e;

	ck_assert(sift_begin(&s, register_find("products"), find, by, from, to, &e));
	bool ok = sift_takes(&s, "SP3", fields, people);
	json_decref(fields);
	json_decref(people);
	return ok;
}

START_TEST(words_as_people_see_them)
{
	ck_assert(takes("", "", "", ""));
	ck_assert(takes("nuoc SACH", "", "", ""));
	ck_assert(takes("sạch sp3 thị an", "", "", ""));
	ck_assert(takes("23/11/2026", "", "", ""));
	ck_assert(!takes("nước bẩn", "", "", ""));
}
END_TEST

START_TEST(days_of_any_column_or_of_one)
{
	ck_assert(takes("", "", "2026-11-01", "2026-11-30"));
	ck_assert(takes("", "", "2027-01-02", ""));
	ck_assert(!takes("", "", "2027-01-03", ""));
	ck_assert(!takes("", "", "", "2026-11-22"));
	ck_assert(takes("", "made", "", "2026-11-23"));
	ck_assert(!takes("", "made", "2027-01-01", ""));
	ck_assert(!takes("", "decided", "2026-01-01", "")); /* it has none */
}
END_TEST

START_TEST(a_month_is_in_a_time_that_has_a_day_of_it)
{
	json_t *fields = json_pack("{s:s}", "month", "2026-11");
	static const struct {
		const char *from, *to;
		bool in;
	} times[] = {{"2026-11-20", "2026-11-25", true}, {"2026-12-01", "", false},
		     {"", "2026-11-01", true}, {"", "2026-10-31", false}};

	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		struct sift s;
		struct err e;
		ck_assert(sift_begin(&s, register_find("inspections"), "", "month", times[i].from,
				     times[i].to, &e));
		ck_assert_int_eq(sift_takes(&s, "KT1", fields, NULL), times[i].in);
	}
	json_decref(fields);
}
END_TEST

START_TEST(what_is_no_column_and_no_day_is_told)
{
	struct sift s;
	struct err e;

	ck_assert(!sift_begin(&s, register_find("products"), "", "title", "", "", &e));
	ck_assert(!sift_begin(&s, register_find("products"), "", "colour", "", "", &e));
	ck_assert(!sift_begin(&s, register_find("products"), "", "", "mai", "", &e));
	ck_assert(sift_begin(&s, register_find("products"), "", "made", "", "", &e));
	ck_assert(sift_open(&s));
}
END_TEST

Suite *suite_sift(void);
Suite *suite_sift(void)
{
	Suite *s = suite_create("sift");
	TCase *t = tcase_create("sift");

	tcase_add_test(t, words_as_people_see_them);
	tcase_add_test(t, days_of_any_column_or_of_one);
	tcase_add_test(t, a_month_is_in_a_time_that_has_a_day_of_it);
	tcase_add_test(t, what_is_no_column_and_no_day_is_told);
	suite_add_tcase(s, t);
	return s;
}
