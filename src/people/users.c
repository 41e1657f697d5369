/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "people/users_file.h"

#include <stdio.h>
#include <string.h>

static void take_text(sqlite3_stmt *s, int column, char *out, size_t size)
{
	const unsigned char *text = sqlite3_column_text(s, column);

	snprintf(out, size, "%s", text != NULL ? (const char *)text : "");
}

bool users_row(sqlite3_stmt *s, struct user *user)
{
	char role[CODE_BYTES];

	*user = (struct user){.id = sqlite3_column_int64(s, 0),
			      .enabled = sqlite3_column_int(s, 4) != 0,
			      .once_until_s = sqlite3_column_int64(s, 6),
			      .login_s = sqlite3_column_int64(s, 7)};
	take_text(s, 1, user->name, sizeof(user->name));
	take_text(s, 2, user->person, sizeof(user->person));
	take_text(s, 3, role, sizeof(role));
	take_text(s, 5, user->hash, sizeof(user->hash));
	return role_parse(role, &user->role);
}

bool users_any(struct users *u, bool *any, struct err *e)
{
	sqlite3_stmt *s;

	*any = u != NULL && u->any;
	if (u == NULL || u->any)
		return true;
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return true;
	if (!users_prepare(u, &s, "SELECT 1 FROM users LIMIT 1", e))
		return false;
	int code = sqlite3_step(s);
	/* None is ever deleted: once there are some, there always are. */
	*any = u->any = code == SQLITE_ROW;
	sqlite3_finalize(s);
	return code == SQLITE_ROW || code == SQLITE_DONE || users_fault(u, e);
}

int64_t users_version(struct users *u)
{
	sqlite3_stmt *s;
	struct err e = {0};
	int64_t version = 0;

	if (!users_file_open(u, false, &e) || u->db == NULL ||
	    !users_prepare(u, &s, "PRAGMA data_version", &e))
		return 0;
	if (sqlite3_step(s) == SQLITE_ROW)
		version = sqlite3_column_int64(s, 0) + 1;
	sqlite3_finalize(s);
	return version;
}

static bool check_facts(const struct user *user, struct err *e)
{
	const char *letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t len = strlen(user->name);

	if (len >= 2 && strspn(user->name, letters) == len && strchr("._-", user->name[0]) == NULL)
		return true;
	return err_set(e, ERR_USAGE,
		       T("tên đăng nhập \"%s\": 2 đến %d chữ a–z không dấu, số, dấu . - _",
			 "account \"%s\": 2 to %d letters a–z, digits, and . - _"),
		       user->name, USER_NAME_BYTES - 1);
}

static bool has_room(struct users *u, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_prepare(u, &s, "SELECT count(*) FROM users", e))
		return false;
	bool room = sqlite3_step(s) == SQLITE_ROW && sqlite3_column_int(s, 0) < USERS_MAX;
	sqlite3_finalize(s);
	return room || err_set(e, ERR_REFUSED, T("đã đủ %d tài khoản", "there are %d accounts"),
			       USERS_MAX);
}

bool users_add(struct users *u, struct user *user, struct wall now, struct err *e)
{
	sqlite3_stmt *s;

	if (!check_facts(user, e) || !users_file_open(u, true, e) || !has_room(u, e) ||
	    !users_prepare(u, &s,
			   "INSERT INTO users (name, person, role, enabled, hash, created_s,"
			   " once_until_s) VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6)", e))
		return false;
	sqlite3_bind_text(s, 1, user->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, user->person, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, role_code(user->role), -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, user->hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 5, now.ns / NS_PER_S);
	sqlite3_bind_int64(s, 6, user->once_until_s);
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	if (code == SQLITE_CONSTRAINT)
		return err_set(e, ERR_CONFLICT,
			       T("đã có tài khoản \"%s\"", "there is an account \"%s\" already"),
			       user->name);
	if (code != SQLITE_DONE)
		return users_fault(u, e);
	user->id = sqlite3_last_insert_rowid(u->db);
	user->enabled = true;
	u->any = true;
	return true;
}

static bool not_found(const char *name, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND,
		       T("không có tài khoản \"%.40s\"; xem: vangxa user list",
			 "no account \"%.40s\"; see: vangxa user list"), name);
}

/* The one row of a statement that is bound already; finalises it. */
static bool one(struct users *u, sqlite3_stmt *s, const char *name, struct user *user,
		struct err *e)
{
	int code = sqlite3_step(s);
	bool good = code == SQLITE_ROW && users_row(s, user);

	sqlite3_finalize(s);
	if (good)
		return true;
	return code == SQLITE_DONE ? not_found(name, e) : users_fault(u, e);
}

bool users_named(struct users *u, const char *name, struct user *user, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return not_found(name, e);
	if (!users_prepare(u, &s, "SELECT " USERS_COLUMNS " FROM users WHERE name = ?1", e))
		return false;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_STATIC);
	return one(u, s, name, user, e);
}

