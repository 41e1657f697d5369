/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the pack share. */
#ifndef VX_PROOF_PARCEL_INSIDE_H
#define VX_PROOF_PARCEL_INSIDE_H

#include "base/buf.h"
#include "base/limits.h"
#include "base/text.h"
#include "proof/checkpoint.h"
#include "proof/parcel.h"
#include "proof/tile.h"
#include "sys/zip.h"

/* One log as its head was when the pack was begun: what grows meanwhile is not in it. */
struct parcel_log {
	char dir[LOG_DIR_BYTES];
	struct buf head, vkey;
	struct buf witnessed; /* empty: no outsider has signed yet */
	struct checkpoint c;
	int64_t count; /* entries that go along: all that were there, signed or not */
};

/* All logs that are signed, in their order; logs: LOGS_MAX of them. ERR_NOT_FOUND: none is.
 * Caller, in any case: parcel_logs_finish. */
bool parcel_logs_find(struct disk *d, struct parcel_log *logs, int *count, struct err *e);
void parcel_logs_finish(struct parcel_log *logs, int count);

/* What the pack says about itself: made of the period and the logs' heads, so that whoever has
 * them makes the same. */
enum parcel_text { TEXT_README_VI, TEXT_README_EN, TEXT_ABOUT, TEXT_VERIFIER, PARCEL_TEXTS };
#define PARCEL_ABOUT "pack.json"
#define PARCEL_FORMS "forms/"
extern const char *const parcel_text_names[PARCEL_TEXTS];

/* Appends one of them. entries: of which the tables were made. */
void parcel_text(enum parcel_text which, const struct parcel *p, const struct parcel_log *logs,
		 int count, int64_t entries, struct buf *out);

/* SHA-256 of all that this program's texts have in common, whatever the period: two programs of
 * one such hash make the same texts. For people: pack.json may say what it likes. */
void parcel_texts_hash(char out[static SHA256_HEX_BYTES]);

/* Where tables go: into the pack, or beside those of one for comparison. */
struct parcel_sink {
	bool (*begin)(void *arg, const char *name, struct err *e);
	bool (*more)(void *arg, const void *data, size_t len, struct err *e);
	/* A recording of the period, before the table that names it: its bytes in the pack, −1 if
	 * it is gone. */
	bool (*sound)(void *arg, const char *file, int64_t *bytes, struct err *e);
	void *arg;
};

/* Tables and recordings of the period, and the columns of all four. */
void parcel_heads(struct buf *out);
bool parcel_tables(const struct parcel *p, const struct parcel_sink *out, struct err *e);

/* PARCEL_ABOUT, what the pack says of itself to a program, one line of JSON: by it the tables can
 * be made anew from the log. entries: of which they were made. */
void parcel_about(const struct parcel *p, int64_t entries, struct buf *out);
/* Grows when a pack is made otherwise than parcel_form_hash and parcel_texts_hash can tell: other
 * rows, numbers written in another way, other files. 2: those two, and `form`. 3: the
 * column sum of what aired in part, or in some zones. */
#define PARCEL_FORMAT 3
#define PARCEL_FORMAT_OLD 1 /* up to which nothing tells how its tables were made */

/* SHA-256 of the tables' columns and of all words that may stand in them, in both languages. */
void parcel_form_hash(char out[static SHA256_HEX_BYTES]);

/* "vangxa 0.1+1a2b3c4d": two builds that are called so make the same pack of the same log. */
#define PARCEL_PROGRAM_BYTES 48
void parcel_program(char out[static PARCEL_PROGRAM_BYTES]);

struct parcel_said {
	int64_t format;
	int64_t entries;	 /* of which its tables were made */
	enum text_reader reader; /* in whose language they speak */
	json_t *forms;	/* as struct parcel's, the caller's (json_decref); NULL: none */
	bool ours;	/* this very program has made it, as it says, … */
	bool same_form; /* … or one that makes the same tables */
};

/* What a pack says of itself, into p (first, last, tz, silent) and said; ours also where the rest
 * cannot be read. */
bool parcel_about_read(const char *text, size_t len, struct parcel *p, struct parcel_said *said,
		       struct err *e);

#endif
