/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/view.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static char root[64], path[96];
static struct view *v;
static struct err e;

static void setup(void)
{
	tmpdir_make(root);
	snprintf(path, sizeof(path), "%s/view.sqlite", root);
	ck_assert_msg(view_open(&v, path, &e), "%s", e.text);
}

static void teardown(void)
{
	view_close(v);
	tmpdir_remove(root);
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

static void apply(const char *text)
{
	ck_assert(view_begin(v, &e));
	ck_assert_msg(view_apply(v, v->applied, text, strlen(text), &e), "%s", e.text);
	ck_assert(view_commit(v, &e));
}

/* NORMAL: whole after a power cut, and no sync for each entry. */
START_TEST(is_wal_normal_and_strict)
{
	ck_assert_int_eq(ask("PRAGMA synchronous"), 1);
	ck_assert_int_eq(ask("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM pragma_table_list WHERE schema = 'main'"
			     " AND NOT strict AND name NOT LIKE 'sqlite%'"), 0);
}
END_TEST

START_TEST(progress_is_part_of_the_transaction)
{
	const char *text = "{\"kind\":\"note.added\"}";

	apply(text);
	ck_assert(view_begin(v, &e));
	ck_assert(view_apply(v, 1, text, strlen(text), &e));
	view_rollback(v);
	ck_assert_int_eq(v->applied, 1);
	ck_assert_int_eq(ask("SELECT count(*) FROM events"), 1);
	view_close(v);
	ck_assert(view_open(&v, path, &e));
	ck_assert_int_eq(v->applied, 1);
	char hash[SHA256_HEX_BYTES];
	view_hash(text, strlen(text), hash);
	ck_assert_str_eq(v->first_sha256, hash);
	ck_assert_str_eq(v->last_sha256, hash);
}
END_TEST

START_TEST(hash_is_sha256)
{
	char hash[SHA256_HEX_BYTES];

	view_hash("abc", 3, hash); /* FIPS 180-2, appendix B.1 */
	ck_assert_str_eq(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

static void put_text(const char *name, const char *text)
{
	FILE *f = fopen(name, "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_int_ge(fputs(text, f), 0);
	fclose(f);
}

START_TEST(strangers_files_are_refused)
{
	struct view *other;
	char name[128];

	ck_assert_int_eq(sqlite3_exec(v->db, "PRAGMA user_version = 1000", 0, 0, 0), SQLITE_OK);
	ck_assert(!view_open(&other, path, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert(!view_open_read(&other, path, &e));
	snprintf(name, sizeof(name), "%s/none", root);
	ck_assert(!view_open_read(&other, name, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa rebuild"));
	put_text(name, "đây không phải là SQLite, và dài hơn đầu một tệp của nó nhiều chữ");
	ck_assert(!view_open_read(&other, name, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_ptr_nonnull(strstr(e.text, "vangxa rebuild"));
	snprintf(name, sizeof(name), "%s/no/such/folder", root);
	ck_assert(!view_open(&other, name, &e));
}
END_TEST

START_TEST(readers_cannot_write)
{
	struct view *other;

	apply("{\"kind\":\"note.added\"}");
	ck_assert_msg(view_open_read(&other, path, &e), "%s", e.text);
	ck_assert_int_eq(other->applied, 1);
	ck_assert_int_eq(sqlite3_exec(other->db, "DELETE FROM events", 0, 0, 0), SQLITE_READONLY);
	view_close(other);
}
END_TEST

Suite *suite_view(void);
Suite *suite_view(void)
{
	Suite *s = suite_create("view");
	TCase *t = tcase_create("view");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, is_wal_normal_and_strict);
	tcase_add_test(t, progress_is_part_of_the_transaction);
	tcase_add_test(t, hash_is_sha256);
	tcase_add_test(t, strangers_files_are_refused);
	tcase_add_test(t, readers_cannot_write);
	suite_add_tcase(s, t);
	return s;
}
