/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a station remembers of its own signed heads, outside the log's folder: how a log that is
 * shorter than it has been is recognised. */
#ifndef VX_PROOF_HEADS_H
#define VX_PROOF_HEADS_H

#include "base/err.h"
#include "proof/merkle.h"
#include "sys/boot.h"
#include "sys/disk.h"

#define HEADS_DIR "heads"
#define HEADS_WHY_BYTES 32

/* The latest of each kind; zeros where there is none. */
struct heads {
	int log;	     /* number of the log that grows */
	int64_t base;	     /* entries of all logs before it, those that are lost included */
	char why[HEADS_WHY_BYTES]; /* it was begun: code, "" the first */
	int64_t previous_size; /* head of the log before it that was known last */
	struct hash previous_root;
	int64_t size;	     /* its largest signed head */
	struct hash root;
	int64_t ceiling;     /* no head above this was ever signed */
	char boot[BOOT_ID_BYTES]; /* of the machine's run in which that was said */
	char doubt[HEADS_WHY_BYTES]; /* why no head of it is to be signed any more: heads_doubt */
	int64_t doubt_size;
	int doubt_log; /* of which log that was said; the heads of it may be gone */
};

struct heads_file;

/* Reads what DIR/heads holds, if anything; torn lines are skipped. One thread. */
bool heads_open(struct heads_file **f, struct disk *d, struct heads *h, struct err *e);
void heads_close(struct heads_file *f); /* NULL is fine */

/* Reads it for somebody who changes nothing, beside the station; nothing there: log is 0. */
void heads_peek(struct disk *d, struct heads *h);

/* A head was signed. Not durable by itself: a copy that lags raises no false alarm. */
void heads_signed(struct heads_file *f, struct heads *h, int64_t size, const struct hash *root);

/* From here on heads up to that size may be signed, in this run of the machine. Durable on
 * return. */
bool heads_raise(struct heads_file *f, struct heads *h, int64_t ceiling, const char *boot,
		 struct err *e);

/* Another log begins, after the entries of all before it (base). why: a code without spaces.
 * Durable on return. */
bool heads_begin(struct heads_file *f, struct heads *h, int log, int64_t base, const char *why,
		 int64_t previous_size, const struct hash *previous_root, struct err *e);

/* Somebody outside has seen more of that log, or another (why: a code without spaces): whoever
 * opens it to sign ends it, and begins the next behind at least `size` entries. In a file of its
 * own, for who does not write the heads. Durable on return. */
bool heads_doubt(struct disk *d, int log, int64_t size, const char *why, struct err *e);

#endif
