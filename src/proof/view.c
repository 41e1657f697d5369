/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/view.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/bind.h"
#include "proof/view_airing.h"
#include "proof/view_schema.h"
#include "sys/plain.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUSY_MS 500 /* only another writer makes us wait, and there should be none */

bool view_fault(struct view *v, const char *what, struct err *e)
{
	int code = sqlite3_errcode(v->db) & 0xff;

	if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
		v->damaged = true;
	if (v->damaged)
		return err_set(e, ERR_DIFFERS,
			       T("view.sqlite hỏng (%s: %s); làm lại từ nhật ký: vangxa rebuild",
				 "view.sqlite is damaged (%s: %s); make it anew: vangxa rebuild"),
			       what, sqlite3_errmsg(v->db));
	if (code == SQLITE_CANTOPEN)
		return err_set(e, ERR_FAILED,
			       T("%s: không mở được (%s); làm lại từ nhật ký: vangxa rebuild",
				 "%s: cannot be opened (%s); make it anew: vangxa rebuild"),
			       what, sqlite3_errmsg(v->db));
	return err_set(e, code == SQLITE_FULL ? ERR_NO_SPACE : ERR_FAILED,
		       "view.sqlite: %s: %s", what, sqlite3_errmsg(v->db));
}

static bool run_text(struct view *v, const char *sql, struct err *e)
{
	return sqlite3_exec(v->db, sql, NULL, NULL, NULL) == SQLITE_OK || view_fault(v, "SQL", e);
}

bool view_prepare(struct view *v, sqlite3_stmt **s, const char *sql, struct err *e)
{
	if (*s != NULL) {
		sqlite3_reset(*s);
		sqlite3_clear_bindings(*s);
		return true;
	}
	bind_forget();
	return sqlite3_prepare_v3(v->db, sql, -1, SQLITE_PREPARE_PERSISTENT, s, NULL) ==
	       SQLITE_OK || view_fault(v, "SQL", e);
}

bool view_run(struct view *v, sqlite3_stmt *s, struct err *e)
{
	int code = sqlite3_step(s);
	bool ok = code == SQLITE_DONE || code == SQLITE_ROW || view_fault(v, "SQL", e);

	sqlite3_reset(s);
	return ok;
}

