/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/query.h"

#include "proof/view.h"

#include <check.h>
#include <math.h>
#include <string.h>

static struct view *v;
static struct err e;

static void setup(void)
{
	ck_assert(view_open(&v, ":memory:", &e));
}

static void teardown(void)
{
	view_close(v);
}

START_TEST(times_are_rounded_so_that_no_row_is_lost)
{
	ck_assert_int_eq(query_ms((struct wall){1999999}), 1);
	ck_assert_int_eq(query_ms((struct wall){-1}), -1);
	ck_assert_int_eq(query_ms_up((struct wall){1000001}), 2);
	ck_assert_int_eq(query_ms_up((struct wall){1000000}), 1);
}
END_TEST

static bool first_row(sqlite3_stmt *s, void *arg)
{
	char word[4];

	ck_assert_str_eq(query_text(s, 0), "");
	ck_assert(isnan(query_number(s, 0)));
	ck_assert(query_number(s, 1) == 2.5);
	QUERY_COPY(word, s, 2); /* "xã" fits, the third letter does not */
	ck_assert_str_eq(word, "xã");
	++*(int *)arg;
	return false;
}

START_TEST(a_walk_reads_until_it_is_told_to_stop)
{
	sqlite3_stmt *s = query_ask(v, "SELECT NULL, 2.5, 'xãá' UNION ALL SELECT 1, 2, 3", &e);
	int rows = 0;

	ck_assert_ptr_nonnull(s);
	ck_assert(query_walk(v, s, first_row, &rows, &e));
	ck_assert_int_eq(rows, 1);
	ck_assert_ptr_null(query_ask(v, "SELECT * FROM nothing", &e));
	ck_assert_ptr_nonnull(strstr(e.text, "view.sqlite"));
}
END_TEST

Suite *suite_query(void);
Suite *suite_query(void)
{
	Suite *s = suite_create("query");
	TCase *t = tcase_create("query");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, times_are_rounded_so_that_no_row_is_lost);
	tcase_add_test(t, a_walk_reads_until_it_is_told_to_stop);
	suite_add_tcase(s, t);
	return s;
}
