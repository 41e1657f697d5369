/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/text.h"
#include "people/users_file.h"
#include "sys/chance.h"

#include <sodium.h>
#include <string.h>

#define SESSIONS_OF_ONE_MAX 20

bool users_digest(const char *token, unsigned char hash[static USERS_DIGEST_BYTES])
{
	size_t len = strlen(token);

	_Static_assert(USERS_DIGEST_BYTES == crypto_hash_sha256_BYTES, "a SHA-256");

	if (len != SESSION_TOKEN_BYTES - 1)
		return false;
	crypto_hash_sha256(hash, (const unsigned char *)token, len);
	return true;
}

void users_token(char token[static SESSION_TOKEN_BYTES],
		 unsigned char hash[static USERS_DIGEST_BYTES])
{
	unsigned char chance[(SESSION_TOKEN_BYTES - 1) / 2];

	chance_bytes(chance, sizeof(chance));
	sodium_bin2hex(token, SESSION_TOKEN_BYTES, chance, sizeof(chance));
	must(users_digest(token, hash));
}

bool users_shown(struct users *u, const char *token, const char *sql, sqlite3_stmt **s,
		 struct err *e)
{
	unsigned char hash[USERS_DIGEST_BYTES];

	*s = NULL;
	if (u == NULL || !users_digest(token, hash))
		return true;
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return true;
	if (!users_prepare(u, s, sql, e))
		return false;
	sqlite3_bind_blob(*s, 1, hash, sizeof(hash), SQLITE_TRANSIENT);
	return true;
}

bool users_owner(struct users *u, sqlite3_stmt *s, struct user *user, struct err *e)
{
	int code = sqlite3_step(s);

	if (code == SQLITE_ROW && !users_row(s, user))
		*user = (struct user){0};
	bool ok = code == SQLITE_ROW || code == SQLITE_DONE || users_fault(u, e);
	sqlite3_finalize(s);
	return ok;
}

/* What is over, and the oldest of somebody who logs in again and again. */
static bool clear_old(struct users *u, int64_t id, int64_t now_s, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_prepare(u, &s,
			   "DELETE FROM sessions WHERE until_s <= ?1 OR token IN"
			   " (SELECT token FROM sessions WHERE user = ?2"
			   " ORDER BY begun_s DESC LIMIT -1 OFFSET ?3)", e))
		return false;
	sqlite3_bind_int64(s, 1, now_s);
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int(s, 3, SESSIONS_OF_ONE_MAX - 1);
	return users_finish(u, s, e);
}

static bool note_login(struct users *u, int64_t id, int64_t now_s, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_prepare(u, &s, "UPDATE users SET login_s = ?2 WHERE id = ?1", e))
		return false;
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_int64(s, 2, now_s);
	return users_finish(u, s, e);
}

static bool begin_session(struct users *u, int64_t id, struct wall now,
			  char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	unsigned char hash[USERS_DIGEST_BYTES];
	int64_t now_s = now.ns / NS_PER_S;
	sqlite3_stmt *s;

	users_token(token, hash);
	/* The account may have been disabled while its password was looked at. */
	if (!clear_old(u, id, now_s, e) ||
	    !users_prepare(u, &s,
			   "INSERT INTO sessions (token, user, begun_s, until_s)"
			   " SELECT ?1, id, ?3, ?4 FROM users WHERE id = ?2 AND enabled", e))
		return false;
	sqlite3_bind_blob(s, 1, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int64(s, 3, now_s);
	sqlite3_bind_int64(s, 4, now_s + SESSION_S);
	if (!users_finish(u, s, e))
		return false;
	if (sqlite3_changes(u->db) != 1)
		return err_set(e, ERR_LOGIN, T("tài khoản này đã bị khóa; hỏi người quản trị",
					       "this account is disabled; ask the administrator"));
	return note_login(u, id, now_s, e);
}

static bool hurry(struct users *u, struct err *e)
{
	return users_run(u, "PRAGMA synchronous=NORMAL", e);
}

/* What follows is synced again. */
static bool synced(struct users *u, bool ok, struct err *e)
{
	struct err ignored;
	bool full = users_run(u, "PRAGMA synchronous=FULL", ok ? e : &ignored);

	return ok && full;
}

/* Without a sync: one that a power cut takes is one more login, and whoever must warn people while
 * the disk hangs is let in. Everything else about accounts is synced. */
bool users_begin_session(struct users *u, int64_t id, struct wall now,
			 char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	return users_file_open(u, true, e) && hurry(u, e) &&
	       synced(u, begin_session(u, id, now, token, e), e);
}

static bool describe_session(struct users *u, const char *token, const char *address,
			     const char *agent, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_shown(u, token,
			 "UPDATE sessions SET address = ?2, agent = ?3 WHERE token = ?1", &s, e))
		return false;
	if (s == NULL)
		return true;
	sqlite3_bind_text(s, 2, address, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 3, agent, -1, SQLITE_STATIC);
	return users_finish(u, s, e);
}