static int64_t pragma(struct view *v, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int64_t value = -1;

	if (sqlite3_prepare_v2(v->db, sql, -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return value;
}

static bool load_progress(struct view *v, struct err *e)
{
	sqlite3_stmt *s = NULL;

	if (!view_prepare(v, &s, "SELECT applied, first_sha256, last_sha256 FROM progress", e))
		return false;
	bool ok = sqlite3_step(s) == SQLITE_ROW || view_fault(v, "SQL", e);
	if (ok) {
		v->applied = sqlite3_column_int64(s, 0);
		v->odd = v->applied > 0;
		snprintf(v->first_sha256, sizeof(v->first_sha256), "%s",
			 (const char *)sqlite3_column_text(s, 1));
		snprintf(v->last_sha256, sizeof(v->last_sha256), "%s",
			 (const char *)sqlite3_column_text(s, 2));
	}
	sqlite3_finalize(s);
	return ok;
}

/* synchronous=NORMAL: after a power cut the view may lack entries, which the log has and the next
 * open brings; it is whole all the same. The road not taken: FULL, which syncs for each entry once
 * more what the log has synced already, on the station's main thread, where a disk that hangs would
 * stop everything. */
static bool prepare_writer(struct view *v, struct err *e)
{
	if (!run_text(v, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", e))
		return false;
	if (pragma(v, "PRAGMA user_version") == 0 &&
	    pragma(v, "SELECT count(*) FROM sqlite_schema") == 0)
		return run_text(v, "BEGIN IMMEDIATE;" VIEW_SCHEMA, e) &&
		       run_text(v, "PRAGMA user_version = 16; COMMIT;", e);
	return true;
}

static bool open_view(struct view **v, const char *path, int flags, struct err *e)
{
	struct view *made = calloc(1, sizeof(*made));

	must(made != NULL);
	_Static_assert(VIEW_VERSION == 16, "PRAGMA user_version above");
	bool ok = plain_database(path, e) &&
		  (sqlite3_open_v2(path, &made->db, flags, NULL) == SQLITE_OK ||
		   view_fault(made, path, e));
	if (ok)
		sqlite3_busy_timeout(made->db, BUSY_MS);
	ok = ok && (!(flags & SQLITE_OPEN_CREATE) || prepare_writer(made, e));
	if (ok && pragma(made, "PRAGMA user_version") != VIEW_VERSION)
		ok = err_set(e, ERR_DIFFERS,
			     T("%s: không phải bản này của vangxa; chạy: vangxa rebuild",
			       "%s: not of this version; run: vangxa rebuild"), path);
	ok = ok && load_progress(made, e);
	if (!ok) {
		view_close(made);
		return false;
	}
	*v = made;
	return true;
}

bool view_open(struct view **v, const char *path, struct err *e)
{
	return open_view(v, path,
			 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, e);
}

bool view_open_read(struct view **v, const char *path, struct err *e)
{
	return open_view(v, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, e);
}

bool view_open_scratch(struct view **v, struct err *e)
{
	return view_open_loose(v, "", e);
}

bool view_open_loose(struct view **v, const char *path, struct err *e)
{
	if (!view_open(v, path, e))
		return false;
	sqlite3_exec((*v)->db,
		     "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;",
		     NULL, NULL, NULL);
	return true;
}

void view_close(struct view *v)
{
	if (v == NULL)
		return;
	view_airing_forget(v);
	buf_finish(&v->last);
	sqlite3_finalize(v->event);
	sqlite3_finalize(v->bulletin);
	sqlite3_finalize(v->decide);
	sqlite3_finalize(v->edit);
	sqlite3_finalize(v->replace);
	sqlite3_finalize(v->airing);
	sqlite3_finalize(v->aired);
	sqlite3_finalize(v->check);
	sqlite3_finalize(v->take_back);
	sqlite3_finalize(v->recording);
	sqlite3_finalize(v->lost);
	sqlite3_finalize(v->order);
	sqlite3_finalize(v->prefix);
	sqlite3_finalize(v->written);
	sqlite3_finalize(v->correction);
	sqlite3_finalize(v->approval);
	sqlite3_finalize(v->count_anew);
	sqlite3_finalize(v->progress);
	sqlite3_close_v2(v->db);
	free(v);
}

void view_remove(const char *path)
{
	static const char *const tails[] = {"", "-wal", "-shm"};
	char name[PATH_BYTES + 8];

	if (strcmp(path, ":memory:") == 0)
		return;
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof(name), "%s%s", path, tails[i]);
		remove(name);
	}
}

bool view_begin(struct view *v, struct err *e)
{
	v->applying = v->applied;
	view_airing_forget(v);
	buf_reset(&v->last);
	memcpy(v->applying_first, v->first_sha256, sizeof(v->applying_first));
	memcpy(v->applying_last, v->last_sha256, sizeof(v->applying_last));
	return run_text(v, "BEGIN IMMEDIATE", e);
}

bool view_commit(struct view *v, struct err *e)
{
	if (v->last.len > 0)
		view_hash(v->last.data, v->last.len, v->applying_last);
	if (!view_airing_settle(v, e))
		return false;
	if (!view_prepare(v, &v->progress,
			  "UPDATE progress SET applied = ?1, first_sha256 = ?2,"
			  " last_sha256 = ?3", e))
		return false;
	sqlite3_bind_int64(v->progress, 1, v->applying);
	sqlite3_bind_text(v->progress, 2, v->applying_first, -1, SQLITE_STATIC);
	sqlite3_bind_text(v->progress, 3, v->applying_last, -1, SQLITE_STATIC);
	if (!view_run(v, v->progress, e) || !run_text(v, "COMMIT", e))
		return false;
	v->applied = v->applying;
	memcpy(v->first_sha256, v->applying_first, sizeof(v->first_sha256));
	memcpy(v->last_sha256, v->applying_last, sizeof(v->last_sha256));
	return true;
}

void view_rollback(struct view *v)
{
	view_airing_forget(v);
	if (!sqlite3_get_autocommit(v->db))
		sqlite3_exec(v->db, "ROLLBACK", NULL, NULL, NULL);
}

void view_hash(const char *text, size_t len, char out[static SHA256_HEX_BYTES])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)text, len);
	sodium_bin2hex(out, SHA256_HEX_BYTES, hash, sizeof(hash));
}
