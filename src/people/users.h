/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The accounts and their sessions: DIR/people/users.sqlite, for the station's own user alone.
 *
 * A file of its own and not the log: a person's name and password may be changed or removed, an
 * entry may not; entries say "user:7". An account is never deleted, because 7 must go on meaning
 * the same person; it is disabled. The file is made with the first account: without it everything
 * is open to whoever reaches the page, as the page itself then says.
 *
 * The station writes; the web process opens the same file and only reads, so that it can refuse a
 * visitor at once, and a disabled account is out from that moment on. */
#ifndef VX_PEOPLE_USERS_H
#define VX_PEOPLE_USERS_H

#define USERS_DIR "people" /* under DIR */

#include "base/civil.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "people/password.h"
#include "people/rights.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct users;

struct user {
	int64_t id;		      /* 0: nobody */
	char name[USER_NAME_BYTES];   /* what is typed: a–z, 0–9, ".", "-", "_" */
	char person[NAME_BYTES];      /* who it is, for people; may be "" */
	enum role role;
	bool enabled;
	char hash[PASSWORD_HASH_BYTES];
	int64_t once_until_s; /* the password is a one-time one, good until then; 0: their own */
	int64_t login_s;      /* the last login; 0: none yet */
};

/* For the file in DIR; opens nothing yet. One thread. */
struct users *users_create(const char *dir);
/* Accepts NULL. */
void users_destroy(struct users *u);

/* Whether there is any account. False + err if the file is there and cannot be read: then nobody
 * is let in. u NULL: none. */
bool users_any(struct users *u, bool *any, struct err *e);

/* Another number whenever another process changed something; 0 while there is no file. */
int64_t users_version(struct users *u);

/* Makes an account from name, person, role and hash; user->id is set. ERR_CONFLICT when the name is
 * taken, ERR_USAGE when it is no name. */
bool users_add(struct users *u, struct user *user, struct wall now, struct err *e);

/* By name or by number. ERR_NOT_FOUND. */
bool users_named(struct users *u, const char *name, struct user *user, struct err *e);
bool users_numbered(struct users *u, int64_t id, struct user *user, struct err *e);

/* A new password ends every session and the calendar of the account, and so does disabling it;
 * enabling it does not bring them back. once_until_s as in struct user. ERR_CONFLICT for what would
 * leave the station without an enabled administrator while it has one. */
bool users_set_hash(struct users *u, int64_t id, const char *hash, int64_t once_until_s,
		    struct err *e);
bool users_set_enabled(struct users *u, int64_t id, bool enabled, struct err *e);
bool users_set_role(struct users *u, int64_t id, enum role role, struct err *e);

/* How many enabled accounts may give the station this command; 0 without a file. */
bool users_count_may(struct users *u, const char *command, int *count, struct err *e);

/* [{"id", "user", "name", "person", "role", "enabled", "must_change", "login", "once_until"}], the
 * times in this zone, or null; NULL + err. The caller owns it. */
json_t *users_list(struct users *u, const struct tz *tz, struct err *e);
/* The same of one, without the times. */
json_t *users_json(const struct user *user);

/* Sessions. A token is 256 bits of chance in hex; only its SHA-256 is kept. */
#define SESSION_TOKEN_BYTES 65
/* A week: an operator's phone is not asked every morning, a phone that was lost is out by itself.
 * OWASP ASVS 5.0, 7.3 leaves the length to the risk. */
#define SESSION_S (7 * 24 * 3600)

/* Begins one and notes the login. ERR_LOGIN when the account was disabled meanwhile. */
bool users_begin_session(struct users *u, int64_t id, struct wall now,
			 char token[static SESSION_TOKEN_BYTES], struct err *e);
/* Where a session is used, for its owner to recognise: the visitor's address, and what the program
 * calls itself (User-Agent). Either may be "". */
bool users_describe_session(struct users *u, const char *token, const char *address,
			    const char *agent, struct err *e);
/* Whose it is: user->id 0 when it is nobody's (any more). False + err only for a fault. */
bool users_session(struct users *u, const char *token, struct wall now, struct user *user,
		   struct err *e);
/* True if it was a session of an account that is disabled now: then its owner is told so. */
bool users_shut_out(struct users *u, const char *token, struct wall now);
/* Fine for one that is nobody's. */
bool users_end_session(struct users *u, const char *token, struct err *e);
/* All of an account but the one with this token ("" for none). */
bool users_end_others(struct users *u, int64_t id, const char *token, struct err *e);
/* [{"begun", "until", "address", "agent", "own"}], newest first; own: the one with this token.
 * NULL + err. The caller owns it. */
json_t *users_sessions(struct users *u, int64_t id, const char *token, struct wall now,
		       const struct tz *tz, struct err *e);

/* Calendars: an address with a token of its own, which a phone keeps and asks again and again. One
 * an account, until it is taken back, the password changes or the account is disabled. Whoever has
 * it reads the slots and nothing else: a phone's calendar hands its addresses to others (a cloud, a
 * second phone), and must not be handed a session. */

/* Makes one; the one before is good for nothing from now on. ERR_LOGIN when the account was
 * disabled meanwhile. */
bool users_begin_calendar(struct users *u, int64_t id, struct wall now,
			  char token[static SESSION_TOKEN_BYTES], struct err *e);
/* Fine if there is none. */
bool users_end_calendar(struct users *u, int64_t id, struct err *e);
/* When it was made, in this zone; null if there is none. NULL + err. The caller owns it. */
json_t *users_calendar_made(struct users *u, int64_t id, const struct tz *tz, struct err *e);
/* Whose it is: user->id 0 when it is nobody's (any more). False + err only for a fault. */
bool users_calendar(struct users *u, const char *token, struct user *user, struct err *e);

#endif
