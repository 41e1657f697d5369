/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/users_file.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/log.h"
#include "sys/plain.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 500 /* station and web meet only for the moment of a commit */

#define VERSION 3

/* Version 1 had no one-time passwords and did not say where a session is used. */
#define FROM_1                                                                                     \
	"ALTER TABLE users ADD COLUMN once_until_s INTEGER NOT NULL DEFAULT 0;"                    \
	"ALTER TABLE users ADD COLUMN login_s INTEGER NOT NULL DEFAULT 0;"                         \
	"ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';"                        \
	"ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';"

/* Version 2 had no addresses for calendars. */
#define FROM_2                                                                                     \
	"CREATE TABLE calendars (user INTEGER NOT NULL PRIMARY KEY REFERENCES users (id),"         \
	" token BLOB NOT NULL UNIQUE, made_s INTEGER NOT NULL) STRICT;"

#define SCHEMA                                                                                     \
	"CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"     \
	" person TEXT NOT NULL, role TEXT NOT NULL, enabled INTEGER NOT NULL,"                     \
	" hash TEXT NOT NULL, created_s INTEGER NOT NULL) STRICT;"                                 \
	"CREATE TABLE sessions (token BLOB NOT NULL PRIMARY KEY,"                                  \
	" user INTEGER NOT NULL REFERENCES users (id), begun_s INTEGER NOT NULL,"                  \
	" until_s INTEGER NOT NULL) STRICT, WITHOUT ROWID;"                                        \
	"CREATE INDEX sessions_user ON sessions (user);"

bool users_fault(struct users *u, struct err *e)
{
	int code = sqlite3_errcode(u->db) & 0xff;

	return err_set(e, code == SQLITE_FULL ? ERR_NO_SPACE : ERR_FAILED,
		       T("%s: không dùng được (%s); không ai đăng nhập được cho tới khi sửa xong",
			 "%s: cannot be used (%s); nobody can log in until it is mended"),
		       u->path, sqlite3_errmsg(u->db));
}

bool users_run(struct users *u, const char *sql, struct err *e)
{
	return sqlite3_exec(u->db, sql, NULL, NULL, NULL) == SQLITE_OK || users_fault(u, e);
}

bool users_prepare(struct users *u, sqlite3_stmt **s, const char *sql, struct err *e)
{
	return sqlite3_prepare_v2(u->db, sql, -1, s, NULL) == SQLITE_OK || users_fault(u, e);
}

static bool number(struct users *u, const char *sql, int *value, struct err *e)
{
	sqlite3_stmt *s;

	if (!users_prepare(u, &s, sql, e))
		return false;
	bool ok = sqlite3_step(s) == SQLITE_ROW || users_fault(u, e);
	if (ok)
		*value = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return ok;
}

/* The folder of the file; it is there, or its absence is told by what comes next. */
static void make_folder(const char *path)
{
	char dir[PATH_BYTES + 32];

	snprintf(dir, sizeof(dir), "%s", path);
	*strrchr(dir, '/') = '\0';
	mkdir(dir, 0700);
}

/* SQLite would make it readable for all; its -wal and -shm take after the file. */
static bool make_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_errno(e, "%s", path);
	close(fd);
	return true;
}

bool users_finish(struct users *u, sqlite3_stmt *s, struct err *e)
{
	bool ok = sqlite3_step(s) == SQLITE_DONE || users_fault(u, e);

	sqlite3_finalize(s);
	return ok;
}

json_t *users_time(int64_t s, const struct tz *tz)
{
	char text[32];

	if (s == 0)
		return json_null();
	wall_print((struct wall){s * NS_PER_S}, tz, text);
	return json_string(text);
}

