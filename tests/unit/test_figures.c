/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figures.h"

#include "base/json.h"
#include "support/reportcase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct reportcase *c;

static void setup(void)
{
	c = calloc(1, sizeof(*c));
	reportcase_open(c);
	reportcase_fill(c, 5);
}

static void teardown(void)
{
	reportcase_close(c);
	free(c);
}

START_TEST(they_are_those_of_the_table)
{
	struct figures f = {0};
	struct err e;
	json_t *table = reportcase_json(c, "B");
	const json_t *rows = json_object_get(table, "rows"), *sum = json_object_get(table, "sum");

	ck_assert(figures_take(&f, &c->report, "B", &e));
	ck_assert_int_eq(f.rows, (int)json_array_size(rows));
	for (int i = 0; i < f.rows; i++) {
		const json_t *row = json_array_get(rows, (size_t)i);
		ck_assert_int_eq(figures_number(&f, i, "aired"),
				 json_get_integer(row, "aired", -1));
		ck_assert_str_eq(figures_text(&f, i, "name"), json_get_text(row, "name", ""));
		ck_assert(figures_set(&f, i, "plan_percent") ==
			  !json_is_null(json_object_get(row, "plan_percent")));
	}
	ck_assert_int_eq(figures_number(&f, FIGURES_SUM, "aired"),
			 json_get_integer(sum, "aired", -1));
	ck_assert_str_eq(figures_text(&f, FIGURES_SUM, "programme"), "");
	figures_finish(&f);
	json_decref(table);
}
END_TEST

START_TEST(no_such_table_leaves_nothing_behind)
{
	struct figures f = {0};
	struct err e = {0};

	ck_assert(!figures_take(&f, &c->report, "Z", &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
	figures_finish(&f);
}
END_TEST

Suite *suite_figures(void);
Suite *suite_figures(void)
{
	Suite *s = suite_create("figures");
	TCase *t = tcase_create("figures");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, they_are_those_of_the_table);
	tcase_add_test(t, no_such_table_leaves_nothing_behind);
	suite_add_tcase(s, t);
	return s;
}
