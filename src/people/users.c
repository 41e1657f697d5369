/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "people/users_file.h"

#include <stdio.h>
#include <string.h>

#define COLUMNS "id, name, person, role, enabled, hash"

static void take_text(sqlite3_stmt *s, int column, char *out, size_t size)
{
	const unsigned char *text = sqlite3_column_text(s, column);

	snprintf(out, size, "%s", text != NULL ? (const char *)text : "");
}

bool users_row(sqlite3_stmt *s, struct user *user)
{
	char role[CODE_BYTES];

	*user = (struct user){.id = sqlite3_column_int64(s, 0),
			      .enabled = sqlite3_column_int(s, 4) != 0};
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
			   "INSERT INTO users (name, person, role, enabled, hash, created_s)"
			   " VALUES (?1, ?2, ?3, 1, ?4, ?5)", e))
		return false;
	sqlite3_bind_text(s, 1, user->name, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, user->person, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, role_code(user->role), -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 4, user->hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 5, now.ns / NS_PER_S);
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
	if (!users_prepare(u, &s, "SELECT " COLUMNS " FROM users WHERE name = ?1", e))
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
	if (!users_prepare(u, &s, "SELECT " COLUMNS " FROM users WHERE id = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	return one(u, s, name, user, e);
}

/* One change and the end of the account's sessions, or neither. */
static bool change(struct users *u, sqlite3_stmt *s, int64_t id, struct err *e)
{
	sqlite3_stmt *end;

	if (!users_run(u, "BEGIN IMMEDIATE", e)) {
		sqlite3_finalize(s);
		return false;
	}
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	bool ok = code == SQLITE_DONE &&
		  users_prepare(u, &end, "DELETE FROM sessions WHERE user = ?1", e);
	if (ok) {
		sqlite3_bind_int64(end, 1, id);
		ok = sqlite3_step(end) == SQLITE_DONE;
		sqlite3_finalize(end);
	}
	ok = ok && users_run(u, "COMMIT", e);
	if (ok)
		return true;
	users_fault(u, e);
	sqlite3_exec(u->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool users_set_hash(struct users *u, int64_t id, const char *hash, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "UPDATE users SET hash = ?2 WHERE id = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_text(s, 2, hash, -1, SQLITE_STATIC);
	return change(u, s, id, e);
}

bool users_set_enabled(struct users *u, int64_t id, bool enabled, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "UPDATE users SET enabled = ?2 WHERE id = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_int(s, 2, enabled);
	return change(u, s, id, e);
}

json_t *users_json(const struct user *user)
{
	char code[32];

	snprintf(code, sizeof(code), "user:%lld", (long long)user->id);
	json_t *o = json_pack("{s:I, s:s, s:s, s:o, s:s, s:b}", "id", (json_int_t)user->id, "user",
			      code, "name", user->name, "person", json_text(user->person), "role",
			      role_code(user->role), "enabled", user->enabled);
	must(o != NULL);
	return o;
}

json_t *users_list(struct users *u, struct err *e)
{
	json_t *list = json_array();
	struct user user;
	sqlite3_stmt *s;
	int code;

	if (users_file_open(u, false, e) && u->db == NULL)
		return list;
	if (u->db == NULL ||
	    !users_prepare(u, &s, "SELECT " COLUMNS " FROM users ORDER BY id", e)) {
		json_decref(list);
		return NULL;
	}
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		if (users_row(s, &user))
			json_array_append_new(list, users_json(&user));
	sqlite3_finalize(s);
	if (code == SQLITE_DONE)
		return list;
	users_fault(u, e);
	json_decref(list);
	return NULL;
}