/* Station and web may both open an old file: who comes second finds it done. */
static bool renew(struct users *u, const char *steps, int from, struct err *e)
{
	int version = 0;

	if (!users_run(u, "PRAGMA journal_mode=WAL; BEGIN IMMEDIATE;", e))
		return false;
	bool ok = number(u, "PRAGMA user_version", &version, e) &&
		  (version != from || users_run(u, steps, e));
	if (ok && users_run(u, "COMMIT", e))
		return true;
	sqlite3_exec(u->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

static bool strange(const struct users *u, int version, struct err *e)
{
	if (version > VERSION)
		return err_set(e, ERR_FAILED,
			       T("%s: do một bản VangXa mới hơn ghi (kiểu %d, bản này đọc tới kiểu "
				 "%d); hãy cài lại bản VangXa mới, không xóa tệp này",
				 "%s: written by a newer VangXa (form %d, this one reads up to "
				 "form %d); install the newer VangXa again, do not delete this "
				 "file"),
			       u->path, version, VERSION);
	return err_set(e, ERR_FAILED,
		       T("%s: không phải tệp tài khoản của VangXa; lấy lại tệp từ bản sao lưu",
			 "%s: not a file of accounts of VangXa; take it from a backup"), u->path);
}

/* *empty: a file without tables, as a power cut may leave it behind. */
static bool prepare_tables(struct users *u, bool make, bool *empty, struct err *e)
{
	int version = 0, tables = 0;

	_Static_assert(VERSION == 3, "as the steps say");
	*empty = false;
	if (!users_run(u, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;", e) ||
	    !number(u, "PRAGMA user_version", &version, e) ||
	    !number(u, "SELECT count(*) FROM sqlite_schema", &tables, e))
		return false;
	*empty = version == 0 && tables == 0;
	if (version == VERSION || (*empty && !make))
		return true;
	if (version == 1)
		return renew(u, FROM_1 FROM_2 "PRAGMA user_version=3;", 1, e);
	if (version == 2)
		return renew(u, FROM_2 "PRAGMA user_version=3;", 2, e);
	if (!*empty)
		return strange(u, version, e);
	*empty = false;
	return renew(u, SCHEMA FROM_1 FROM_2 "PRAGMA user_version=3;", 0, e);
}

static void close_file(struct users *u)
{
	sqlite3_close_v2(u->db);
	u->db = NULL;
}

bool users_file_open(struct users *u, bool make, struct err *e)
{
	bool empty;

	if (u->db != NULL)
		return true;
	if (!make && access(u->path, F_OK) != 0 && errno == ENOENT)
		return true;
	if (!plain_database(u->path, e) || (make && !make_file(u->path, e)))
		return false;
	bool ok = sqlite3_open_v2(u->path, &u->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				  NULL) == SQLITE_OK ||
		  users_fault(u, e);
	if (ok) {
		sqlite3_busy_timeout(u->db, BUSY_MS);
		ok = prepare_tables(u, make, &empty, e);
	}
	if (!ok || empty)
		close_file(u);
	return ok;
}

/* With its write-ahead log folded in, so that there is one file to move. Fails while anybody has it
 * open, and then is tried by whoever comes next. */
static bool fold_wal(const char *path)
{
	sqlite3 *db = NULL;
	struct err ignored;
	bool ok = plain_database(path, &ignored) &&
		  sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
		  sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL) == SQLITE_OK;

	sqlite3_close_v2(db);
	return ok;
}

/* Older versions had the file in DIR itself, where the web process may no longer write
 * (cli/cmd_web.c). */
static void move_here(const char *dir, const char *path)
{
	char old[PATH_BYTES + 16];

	snprintf(old, sizeof(old), "%s/users.sqlite", dir);
	if (access(path, F_OK) == 0 || access(old, F_OK) != 0 || !fold_wal(old))
		return;
	if (rename(old, path) != 0)
		log_warn(T("%s: không chuyển được vào %s", "%s: cannot be moved to %s"), old,
			 path);
}

struct users *users_create(const char *dir)
{
	struct users *u = calloc(1, sizeof(*u));

	must(u != NULL);
	snprintf(u->path, sizeof(u->path), "%s/" USERS_DIR "/users.sqlite", dir);
	make_folder(u->path);
	move_here(dir, u->path);
	return u;
}

void users_destroy(struct users *u)
{
	if (u == NULL)
		return;
	close_file(u);
	free(u);
}
