/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What users.c, sessions.c and calendars.c share: the SQLite file. Only for these. */
#ifndef VX_PEOPLE_USERS_FILE_H
#define VX_PEOPLE_USERS_FILE_H

#include "people/users.h"

#include <sqlite3.h>

#define USERS_DIGEST_BYTES 32 /* SHA-256 */

struct users {
	char path[PATH_BYTES + 16];
	sqlite3 *db; /* NULL: not opened, or no file there yet */
	bool any;
};

/* Opens the file unless it is open. Not there: made when `make` is set, else true with db NULL. */
bool users_file_open(struct users *u, bool make, struct err *e);

/* A statement of this moment; the caller finalises it. */
bool users_prepare(struct users *u, sqlite3_stmt **s, const char *sql, struct err *e);
bool users_run(struct users *u, const char *sql, struct err *e);

/* Runs a statement that was given its values, to its end; finalises it. */
bool users_finish(struct users *u, sqlite3_stmt *s, struct err *e);

/* A new token, and the digest that the file keeps of it. */
void users_token(char token[static SESSION_TOKEN_BYTES],
		 unsigned char hash[static USERS_DIGEST_BYTES]);
/* The digest of what a visitor shows; false for what can be none. */
bool users_digest(const char *token, unsigned char hash[static USERS_DIGEST_BYTES]);

/* A statement about what this token opens; its digest is ?1. *s NULL and true: the token is none,
 * or there is no file, so it is nobody's. */
bool users_shown(struct users *u, const char *token, const char *sql, sqlite3_stmt **s,
		 struct err *e);
/* Runs such a statement over USERS_COLUMNS and finalises it; nobody: *user stays as it is. */
bool users_owner(struct users *u, sqlite3_stmt *s, struct user *user, struct err *e);

/* A moment of the file in this zone as JSON; null for 0. The caller owns it. */
json_t *users_time(int64_t s, const struct tz *tz);

/* SQLite's last failure in e; false for `return`. */
bool users_fault(struct users *u, struct err *e);

/* A row of USERS_COLUMNS; false if the role is none. */
#define USERS_COLUMNS "id, name, person, role, enabled, hash, once_until_s, login_s"
bool users_row(sqlite3_stmt *s, struct user *user);

#endif