bool users_numbered(struct users *u, int64_t id, struct user *user, struct err *e)
{
	sqlite3_stmt *s;
	char name[32];

	snprintf(name, sizeof(name), "user:%lld", (long long)id);
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return not_found(name, e);
	if (!users_prepare(u, &s, "SELECT " USERS_COLUMNS " FROM users WHERE id = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	return one(u, s, name, user, e);
}

static bool last_admin(struct err *e)
{
	return err_set(e, ERR_CONFLICT,
		       T("đây là quản trị cuối cùng của đài; hãy cho người khác làm quản trị trước",
			 "this is the station's last administrator; make somebody else one first"));
}

static bool forget(struct users *u, const char *sql, int64_t id, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_prepare(u, &s, sql, e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	return users_finish(u, s, e);
}

/* What to do to one account, all of it or nothing. The statement is given the account as ?1; it
 * changes no row when that would take the last administrator away. */
static bool change(struct users *u, sqlite3_stmt *s, int64_t id, bool end, struct err *e)
{
	sqlite3_bind_int64(s, 1, id);
	if (!users_run(u, "BEGIN IMMEDIATE", e)) {
		sqlite3_finalize(s);
		return false;
	}
	bool ok = users_finish(u, s, e) &&
		  (sqlite3_changes(u->db) > 0 || last_admin(e)) &&
		  (!end || (forget(u, "DELETE FROM sessions WHERE user = ?1", id, e) &&
			    forget(u, "DELETE FROM calendars WHERE user = ?1", id, e)));
	if (ok && users_run(u, "COMMIT", e))
		return true;
	sqlite3_exec(u->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool users_set_hash(struct users *u, int64_t id, const char *hash, int64_t once_until_s,
		    struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "UPDATE users SET hash = ?2, once_until_s = ?3 WHERE id = ?1", e))
		return false;
	sqlite3_bind_text(s, 2, hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, once_until_s);
	return change(u, s, id, true, e);
}

/* ?2: the account goes on being an enabled administrator. */
#define UNLESS_LAST                                                                                \
	" WHERE id = ?1 AND (?2 OR role <> 'admin' OR NOT enabled OR EXISTS"                       \
	" (SELECT 1 FROM users WHERE role = 'admin' AND enabled AND id <> ?1))"

/* The sessions of a disabled account stay, good for nothing: so that whoever comes with one can be
 * told why (users_shut_out). They go when it is enabled again. */
bool users_set_enabled(struct users *u, int64_t id, bool enabled, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "UPDATE users SET enabled = ?2" UNLESS_LAST, e))
		return false;
	sqlite3_bind_int(s, 2, enabled);
	return change(u, s, id, enabled, e);
}

bool users_set_role(struct users *u, int64_t id, enum role role, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "UPDATE users SET role = ?3" UNLESS_LAST, e))
		return false;
	sqlite3_bind_int(s, 2, role == ROLE_ADMIN);
	sqlite3_bind_text(s, 3, role_code(role), -1, SQLITE_STATIC);
	return change(u, s, id, false, e);
}

json_t *users_json(const struct user *user)
{
	char code[32];

	snprintf(code, sizeof(code), "user:%lld", (long long)user->id);
	json_t *o = json_pack("{s:I, s:s, s:s, s:o, s:s, s:b, s:b}", "id", (json_int_t)user->id,
			      "user", code, "name", user->name, "person", json_text(user->person),
			      "role", role_code(user->role), "enabled", user->enabled,
			      "must_change", user->once_until_s != 0);
	must(o != NULL);
	return o;
}

static json_t *with_times(const struct user *user, const struct tz *tz)
{
	json_t *o = users_json(user);

	json_object_set_new(o, "login", users_time(user->login_s, tz));
	json_object_set_new(o, "once_until", users_time(user->once_until_s, tz));
	return o;
}

json_t *users_list(struct users *u, const struct tz *tz, struct err *e)
{
	json_t *list = json_array();
	struct user user;
	sqlite3_stmt *s;
	int code;

	if (users_file_open(u, false, e) && u->db == NULL)
		return list;
	if (u->db == NULL ||
	    !users_prepare(u, &s, "SELECT " USERS_COLUMNS " FROM users ORDER BY id", e)) {
		json_decref(list);
		return NULL;
	}
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		if (users_row(s, &user))
			json_array_append_new(list, with_times(&user, tz));
	sqlite3_finalize(s);
	if (code == SQLITE_DONE)
		return list;
	users_fault(u, e);
	json_decref(list);
	return NULL;
}

bool users_count_may(struct users *u, const char *command, int *count, struct err *e)
{
	struct user user;
	sqlite3_stmt *s;
	int code;

	*count = 0;
	if (u == NULL)
		return true;
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return true;
	if (!users_prepare(u, &s, "SELECT " USERS_COLUMNS " FROM users WHERE enabled", e))
		return false;
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		*count += users_row(s, &user) && rights_may(user.role, command);
	sqlite3_finalize(s);
	return code == SQLITE_DONE || users_fault(u, e);
}
