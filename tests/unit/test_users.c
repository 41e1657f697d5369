/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users.h"

#include "base/json.h"
#include "support/soundfile.h"
#include "support/tmpdir.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char dir[64], path[96];
static struct users *u;
static struct tz utc;
static const struct wall now = {INT64_C(1795384800) * NS_PER_S};

static void setup(void)
{
	tmpdir_make(dir);
	tz_fixed(&utc, "UTC", 0);
	snprintf(path, sizeof(path), "%s/people/users.sqlite", dir);
	u = users_create(dir);
}

static void teardown(void)
{
	users_destroy(u);
	tmpdir_remove(dir);
}

static int64_t add(const char *name, enum role role)
{
	struct user user = {.role = role, .hash = "h"};
	struct err e = {0};

	snprintf(user.name, sizeof(user.name), "%s", name);
	if (!users_add(u, &user, now, &e))
		ck_abort_msg("%s", e.text);
	return user.id;
}

static bool any(struct users *users)
{
	struct err e = {0};
	bool some;

	ck_assert_msg(users_any(users, &some, &e), "%s", e.text);
	return some;
}

START_TEST(no_file_is_no_account)
{
	struct user user;
	struct err e = {0};
	struct stat st;

	ck_assert(!any(u));
	ck_assert(!any(NULL));
	ck_assert(!users_named(u, "lan", &user, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	json_t *list = users_list(u, &utc, &e);
	ck_assert_uint_eq(json_array_size(list), 0);
	json_decref(list);
	ck_assert_int_ne(stat(path, &st), 0); /* looking makes no file */
}
END_TEST

START_TEST(an_account_is_kept_and_private)
{
	struct user user;
	struct err e = {0};
	struct stat st;
	char side[110];

	int64_t id = add("lan", ROLE_APPROVER);
	ck_assert(any(u));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	snprintf(side, sizeof(side), "%s-wal", path);
	ck_assert_int_eq(stat(side, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	users_destroy(u);
	u = users_create(dir);
	ck_assert(any(u));
	ck_assert(users_named(u, "lan", &user, &e));
	ck_assert_int_eq(user.id, id);
	ck_assert_int_eq(user.role, ROLE_APPROVER);
	ck_assert(user.enabled);
	ck_assert(users_numbered(u, id, &user, &e));
	ck_assert_str_eq(user.name, "lan");
	ck_assert(!users_numbered(u, id + 1, &user, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	json_t *list = users_list(u, &utc, &e);
	ck_assert_str_eq(json_get_text(json_array_get(list, 0), "user", ""), "user:1");
	ck_assert_ptr_null(json_object_get(json_array_get(list, 0), "hash"));
	json_decref(list);
}
END_TEST

START_TEST(names_are_plain_and_taken_once)
{
	static const char *const bad[] = {"", "a", "Lan", "lan nguyen", "lân", "-lan", "../lan",
					  "lan'--", "lan\n"};
	struct err e = {0};

	add("lan", ROLE_PRODUCER);
	struct user twice = {.name = "lan", .role = ROLE_ADMIN, .hash = "h"};
	ck_assert(!users_add(u, &twice, now, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct user user = {.hash = "h"};
		snprintf(user.name, sizeof(user.name), "%s", bad[i]);
		ck_assert_msg(!users_add(u, &user, now, &e), "%s", bad[i]);
		ck_assert_int_eq(e.kind, ERR_USAGE);
	}
}
END_TEST

START_TEST(another_process_sees_it_at_once)
{
	struct users *reader = users_create(dir);
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};
	struct user user;

	ck_assert(!any(reader));
	int64_t id = add("lan", ROLE_OPERATOR);
	ck_assert(any(reader));
	ck_assert(users_begin_session(u, id, now, token, &e));
	ck_assert(users_session(reader, token, now, &user, &e) && user.id == id);
	ck_assert(users_set_enabled(u, id, false, &e));
	ck_assert(users_session(reader, token, now, &user, &e) && user.id == 0);
	users_destroy(reader);
}
END_TEST

/* Closed and not open: a file that cannot be read lets nobody in. */
START_TEST(a_spoilt_file_is_no_open_door)
{
	char text[8192];
	struct err e = {0};
	bool some;

	memset(text, 'x', sizeof(text));
	file_save(path, text, sizeof(text));
	ck_assert(!users_any(u, &some, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "users.sqlite"));
	struct user user = {.name = "lan", .hash = "h"};
	ck_assert(!users_add(u, &user, now, &e));
	ck_assert(!users_named(u, "lan", &user, &e));
	ck_assert_int_ne(e.kind, ERR_NOT_FOUND);
}
END_TEST

START_TEST(an_empty_file_from_a_power_cut_becomes_one)
{
	file_save(path, "", 0);
	ck_assert(!any(u));
	add("lan", ROLE_ADMIN);
	ck_assert(any(u));
}
END_TEST

START_TEST(the_last_administrator_stays)
{
	int64_t lan = add("lan", ROLE_ADMIN), minh = add("minh", ROLE_OPERATOR);
	struct err e = {0};
	struct user user;

	ck_assert(users_set_enabled(u, minh, false, &e));
	ck_assert(!users_set_enabled(u, lan, false, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert(!users_set_role(u, lan, ROLE_PRODUCER, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	ck_assert(users_set_role(u, lan, ROLE_ADMIN, &e)); /* changes nothing */
	ck_assert(users_numbered(u, lan, &user, &e) && user.enabled && user.role == ROLE_ADMIN);
	ck_assert(users_set_role(u, minh, ROLE_ADMIN, &e));
	ck_assert(!users_set_enabled(u, lan, false, &e)); /* the other one is disabled */
	ck_assert(users_set_enabled(u, minh, true, &e));
	ck_assert(users_set_enabled(u, lan, false, &e));
	ck_assert(!users_set_role(u, minh, ROLE_OPERATOR, &e));
	ck_assert(users_numbered(u, minh, &user, &e) && user.role == ROLE_ADMIN);
}
END_TEST

START_TEST(a_one_time_password_and_the_last_login_are_listed)
{
	int64_t lan = add("lan", ROLE_ADMIN);
	char token[SESSION_TOKEN_BYTES];
	struct err e = {0};

	json_t *list = users_list(u, &utc, &e);
	ck_assert(json_is_null(json_object_get(json_array_get(list, 0), "login")));
	json_decref(list);
	ck_assert(users_begin_session(u, lan, now, token, &e));
	ck_assert(users_set_hash(u, lan, "once", now.ns / NS_PER_S + 60, &e));
	list = users_list(u, &utc, &e);
	const json_t *one = json_array_get(list, 0);
	ck_assert(json_get_bool(one, "must_change", false));
	ck_assert_str_eq(json_get_text(one, "login", ""), "2026-11-22T22:00:00.000+00:00");
	ck_assert_str_eq(json_get_text(one, "once_until", ""), "2026-11-22T22:01:00.000+00:00");
	json_decref(list);
}
END_TEST

/* A file as the first version made it. */
START_TEST(an_older_file_is_taken_over)
{
	static const char *const old =
		"PRAGMA journal_mode=WAL;"
		"CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT,"
		" name TEXT NOT NULL UNIQUE, person TEXT NOT NULL, role TEXT NOT NULL,"
		" enabled INTEGER NOT NULL, hash TEXT NOT NULL, created_s INTEGER NOT NULL) STRICT;"
		"CREATE TABLE sessions (token BLOB NOT NULL PRIMARY KEY,"
		" user INTEGER NOT NULL REFERENCES users (id), begun_s INTEGER NOT NULL,"
		" until_s INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
		"CREATE INDEX sessions_user ON sessions (user);"
		"INSERT INTO users (name, person, role, enabled, hash, created_s)"
		" VALUES ('lan', 'Lan', 'admin', 1, 'h', 1);"
		"PRAGMA user_version=1;";
	struct users *reader = users_create(dir);
	struct err e = {0};
	struct user user;
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db, old, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	ck_assert(any(reader));
	ck_assert_msg(users_named(u, "lan", &user, &e), "%s", e.text);
	ck_assert_str_eq(user.hash, "h");
	ck_assert_int_eq(user.once_until_s, 0);
	ck_assert(users_named(reader, "lan", &user, &e));
	users_destroy(reader);
}
END_TEST

Suite *suite_users(void);
Suite *suite_users(void)
{
	Suite *s = suite_create("users");
	TCase *t = tcase_create("users");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, no_file_is_no_account);
	tcase_add_test(t, an_account_is_kept_and_private);
	tcase_add_test(t, names_are_plain_and_taken_once);
	tcase_add_test(t, another_process_sees_it_at_once);
	tcase_add_test(t, a_spoilt_file_is_no_open_door);
	tcase_add_test(t, an_empty_file_from_a_power_cut_becomes_one);
	tcase_add_test(t, the_last_administrator_stays);
	tcase_add_test(t, a_one_time_password_and_the_last_login_are_listed);
	tcase_add_test(t, an_older_file_is_taken_over);
	suite_add_tcase(s, t);
	return s;
}
