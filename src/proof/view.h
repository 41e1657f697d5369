/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite view of the log: opened, filled entry by entry in transactions, thrown away freely. */
#ifndef VX_PROOF_VIEW_H
#define VX_PROOF_VIEW_H

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIEW_INTENTS_MAX 16 /* zones, and what was never ended */

/* One connection; one thread. */
struct view {
	sqlite3 *db;
	/* Prepared at first use. */
	sqlite3_stmt *event, *bulletin, *decide, *edit, *replace, *airing, *aired, *recording;
	sqlite3_stmt *lost, *order, *prefix, *written;
	sqlite3_stmt *check, *take_back;
	sqlite3_stmt *correction, *progress;
	sqlite3_stmt *approval, *count_anew;
	int64_t applied;		/* entries in the view, as committed */
	int64_t applying;		/* with those of the open transaction */
	char first_sha256[SHA256_HEX_BYTES], last_sha256[SHA256_HEX_BYTES];
	char applying_first[SHA256_HEX_BYTES], applying_last[SHA256_HEX_BYTES];
	struct buf last;		/* the newest entry of the open transaction */
	/* Intents of the open transaction without their rows yet: an outcome that follows replaces
	 * the whole row (proof/view_airing.h). */
	struct {
		int64_t n;
		json_t *o;
	} intents[VIEW_INTENTS_MAX];
	int intent_count;
	/* It may hold a miss that a clock set forward made, or an outcome before its intent. */
	bool odd;
	bool nameless;			/* nobody will ask it whose log it is of */
	bool sparse;			/* nor that an airing's entry was written, nor how often
					 * a bulletin aired: neither is kept */
	bool damaged;			/* SQLite said so: only making it anew helps */
};

/* Opens for writing and makes the tables in an empty file. False for a file that is no view of this
 * version (ERR_DIFFERS: throw it away) or cannot be used now. */
bool view_open(struct view **v, const char *path, struct err *e);
bool view_open_read(struct view **v, const char *path, struct err *e);
/* An empty one for somebody's own use that is gone when it is closed: a database on the disk
 * without a name, of which SQLite keeps a part in memory. */
bool view_open_scratch(struct view **v, struct err *e);
/* The same under a name, for another process to read when it is closed; nothing is synced. */
bool view_open_loose(struct view **v, const char *path, struct err *e);
void view_close(struct view *v);

/* Removes the file with its WAL; missing is fine. */
void view_remove(const char *path);

/* A transaction: begin, apply entries in order (n ≥ applying), commit; on any failure
 * view_rollback, and the view is as before. Nobody asks the view until then: rows of intents may
 * wait for the end. */
bool view_begin(struct view *v, struct err *e);
bool view_apply(struct view *v, int64_t n, const char *text, size_t len, struct err *e);
/* The same; o: what json_read makes of text, whose references it may add to. */
bool view_apply_read(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
		     struct err *e);
bool view_commit(struct view *v, struct err *e);
void view_rollback(struct view *v);

/* SHA-256 of an entry's text in hex. */
void view_hash(const char *text, size_t len, char out[static SHA256_HEX_BYTES]);

/* The words of SQLite's last failure in e, and whether the file is damaged; false for `return`. */
bool view_fault(struct view *v, const char *what, struct err *e);

/* Prepares into *s unless it is already there; resets it for a new run. */
bool view_prepare(struct view *v, sqlite3_stmt **s, const char *sql, struct err *e);

/* Runs a statement that gives no rows. */
bool view_run(struct view *v, sqlite3_stmt *s, struct err *e);

#endif
