/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include "base/json.h"
#include "support/tablecase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(everything_is_in_it)
{
	char *text = tablecase_text("json");
	struct err e = {0};
	json_t *o = json_read(text, strlen(text), &e);

	ck_assert_msg(o != NULL, "%s", e.text);
	const json_t *rows = json_object_get(o, "rows"), *row = json_array_get(rows, 0);
	ck_assert_uint_eq(json_array_size(rows), 3);
	ck_assert_str_eq(json_get_text(row, "title", ""), "=1+1");
	ck_assert_int_eq(json_get_integer(row, "count", 0), 1234);
	ck_assert_str_eq(json_get_text(row, "day", ""), "2025-11-23");
	ck_assert_str_eq(json_get_text(row, "at", ""), "05:30:00");
	ck_assert_double_eq_tol(json_get_number(row, "length_s", 0), 90.000021, 1e-9);
	ck_assert_int_eq(json_get_integer(row, "money", 0), 15000);
	ck_assert_double_eq(json_get_number(row, "percent", 0), 98.5);
	const json_t *open = json_object_get(json_object_get(row, "open"), "count");
	ck_assert_uint_eq(json_object_size(open), 2);
	ck_assert_str_eq(json_get_text(open, "programme", "-"), "");
	ck_assert_str_eq(json_get_text(open, "only", ""), "aired");
	row = json_array_get(rows, 1);
	ck_assert(json_is_null(json_object_get(row, "count")));
	ck_assert_ptr_null(json_object_get(row, "open"));
	ck_assert_int_eq(json_get_integer(json_object_get(o, "sum"), "count", 0), -5);
	ck_assert_uint_eq(json_array_size(json_object_get(o, "notes")), 2);
	ck_assert_str_eq(json_get_text(json_object_get(o, "period"), "to", ""), "2026-11-30");
	ck_assert_str_eq(json_get_text(o, "table", ""), "X");
	ck_assert_str_eq(json_get_text(o, "log", ""), "sổ 1, mục 5");
	ck_assert_str_eq(json_get_text(json_array_get(json_object_get(o, "columns"), 4), "type",
				       ""), "duration");
	json_decref(o);
	free(text);
}
END_TEST

Suite *suite_table_json(void);
Suite *suite_table_json(void)
{
	Suite *s = suite_create("table_json");
	TCase *t = tcase_create("table_json");

	tcase_add_test(t, everything_is_in_it);
	suite_add_tcase(s, t);
	return s;
}
