/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/wish.h"

#include <check.h>
#include <stddef.h>
#include <string.h>

START_TEST(words_become_days_and_a_filter)
{
	struct wish w = {.table = "B", .period = "2026-11", .cycle = "report", .only = "not-aired"};
	const char *field;
	struct period p;
	struct err e;

	ck_assert(wish_read(&w, &p, &field, &e));
	ck_assert_int_eq(date_compare(p.first, (struct date){2026, 10, 15}), 0);
	ck_assert_int_eq(w.filter.only, REPORT_NOT_AIRED);
	w = (struct wish){.table = "A", .from = "2026-11-01", .to = "2026-11-02"};
	ck_assert(wish_read(&w, &p, &field, &e));
	ck_assert_int_eq(period_days(&p), 2);
	ck_assert_int_eq(w.filter.only, -1);
}
END_TEST

START_TEST(the_report_in_words_has_a_name_in_english_too)
{
	struct wish w = {.table = "summary", .period = "2026-11"};
	const char *field;
	struct period p;
	struct err e;

	ck_assert(wish_read(&w, &p, &field, &e));
	ck_assert_str_eq(w.table, "tom-tat");
}
END_TEST

START_TEST(a_day_that_there_is_not_is_told_as_such)
{
	struct wish w = {.table = "A", .from = "2026-02-31", .to = "2026-03-01"};
	const char *field;
	struct period p;
	struct err e;

	ck_assert(!wish_read(&w, &p, &field, &e));
	ck_assert_str_eq(e.text, "from: không có ngày 2026-02-31");
	w.from = "31/2/2026";
	ck_assert(!wish_read(&w, &p, &field, &e) && strstr(e.text, "cần một ngày như") != NULL);
}
END_TEST

START_TEST(the_wrong_word_is_named)
{
	static const struct {
		struct wish w;
		const char *field, *tells;
	} bad[] = {
		{{.table = "Z", .period = "2026"}, "table", "B ("},
		{{.table = "", .period = "2026"}, "table", "A ("},
		{{.table = "A", .period = "2026-13"}, "period", "2026-13"},
		{{.table = "A", .period = "2026", .from = "2026-01-01"}, "period", "from"},
		{{.table = "A"}, "from", "from"},
		{{.table = "A", .from = "2026-02-30", .to = "2026-03-01"}, "from", "from"},
		{{.table = "A", .from = "2026-02-01"}, "to", "to"},
		{{.table = "A", .from = "2026-02-02", .to = "2026-02-01"}, "to", "02/02/2026"},
		{{.table = "A", .period = "2026", .cycle = "lunar"}, "cycle", "lunar"},
		{{.table = "A", .period = "2026", .only = "some"}, "only", "some"},
		{{.table = "B", .period = "2026", .by = "hour"}, "by", "hour"},
		{{.table = "A", .period = "2026", .by = "place"}, "by", "B"},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct wish w = bad[i].w;
		const char *field = NULL;
		struct period p;
		struct err e = {0};

		ck_assert_msg(!wish_read(&w, &p, &field, &e), "%zu", i);
		ck_assert_int_eq(e.kind, ERR_USAGE);
		ck_assert_str_eq(field, bad[i].field);
		ck_assert_msg(strstr(e.text, bad[i].tells) != NULL, "%s", e.text);
	}
}
END_TEST

Suite *suite_wish(void);
Suite *suite_wish(void)
{
	Suite *s = suite_create("wish");
	TCase *t = tcase_create("wish");

	tcase_add_test(t, words_become_days_and_a_filter);
	tcase_add_test(t, the_report_in_words_has_a_name_in_english_too);
	tcase_add_test(t, a_day_that_there_is_not_is_told_as_such);
	tcase_add_test(t, the_wrong_word_is_named);
	suite_add_tcase(s, t);
	return s;
}
