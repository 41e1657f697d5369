/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said to a witness of the log's head and what it answers (C2SP tlog-witness,
 * add-checkpoint). Pure. */
#ifndef VX_PROOF_WITNESS_H
#define VX_PROOF_WITNESS_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/checkpoint.h"

#include <stddef.h>
#include <stdint.h>

/* Behind the witness's address. */
#define WITNESS_PATH "/add-checkpoint"
#define WITNESS_REPLY_BYTES_MAX 16384

enum witness_code {
	WITNESS_SIGNED,	  /* it has seen this head and put its name under it */
	WITNESS_BEHIND,	  /* what it saw last was smaller or larger than we thought: ask again */
	WITNESS_LARGER,	  /* it has seen a larger head than the log has entries */
	WITNESS_FORKED,	  /* what it has seen is not the beginning of this log */
	WITNESS_STRANGER, /* it does not know this log, or not its key */
	WITNESS_FAULTY,	  /* anything else that is no answer */
};

struct witness_word {
	enum witness_code code;
	int64_t size;	/* BEHIND, LARGER: what it has seen */
	int64_t time_s; /* SIGNED: when it signed, POSIX seconds, by its own clock */
	struct buf lines; /* SIGNED: its signature lines by the key that we know; the caller's */
};

/* Appends the body: that it has seen the first `old` entries (0: nothing), the consistency proof
 * from there (count hashes), and the checkpoint (a whole note, len bytes). */
void witness_request(int64_t old, const struct hash *path, int count, const char *checkpoint,
		     size_t len, struct buf *out);

/* What was asked, to be held against the answer. */
struct witness_asked {
	const char *checkpoint; /* the note */
	size_t len;
	int64_t size, old, entries; /* of it; as in the request; that the log has now */
	const struct note_verifier *key; /* the witness's, a NOTE_COSIGNATURE */
};

/* Judges an answer with that HTTP status and body. Lines by others than the key are left out; a
 * wrong line by it is FAULTY. */
void witness_judge(const struct witness_asked *a, int status, const char *body, size_t len,
		   struct witness_word *w);

/* The signature lines that stand under a note (len bytes): where they begin; NULL in what is no
 * note. */
const char *witness_lines(const char *note, size_t len);

#endif