bool users_describe_session(struct users *u, const char *token, const char *address,
			    const char *agent, struct err *e)
{
	if (!users_file_open(u, false, e))
		return false;
	return u->db == NULL ||
	       (hurry(u, e) && synced(u, describe_session(u, token, address, agent, e), e));
}

bool users_session(struct users *u, const char *token, struct wall now, struct user *user,
		   struct err *e)
{
	sqlite3_stmt *s;

	*user = (struct user){0};
	if (!users_shown(u, token,
			 "SELECT " USERS_COLUMNS " FROM users JOIN sessions ON user = id"
			 " WHERE token = ?1 AND until_s > ?2 AND enabled", &s, e))
		return false;
	if (s == NULL)
		return true;
	sqlite3_bind_int64(s, 2, now.ns / NS_PER_S);
	return users_owner(u, s, user, e);
}

bool users_shut_out(struct users *u, const char *token, struct wall now)
{
	sqlite3_stmt *s;
	struct err e = {0};

	if (!users_shown(u, token,
			 "SELECT 1 FROM users JOIN sessions ON user = id"
			 " WHERE token = ?1 AND until_s > ?2 AND NOT enabled", &s, &e) ||
	    s == NULL)
		return false;
	sqlite3_bind_int64(s, 2, now.ns / NS_PER_S);
	bool out = sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return out;
}

bool users_end_session(struct users *u, const char *token, struct err *e)
{
	sqlite3_stmt *s;

	return users_shown(u, token, "DELETE FROM sessions WHERE token = ?1", &s, e) &&
	       (s == NULL || users_finish(u, s, e));
}

/* Fills in ?1, the digest of the token; of what is none, a blob that no session has. */
static void bind_token(sqlite3_stmt *s, const char *token)
{
	unsigned char hash[USERS_DIGEST_BYTES] = {0};

	users_digest(token, hash);
	sqlite3_bind_blob(s, 1, hash, sizeof(hash), SQLITE_TRANSIENT);
}

bool users_end_others(struct users *u, int64_t id, const char *token, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s, "DELETE FROM sessions WHERE token <> ?1 AND user = ?2", e))
		return false;
	bind_token(s, token);
	sqlite3_bind_int64(s, 2, id);
	return users_finish(u, s, e);
}

static json_t *describe(sqlite3_stmt *s, const struct tz *tz)
{
	json_t *o = json_pack("{s:o, s:o, s:s, s:s, s:b}", "begun",
			      users_time(sqlite3_column_int64(s, 0), tz), "until",
			      users_time(sqlite3_column_int64(s, 1), tz), "address",
			      (const char *)sqlite3_column_text(s, 2), "agent",
			      (const char *)sqlite3_column_text(s, 3), "own",
			      sqlite3_column_int(s, 4));

	must(o != NULL);
	return o;
}

json_t *users_sessions(struct users *u, int64_t id, const char *token, struct wall now,
		       const struct tz *tz, struct err *e)
{
	json_t *list = json_array();
	sqlite3_stmt *s;
	int code;

	if (!users_file_open(u, true, e) ||
	    !users_prepare(u, &s,
			   "SELECT begun_s, until_s, address, agent, token = ?1 FROM sessions"
			   " WHERE user = ?2 AND until_s > ?3 ORDER BY begun_s DESC", e)) {
		json_decref(list);
		return NULL;
	}
	bind_token(s, token);
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int64(s, 3, now.ns / NS_PER_S);
	while ((code = sqlite3_step(s)) == SQLITE_ROW)
		json_array_append_new(list, describe(s, tz));
	sqlite3_finalize(s);
	if (code == SQLITE_DONE)
		return list;
	users_fault(u, e);
	json_decref(list);
	return NULL;
}
