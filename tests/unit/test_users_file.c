/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users_file.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
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

/* The file as the program made it that knew of no calendars: version 2. */
#define VERSION_2                                                                                  \
	"PRAGMA journal_mode=WAL;"                                                                 \
	"CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"     \
	" person TEXT NOT NULL, role TEXT NOT NULL, enabled INTEGER NOT NULL,"                     \
	" hash TEXT NOT NULL, created_s INTEGER NOT NULL) STRICT;"                                 \
	"CREATE TABLE sessions (token BLOB NOT NULL PRIMARY KEY,"                                  \
	" user INTEGER NOT NULL REFERENCES users (id), begun_s INTEGER NOT NULL,"                  \
	" until_s INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                        \
	"CREATE INDEX sessions_user ON sessions (user);"                                           \
	"ALTER TABLE users ADD COLUMN once_until_s INTEGER NOT NULL DEFAULT 0;"                    \
	"ALTER TABLE users ADD COLUMN login_s INTEGER NOT NULL DEFAULT 0;"                         \
	"ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';"                        \
	"ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';"                          \
	"INSERT INTO users VALUES"                                                                 \
	" (1, 'boss', 'Ông Ba', 'admin', 1, 'h1', 1700000000, 0, 1700000500),"                     \
	" (3, 'lan', 'Chị Lan', 'producer', 0, 'h3', 1700000100, 1700009000, 0);"                  \
	"INSERT INTO sessions VALUES"                                                              \
	" (x'a1', 1, 1700000500, 1800000000, '::1', 'Firefox'),"                                   \
	" (x'a2', 1, 1700000600, 1800000001, '10.0.0.7', '');"                                     \
	"PRAGMA user_version=2;"

#define USERS "SELECT quote(id)||name||person||role||enabled||hash||created_s||once_until_s"       \
	      "||login_s FROM users ORDER BY id"
#define SESSIONS "SELECT quote(token)||user||begun_s||until_s||address||agent FROM sessions"       \
		 " ORDER BY token"

