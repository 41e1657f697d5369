/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A log's signed head (C2SP tlog-checkpoint): which log, how many entries, and the root over them.
 * Pure. */
#ifndef VX_PROOF_CHECKPOINT_H
#define VX_PROOF_CHECKPOINT_H

#include "base/buf.h"
#include "proof/merkle.h"
#include "proof/note.h"

struct checkpoint {
	char origin[NOTE_NAME_BYTES];
	int64_t size;
	struct hash root;
};

/* A hash as text: 44 characters of base64 (RFC 4648, section 4). */
#define HASH_TEXT_BYTES 45
void hash_print(const struct hash *h, char out[static HASH_TEXT_BYTES]);
/* text: len bytes; false for what is not exactly such a text. */
bool hash_parse(const char *text, size_t len, struct hash *h);

/* Appends the three lines that are signed. */
void checkpoint_print(const struct checkpoint *c, struct buf *out);

/* The text of a note (len bytes), over at least one entry; lines behind the third are allowed and
 * skipped. */
bool checkpoint_parse(const char *text, size_t len, struct checkpoint *c, struct err *e);

/* Appends the whole note: text, empty line, signature. */
void checkpoint_sign(const struct checkpoint *c, const struct note_signer *s, struct buf *out);

/* A whole note that the log's own key (the first of known) and perhaps witnesses signed. The
 * origin must be that key's name. o may be NULL. */
bool checkpoint_open(const char *note, size_t len, const struct note_verifier *known, int count,
		     struct checkpoint *c, struct note_opened *o, struct err *e);

#endif
