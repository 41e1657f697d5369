/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/view_bulk.h"

#include <check.h>
#include <string.h>

static struct view *v;
static struct err e;

static void setup(void)
{
	ck_assert_msg(view_open_scratch(&v, &e), "%s", e.text);
}

static void teardown(void)
{
	view_close(v);
}

static int64_t ask(const char *sql)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(v->db, sql, -1, &s, NULL), SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return value;
}

static void apply(int64_t n, const char *text)
{
	ck_assert(view_begin(v, &e));
	ck_assert_msg(view_apply(v, n, text, strlen(text), &e), "%s", e.text);
	ck_assert(view_commit(v, &e));
}

#define INDEXES "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
#define SCHEMA "SELECT sum(length(sql)) FROM sqlite_schema"

START_TEST(all_indexes_are_there_again_and_hold_every_row)
{
	int64_t indexes = ask(INDEXES), schema = ask(SCHEMA);
	struct buf sql;

	apply(0, "{\"at\":\"1970-01-01T08:00:00.000+07:00\",\"kind\":\"note\"}");
	ck_assert(view_bulk_begin(v, &sql, &e));
	ck_assert_int_lt(ask(INDEXES), indexes);
	ck_assert_int_eq(ask(INDEXES " AND tbl_name = 'events'"), 0);
	ck_assert_int_eq(ask(INDEXES " AND name = 'airings_key'"), 1);
	apply(1, "{\"at\":\"1970-01-01T09:00:00.000+07:00\",\"kind\":\"note\"}");
	apply(2, "{\"kind\":\"airing.intended\",\"planned\":\"1970-01-01T08:00:00.000+07:00\"}");
	ck_assert(view_bulk_end(v, &sql, &e));
	ck_assert_int_eq(ask(INDEXES), indexes);
	ck_assert_int_eq(ask(SCHEMA), schema);
	apply(3, "{\"at\":\"1970-01-01T10:00:00.000+07:00\",\"kind\":\"note\"}");
	ck_assert_int_eq(ask("SELECT count(*) FROM events INDEXED BY events_kind"
			     " WHERE kind = 'note'"), 3);
	ck_assert_int_eq(ask("SELECT count(*) FROM airings INDEXED BY airings_planned"
			     " WHERE planned_ms = 3600000"), 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM pragma_integrity_check"
			     " WHERE integrity_check = 'ok'"), 1);
}
END_TEST

START_TEST(a_view_that_cannot_be_changed_is_told)
{
	struct buf sql;

	ck_assert_int_eq(sqlite3_exec(v->db, "PRAGMA query_only = 1", NULL, NULL, NULL),
			 SQLITE_OK);
	ck_assert(!view_bulk_begin(v, &sql, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "view.sqlite"));
}
END_TEST

Suite *suite_view_bulk(void);
Suite *suite_view_bulk(void)
{
	Suite *s = suite_create("view_bulk");
	TCase *t = tcase_create("view_bulk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, all_indexes_are_there_again_and_hold_every_row);
	tcase_add_test(t, a_view_that_cannot_be_changed_is_told);
	suite_add_tcase(s, t);
	return s;
}
