/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A proof that one entry stands in a log, as a text of its own (C2SP tlog-proof v1): the entry, its
 * index, the inclusion path and the signed head. Pure. */
#ifndef VX_PROOF_TLOGPROOF_H
#define VX_PROOF_TLOGPROOF_H

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "proof/checkpoint.h"
#include "proof/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TLOGPROOF_LEAF_BYTES (ENTRY_BYTES_MAX + 1) /* an entry and its newline */
#define TLOGPROOF_BYTES_MAX (NOTE_BYTES_MAX + 2 * ENTRY_BYTES_MAX + TREE_PATH_MAX * 45 + 256)

struct tlogproof {
	char leaf[TLOGPROOF_LEAF_BYTES]; /* of the extra line: what was logged, byte by byte */
	size_t leaf_len;		 /* 0: the proof does not carry it */
	int64_t index;			 /* in its log */
	struct hash path[TREE_PATH_MAX]; /* the leaf's sibling first */
	int count;
	const char *head; /* the checkpoint as it was signed, within the text */
	size_t head_len;
};

/* Appends the text. packed: the extra line has the entry as gzip (half of it; base64 -d | gunzip
 * shows it), where that is shorter. Whoever reads takes both. */
void tlogproof_print(const struct tlogproof *p, bool packed, struct buf *out);

/* The text, len bytes, which must live as long as p->head is used. ERR_DAMAGED when it is no such
 * text. Nothing in it is checked by this. */
bool tlogproof_parse(const char *text, size_t len, struct tlogproof *p, struct err *e);

/* Whether the leaf is entry p->index under that head. ERR_DIFFERS when it is not. */
bool tlogproof_climb(const struct tlogproof *p, const struct checkpoint *c, struct err *e);

/* Whether the leaf is entry p->index of the log whose key this is, by the signed head, which goes
 * to c. ERR_DIFFERS when it is not, ERR_DAMAGED when the head is none. */
bool tlogproof_check(const struct tlogproof *p, const struct note_verifier *key,
		     struct checkpoint *c, struct err *e);

#endif
