/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"
#include "people/users_file.h"
#include "sys/chance.h"

#include <sodium.h>
#include <string.h>

#define SESSIONS_OF_ONE_MAX 20

static bool digest(const char *token, unsigned char hash[static crypto_hash_sha256_BYTES])
{
	size_t len = strlen(token);

	if (len != SESSION_TOKEN_BYTES - 1)
		return false;
	crypto_hash_sha256(hash, (const unsigned char *)token, len);
	return true;
}

/* Runs a statement that was given its values; finalises it. */
static bool finish(struct users *u, sqlite3_stmt *s, struct err *e)
{
	bool ok = sqlite3_step(s) == SQLITE_DONE || users_fault(u, e);

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
	return finish(u, s, e);
}

bool users_begin_session(struct users *u, int64_t id, struct wall now,
			 char token[static SESSION_TOKEN_BYTES], struct err *e)
{
	unsigned char chance[(SESSION_TOKEN_BYTES - 1) / 2], hash[crypto_hash_sha256_BYTES];
	int64_t now_s = now.ns / NS_PER_S;
	sqlite3_stmt *s;

	chance_bytes(chance, sizeof(chance));
	sodium_bin2hex(token, SESSION_TOKEN_BYTES, chance, sizeof(chance));
	digest(token, hash);
	/* The account may have been disabled while its password was looked at. */
	if (!users_file_open(u, true, e) || !clear_old(u, id, now_s, e) ||
	    !users_prepare(u, &s,
			   "INSERT INTO sessions SELECT ?1, id, ?3, ?4 FROM users"
			   " WHERE id = ?2 AND enabled", e))
		return false;
	sqlite3_bind_blob(s, 1, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, id);
	sqlite3_bind_int64(s, 3, now_s);
	sqlite3_bind_int64(s, 4, now_s + SESSION_S);
	return finish(u, s, e) && (sqlite3_changes(u->db) == 1 ||
				   err_set(e, ERR_LOGIN, T("tài khoản này đã bị khóa",
							   "this account is disabled")));
}

bool users_session(struct users *u, const char *token, struct wall now, struct user *user,
		   struct err *e)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	sqlite3_stmt *s;

	*user = (struct user){0};
	if (u == NULL || !digest(token, hash))
		return true;
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return true;
	if (!users_prepare(u, &s,
			   "SELECT id, name, person, role, enabled, hash FROM users JOIN sessions"
			   " ON user = id WHERE token = ?1 AND until_s > ?2 AND enabled", e))
		return false;
	sqlite3_bind_blob(s, 1, hash, sizeof(hash), SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, now.ns / NS_PER_S);
	int code = sqlite3_step(s);
	if (code == SQLITE_ROW && !users_row(s, user))
		*user = (struct user){0};
	sqlite3_finalize(s);
	return code == SQLITE_ROW || code == SQLITE_DONE || users_fault(u, e);
}

bool users_end_session(struct users *u, const char *token, struct err *e)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	sqlite3_stmt *s;

	if (u == NULL || !digest(token, hash))
		return true;
	if (!users_file_open(u, false, e))
		return false;
	if (u->db == NULL)
		return true;
	if (!users_prepare(u, &s, "DELETE FROM sessions WHERE token = ?1", e))
		return false;
	sqlite3_bind_blob(s, 1, hash, sizeof(hash), SQLITE_STATIC);
	return finish(u, s, e);
}
