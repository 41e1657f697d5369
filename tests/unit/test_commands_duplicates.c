/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "proof/registers.h"
#include "support/deskcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct deskcase c;

static void row(const char *id, const char *title, const char *fund)
{
	json_t *fields = json_pack("{s:s, s:s, s:s*, s:i}", "title", title, "kind", "to-roi",
				   "fund", fund, "amount", 500000);

	deskcase_log(&c, registers_entry("products", json_pack("{s:o}", id, fields), "user:1", "",
					 NULL, NULL));
}

static void setup(void)
{
	deskcase_open(&c);
	deskcase_people(&c);
	c.as = "user:1";
	row("SP1", "Tờ rơi", "1719");
	row("SP2", "TỜ RƠI.", "xa");
	row("SP3", "Tờ rơi", NULL);
	row("SP4", "Sổ tay", NULL);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *list(const char *which)
{
	return deskcase_told(&c, json_pack("{s:s, s:s}", "do", "duplicates", "list", which));
}

static json_t *decision(const char *first, const char *second, const char *what)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "do", "duplicate.decide", "first", first,
			 "second", second, "decision", what, "reason", "đã nghe cả hai");
}

static void decide(const char *first, const char *second, const char *what)
{
	json_decref(deskcase_told(&c, decision(first, second, what)));
}

static void counts(int open, int red, int decided)
{
	json_t *told = list("open");
	const json_t *o = json_object_get(told, "open");

	ck_assert_int_eq(json_get_integer(o, "count", -1), open);
	ck_assert_int_eq(json_get_integer(o, "red", -1), red);
	ck_assert_int_eq(json_get_integer(told, "decided", -1), decided);
	json_decref(told);
}

START_TEST(two_funds_stand_first_with_what_is_known)
{
	json_t *told = list("open");
	const json_t *pair = json_array_get(json_object_get(told, "pairs"), 0);

	ck_assert_uint_eq(json_array_size(json_object_get(told, "pairs")), 2);
	ck_assert_str_eq(json_get_text(pair, "severity", ""), "red");
	ck_assert_str_eq(json_get_text(pair, "kind", ""), "two-funds");
	ck_assert_str_eq(json_get_text(json_object_get(pair, "first"), "fund", ""), "1719");
	ck_assert_str_eq(json_get_text(json_object_get(pair, "second"), "title", ""), "TỜ RƠI.");
	ck_assert_int_eq(json_get_integer(json_object_get(pair, "second"), "amount", 0), 500000);
	ck_assert_ptr_nonnull(strstr(json_get_text(pair, "words", ""), "hai nguồn kinh phí"));
	json_decref(told);
	counts(2, 1, 0);
}
END_TEST

START_TEST(a_person_decides_and_takes_it_back)
{
	decide("SP1", "SP2", "same");
	counts(1, 0, 1);
	json_t *told = list("decided");
	const json_t *pair = json_array_get(json_object_get(told, "pairs"), 0);
	const json_t *decided = json_object_get(pair, "decided");
	ck_assert_str_eq(json_get_text(decided, "decision", ""), "same");
	ck_assert_str_eq(json_get_text(decided, "reason", ""), "đã nghe cả hai");
	ck_assert_str_eq(json_get_text(pair, "kind", ""), "two-funds");
	ck_assert_str_eq(json_get_text(json_object_get(told, "people"), "user:1", ""),
			 "Người thứ 1");
	json_decref(told);
	decide("SP1", "SP2", "open");
	counts(2, 1, 0);
	deskcase_refused(&c, decision("SP1", "SP2", "open"), "refused", "chưa có quyết định");
}
END_TEST

/* What nobody suspects may be the same all the same. */
START_TEST(any_two_may_be_decided_about)
{
	decide("SP1", "SP4", "reuse");
	counts(2, 1, 1);
	json_t *told = list("decided");
	const json_t *pair = json_array_get(json_object_get(told, "pairs"), 0);
	ck_assert(json_is_null(json_object_get(pair, "kind")));
	json_decref(told);
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
	deskcase_refused(&c, decision("SP1", "SP9", "same"), "not_found", "SP9");
	deskcase_refused(&c, decision("SP1", "SP1", "same"), "refused", "SP1");
	deskcase_refused(&c, decision("SP1", "SP2", "maybe"), "usage", "different");
	json_t *silent = decision("SP1", "SP2", "same");
	json_object_del(silent, "reason");
	deskcase_refused(&c, silent, "usage", "reason");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "duplicates", "list", "x"), "usage",
			 "versions");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "duplicates", "after", "-1"), "usage",
			 "after");
	c.as = "user:4"; /* an inspector */
	counts(2, 1, 0);
	deskcase_refused(&c, decision("SP1", "SP2", "same"), "refused", "quyền");
	c.as = "user:2"; /* a producer */
	deskcase_refused(&c, json_pack("{s:s}", "do", "duplicates"), "refused", "quyền");
}
END_TEST

Suite *suite_commands_duplicates(void);
Suite *suite_commands_duplicates(void)
{
	Suite *s = suite_create("commands_duplicates");
	TCase *t = tcase_create("commands_duplicates");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, two_funds_stand_first_with_what_is_known);
	tcase_add_test(t, a_person_decides_and_takes_it_back);
	tcase_add_test(t, any_two_may_be_decided_about);
	tcase_add_test(t, what_makes_no_sense_is_refused);
	suite_add_tcase(s, t);
	return s;
}
