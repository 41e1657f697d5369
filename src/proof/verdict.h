/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a verification has looked at and found, for people and for programs. */
#ifndef VX_PROOF_VERDICT_H
#define VX_PROOF_VERDICT_H

#include "base/err.h"
#include "base/limits.h"
#include "proof/tile.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What can be checked; a count of each, and of what is wrong with it. */
enum verdict_check {
	CHECK_ENTRIES,	  /* each well-formed, in its place, and what was signed */
	CHECK_TILES,	  /* hashes on the disk are those of the entries */
	CHECK_HEADS,	  /* signed heads: their signature and their root */
	CHECK_CHAIN,	  /* each later log names the end of the one before */
	CHECK_VIEW,	  /* rows of view.sqlite */
	CHECK_MASTERS,	  /* files of sound named by the log */
	CHECK_ORIGINALS,  /* as they were sent in, kept for ever beside the masters */
	CHECK_RECORDINGS, /* of the mix */
	CHECK_KEPT,	  /* what is gone may be gone; what aired lies in a recording of its time */
	CHECK_TABLES,	  /* in a pack, line by line */
	CHECK_TEXTS,	  /* what a pack says of itself */
	CHECK_OUTCOMES,	  /* each intent has one outcome */
	CHECK_LEVELS,	  /* levels of proof, against what the same entries tell */
	CHECK_APPROVALS,  /* what aired had been approved */
	CHECK_TIMETABLES, /* texts that were in force, and airings and misses that they explain */
	VERDICT_CHECKS,
};

#define FINDINGS_MAX 100 /* kept; the rest are only counted */

struct finding {
	enum verdict_check check;
	const char *code; /* for programs: "entry-changed", … */
	char log[LOG_DIR_BYTES]; /* "" not in a log */
	int64_t n;	  /* number of the entry, −1: none can be named */
	char file[PATH_BYTES]; /* relative to the folder, "" none */
	char text[ERR_TEXT_BYTES];
};

#define NOTES_MAX 32

/* What is no difference and still must be told. */
struct verdict_note {
	const char *code;
	int64_t count;
	bool grave; /* whoever tells of the verdict in one word must tell of this as well */
	char text[ERR_TEXT_BYTES];
};

struct verdict {
	struct {
		bool done;
		int64_t count, differ;
	} checks[VERDICT_CHECKS];
	struct finding *findings; /* in the order in which they were found */
	int finding_count;
	int64_t differ; /* all, those not kept included */
	struct verdict_note notes[NOTES_MAX];
	int note_count;
};

void verdict_init(struct verdict *v);
void verdict_finish(struct verdict *v);

/* The check was made; so many were looked at, added to those before. */
void verdict_checked(struct verdict *v, enum verdict_check check, int64_t count);

/* A difference. log and file may be "". In the language of the thread. */
void verdict_differs(struct verdict *v, enum verdict_check check, const char *code,
		     const char *log, int64_t n, const char *file, const char *fmt, ...)
	__attribute__((format(printf, 7, 8)));

void verdict_note(struct verdict *v, const char *code, int64_t count, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The same, of a grave one: the folder cannot show who is right. */
void verdict_warn(struct verdict *v, const char *code, int64_t count, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Whether there is such a note. */
bool verdict_warns(const struct verdict *v);

/* The one to name first: in the order of the checks, since what stands on a damaged log says
 * nothing by itself; within one, as found. NULL: no difference. */
const struct finding *verdict_first(const struct verdict *v);

/* "entries", "tiles", … */
const char *verdict_check_code(enum verdict_check check);

/* One line for people: what was checked, in words, and how many. */
void verdict_check_text(const struct verdict *v, enum verdict_check check,
			char out[static ERR_TEXT_BYTES]);

/* {ok, first, checks, differences, notes}; the caller's. */
json_t *verdict_json(const struct verdict *v);

#endif
