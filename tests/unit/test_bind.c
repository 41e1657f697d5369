/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bind.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

static sqlite3 *db;
static sqlite3_stmt *s;
static json_t *o;

static void setup(void)
{
	static const char entry[] =
		"{\"at\":\"2026-11-23T05:30:00.000+07:00\",\"detail\":{\"code\":\"cut\"},"
		"\"said\":\"như cũ\",\"level\":-16.5,\"zones\":[\"a\",7,\"b\"],\"who\":7}";
	struct err e;

	ck_assert_int_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
	o = json_read(entry, strlen(entry), &e);
	ck_assert_ptr_nonnull(o);
}

static void teardown(void)
{
	json_decref(o);
	sqlite3_finalize(s);
	sqlite3_close(db);
}

static void ask(const char *sql)
{
	sqlite3_finalize(s);
	bind_forget();
	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
}

static const char *answer(void)
{
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	return (const char *)sqlite3_column_text(s, 0);
}

START_TEST(members_become_what_a_column_holds)
{
	ask("SELECT :zones");
	bind_list(s, ":zones", o);
	ck_assert_str_eq(answer(), "a,,b");
	ask("SELECT :zones");
	bind_array(s, ":zones", o);
	ck_assert_str_eq(answer(), "[\"a\",7,\"b\"]");
	ask("SELECT :detail");
	bind_object(s, ":detail", o);
	ck_assert_str_eq(answer(), "{\"code\":\"cut\"}");
	ask("SELECT :detail");
	bind_said(s, ":detail", o);
	ck_assert_str_eq(answer(), "{\"code\":\"cut\"}");
	ask("SELECT :said");
	bind_said(s, ":said", o);
	ck_assert_str_eq(answer(), "như cũ");
	ask("SELECT :level");
	bind_number(s, ":level", o, "level");
	ck_assert_str_eq(answer(), "-16.5");
	ask("SELECT :text");
	bind_bytes(s, ":text", "abc", 2);
	ck_assert_str_eq(answer(), "ab");
}
END_TEST

START_TEST(what_is_missing_or_of_another_kind_is_empty)
{
	ask("SELECT :who || :none");
	bind_member(s, ":who", o);
	bind_object(s, ":none", o);
	ck_assert_str_eq(answer(), "");
	ask("SELECT :who || :none");
	bind_list(s, ":who", o);
	bind_array(s, ":none", o);
	ck_assert_str_eq(answer(), "[]");
	ask("SELECT :who IS NULL");
	bind_number(s, ":who", o, "nowhere");
	ck_assert_str_eq(answer(), "1");
	ck_assert_int_eq(bind_time_ms(o, "at", 5), INT64_C(1795386600000));
	ck_assert_int_eq(bind_time_ms(o, "who", 5), 5);
	ck_assert_int_eq(bind_time_ms(NULL, "at", -1), -1);
}
END_TEST

/* Where a name stood is remembered: a statement in the same place of memory has it elsewhere. */
START_TEST(names_are_found_in_each_statement_anew)
{
	static const char *const orders[] = {"SELECT :b || :a || :b", "SELECT :a || :b || :b",
					     "SELECT :c || :c || :a || :b"};
	static const char *const answers[] = {"BAB", "ABB", "CCAB"};

	for (int i = 0; i < 60; i++) {
		ask(orders[i % 3]);
		if (i % 3 == 2)
			bind_text(s, ":c", "C");
		bind_text(s, ":a", "A");
		bind_text(s, ":b", "B");
		ck_assert_str_eq(answer(), answers[i % 3]);
	}
}
END_TEST

Suite *suite_bind(void);
Suite *suite_bind(void)
{
	Suite *suite = suite_create("bind");
	TCase *t = tcase_create("bind");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, members_become_what_a_column_holds);
	tcase_add_test(t, what_is_missing_or_of_another_kind_is_empty);
	tcase_add_test(t, names_are_found_in_each_statement_anew);
	suite_add_tcase(suite, t);
	return suite;
}