static void old_file(const char *sql)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(u->path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

/* All rows, one after the other. */
static void rows(sqlite3 *db, const char *sql, char *out, size_t size)
{
	sqlite3_stmt *s;

	ck_assert_int_eq(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
	for (out[0] = '\0'; sqlite3_step(s) == SQLITE_ROW;) {
		size_t len = strlen(out);
		snprintf(out + len, size - len, "%s\n", sqlite3_column_text(s, 0));
	}
	sqlite3_finalize(s);
}

START_TEST(nothing_of_a_file_of_version_2_is_lost)
{
	char before[2][512], after[2][512], token[SESSION_TOKEN_BYTES];
	struct wall now = {INT64_C(1795384800) * NS_PER_S};
	struct user user;
	struct err e = {0};
	sqlite3 *db;

	old_file(VERSION_2);
	ck_assert_int_eq(sqlite3_open(u->path, &db), SQLITE_OK);
	rows(db, USERS, before[0], sizeof(before[0]));
	rows(db, SESSIONS, before[1], sizeof(before[1]));
	sqlite3_close(db);
	ck_assert_msg(users_file_open(u, false, &e), "%s", e.text);
	rows(u->db, USERS, after[0], sizeof(after[0]));
	rows(u->db, SESSIONS, after[1], sizeof(after[1]));
	ck_assert_ptr_nonnull(strstr(before[0], "Chị Lan"));
	ck_assert_ptr_nonnull(strstr(before[1], "X'A2'"));
	ck_assert_str_eq(before[0], after[0]);
	ck_assert_str_eq(before[1], after[1]);
	rows(u->db, "PRAGMA user_version", after[0], sizeof(after[0]));
	ck_assert_str_eq(after[0], "3\n");
	/* What is new works, and a number that was given is not given again. */
	ck_assert_msg(users_begin_calendar(u, 1, now, token, &e), "%s", e.text);
	user = (struct user){.name = "minh", .role = ROLE_OPERATOR, .hash = "h"};
	ck_assert_msg(users_add(u, &user, now, &e), "%s", e.text);
	ck_assert_int_eq(user.id, 4);
}
END_TEST

/* Station and web open the same old file at once: the second finds it done. */
START_TEST(two_that_open_an_old_file_renew_it_once)
{
	struct users *web = users_create(dir);
	char token[SESSION_TOKEN_BYTES];
	struct user user;
	struct err e = {0};

	old_file(VERSION_2);
	ck_assert(users_file_open(u, true, &e) && users_file_open(web, false, &e));
	ck_assert(users_begin_calendar(u, 1, (struct wall){NS_PER_S}, token, &e));
	ck_assert(users_calendar(web, token, &user, &e) && user.id == 1);
	users_destroy(web);
}
END_TEST

START_TEST(a_file_of_a_newer_program_is_left_alone_and_said_so)
{
	struct users *again = users_create(dir);
	struct err e = {0};
	char version[16];

	ck_assert(users_file_open(u, true, &e) && users_run(u, "PRAGMA user_version=4", &e));
	ck_assert(!users_file_open(again, false, &e));
	ck_assert_ptr_null(again->db);
	ck_assert_msg(strstr(e.text, "mới hơn") != NULL && strstr(e.text, "không xóa") != NULL,
		      "%s", e.text);
	ck_assert(!users_file_open(again, true, &e));
	rows(u->db, "PRAGMA user_version", version, sizeof(version));
	ck_assert_str_eq(version, "4\n");
	users_destroy(again);
}
END_TEST

START_TEST(a_file_of_something_else_is_refused)
{
	struct err e = {0};

	old_file("CREATE TABLE songs (id); INSERT INTO songs VALUES (1);");
	ck_assert(!users_file_open(u, true, &e));
	ck_assert_msg(strstr(e.text, "không phải tệp tài khoản") != NULL, "%s", e.text);
}
END_TEST

START_TEST(a_file_in_the_old_place_is_moved_with_all_that_is_in_it)
{
	char old[128], now_at[128];
	sqlite3 *db;
	struct stat st;

	users_destroy(u);
	snprintf(old, sizeof(old), "%s/users.sqlite", dir);
	snprintf(now_at, sizeof(now_at), "%s/people/users.sqlite", dir);
	ck_assert_int_eq(sqlite3_open(old, &db), 0);
	ck_assert_int_eq(sqlite3_exec(db, "PRAGMA journal_mode=WAL; CREATE TABLE kept(x);"
					  "INSERT INTO kept VALUES(7)", NULL, NULL, NULL), 0);
	u = users_create(dir); /* somebody has it open: it stays */
	ck_assert_int_eq(stat(old, &st), 0);
	users_destroy(u);
	sqlite3_close(db);
	u = users_create(dir);
	ck_assert_int_ne(stat(old, &st), 0);
	ck_assert_int_eq(sqlite3_open(now_at, &db), 0);
	ck_assert_int_eq(sqlite3_exec(db, "INSERT INTO kept SELECT x + 1 FROM kept", NULL, NULL,
				      NULL), 0);
	ck_assert_int_eq(sqlite3_changes(db), 1);
	sqlite3_close(db);
}
END_TEST

START_TEST(a_pipe_in_its_place_is_refused)
{
	struct err e = {0};

	ck_assert_int_eq(mkfifo(u->path, 0600), 0);
	ck_assert(!users_file_open(u, false, &e));
	ck_assert(!users_file_open(u, true, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
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
	tcase_add_test(t, nothing_of_a_file_of_version_2_is_lost);
	tcase_add_test(t, two_that_open_an_old_file_renew_it_once);
	tcase_add_test(t, a_file_of_a_newer_program_is_left_alone_and_said_so);
	tcase_add_test(t, a_file_of_something_else_is_refused);
	tcase_add_test(t, a_file_in_the_old_place_is_moved_with_all_that_is_in_it);
	tcase_add_test(t, it_is_not_made_through_a_link);
	tcase_add_test(t, a_pipe_in_its_place_is_refused);
	tcase_add_test(t, sqlite_is_told_to_keep_what_was_answered);
	suite_add_tcase(s, t);
	return s;
}
