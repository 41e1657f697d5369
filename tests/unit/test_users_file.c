/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users_file.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];
static struct users *u;

static void setup(void)
{
	tmpdir_make(dir);
	u = users_create(dir);
}

static void teardown(void)
{
	users_destroy(u);
	tmpdir_remove(dir);
}

START_TEST(it_is_made_only_when_asked)
{
	struct err e = {0};

	ck_assert(users_file_open(u, false, &e));
	ck_assert_ptr_null(u->db);
	ck_assert(users_file_open(u, true, &e));
	ck_assert_ptr_nonnull(u->db);
	ck_assert_int_eq(access(u->path, F_OK), 0);
	ck_assert(users_file_open(u, false, &e));
}
END_TEST

START_TEST(another_version_is_refused)
{
	struct users *again = users_create(dir);
	struct err e = {0};

	ck_assert(users_file_open(u, true, &e) && users_run(u, "PRAGMA user_version=4", &e));
	ck_assert(!users_file_open(again, false, &e));
	ck_assert_ptr_null(again->db);
	ck_assert(!users_file_open(again, true, &e));
	users_destroy(again);
}
END_TEST

START_TEST(it_is_not_made_through_a_link)
{
	char target[96];
	struct err e = {0};

	snprintf(target, sizeof(target), "%s/elsewhere", dir);
	ck_assert_int_eq(symlink(target, u->path), 0);
	ck_assert(!users_file_open(u, true, &e));
	ck_assert_int_ne(access(target, F_OK), 0);
}
END_TEST

START_TEST(sqlite_is_told_to_keep_what_was_answered)
{
	sqlite3_stmt *s;
	struct err e = {0};

	ck_assert(users_file_open(u, true, &e));
	ck_assert(users_prepare(u, &s, "PRAGMA synchronous", &e));
	ck_assert_int_eq(sqlite3_step(s), SQLITE_ROW);
	ck_assert_int_eq(sqlite3_column_int(s, 0), 2);
	sqlite3_finalize(s);
	ck_assert(!users_prepare(u, &s, "SELECT nothing", &e));
	ck_assert(!users_run(u, "INSERT INTO users VALUES (1)", &e));
}
END_TEST

Suite *suite_users_file(void);
Suite *suite_users_file(void)
{
	Suite *s = suite_create("users_file");
	TCase *t = tcase_create("file");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_is_made_only_when_asked);
	tcase_add_test(t, another_version_is_refused);
	tcase_add_test(t, it_is_not_made_through_a_link);
	tcase_add_test(t, sqlite_is_told_to_keep_what_was_answered);
	suite_add_tcase(s, t);
	return s;
}
