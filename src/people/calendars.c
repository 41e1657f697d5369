/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "people/users_file.h"

bool users_begin_calendar(struct users *u, int64_t id, struct wall now,
			  char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	unsigned char hash[USERS_DIGEST_BYTES];
	sqlite3_stmt *s;

	users_token(token, hash);
	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s,
			   "INSERT OR REPLACE INTO calendars (user, token, made_s)"
			   " SELECT id, ?2, ?3 FROM users WHERE id = ?1 AND enabled", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_blob(s, 2, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_int64(s, 3, now.ns / NS_PER_S);
	if (!users_finish(u, s, e))
		return false;
	return sqlite3_changes(u->db) == 1 ||
	       err_set(e, ERR_LOGIN, T("tài khoản này đã bị khóa; hỏi người quản trị",
				       "this account is disabled; ask the administrator"));
}

bool users_end_calendar(struct users *u, int64_t id, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "DELETE FROM calendars WHERE user = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	return users_finish(u, s, e);
}

json_t *users_calendar_made(struct users *u, int64_t id, const struct tz *tz, struct err *e)
{
	json_t *made = NULL;
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "SELECT made_s FROM calendars WHERE user = ?1", e))
		return NULL;
	sqlite3_bind_int64(s, 1, id);
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		made = users_time(code == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0, tz);
	else
		users_fault(u, e);
	sqlite3_finalize(s);
	return made;
}

bool users_calendar(struct users *u, const char *token, struct user *user, struct err *e)
{
	sqlite3_stmt *s;

	*user = (struct user){0};
	return users_shown(u, token,
			   "SELECT " USERS_COLUMNS " FROM users JOIN calendars ON user = id"
			   " WHERE token = ?1 AND enabled", &s, e) &&
	       (s == NULL || users_owner(u, s, user, e));
}
