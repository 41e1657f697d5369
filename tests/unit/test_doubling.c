/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/doubling.h"

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

/* Else none of three would count. */
START_TEST(none_counts_because_of_itself)
{
	decide("SP1", "SP2", "same");
	decide("SP2", "SP3", "same");
	deskcase_refused(&c, decision("SP3", "SP1", "same"), "refused", "SP3");
	decide("SP2", "SP1", "same"); /* the other way round, in place of the first */
	decide("SP1", "SP2", "different");
	decide("SP3", "SP1", "same");
}
END_TEST

START_TEST(a_page_at_a_time)
{
	json_t *told = deskcase_told(&c, json_pack("{s:s, s:i}", "do", "duplicates", "limit", 1));
	ck_assert_uint_eq(json_array_size(json_object_get(told, "pairs")), 1);
	ck_assert(json_get_bool(told, "more", false));
	json_decref(told);
	told = deskcase_told(&c, json_pack("{s:s, s:s, s:s}", "do", "duplicates", "after", "1",
					   "limit", "1"));
	const json_t *pair = json_array_get(json_object_get(told, "pairs"), 0);
	ck_assert_str_eq(json_get_text(pair, "kind", ""), "same");
	ck_assert(!json_get_bool(told, "more", true));
	json_decref(told);
}
END_TEST

/* A bulletin's own facts, and those of its row. */
START_TEST(a_bulletin_and_its_row_are_one_side)
{
	char id[ID_BYTES];

	c.as = "user:2";
	snprintf(id, sizeof(id), "%s", deskcase_add(&c, "Lũ lên"));
	c.as = "user:1";
	deskcase_log(&c, registers_entry("products",
					 json_pack("{s:{s:s, s:s, s:i}, s:{s:s, s:s, s:i}}", "SP7",
						   "title", "LU LEN", "level", "tinh", "length_s",
						   2, "SP8", "bulletin", id, "producer", "Tổ TT",
						   "amount", 7), "user:1", "", NULL, NULL));
	json_t *told = list("open");
	const json_t *pair = json_array_get(json_object_get(told, "pairs"), 1);
	const json_t *second = json_object_get(pair, "second");
	ck_assert_str_eq(json_get_text(pair, "kind", ""), "reuse");
	ck_assert_str_eq(json_get_text(second, "bulletin", ""), id);
	ck_assert_str_eq(json_get_text(second, "row", ""), "SP8");
	ck_assert_str_eq(json_get_text(second, "title", ""), "Lũ lên");
	ck_assert_str_eq(json_get_text(second, "producer", ""), "Tổ TT");
	ck_assert_str_eq(json_get_text(second, "state", ""), "received");
	json_decref(told);
}
END_TEST

Suite *suite_doubling(void);
Suite *suite_doubling(void)
{
	Suite *s = suite_create("doubling");
	TCase *t = tcase_create("doubling");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, none_counts_because_of_itself);
	tcase_add_test(t, a_page_at_a_time);
	tcase_add_test(t, a_bulletin_and_its_row_are_one_side);
	suite_add_tcase(s, t);
	return s;
}
