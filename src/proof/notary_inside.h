/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What notary.c and notary_open.c share; nobody else includes it. */
#ifndef VX_PROOF_NOTARY_INSIDE_H
#define VX_PROOF_NOTARY_INSIDE_H

#include "proof/journal.h"
#include "proof/notary.h"
#include "proof/tile.h"
#include "proof/tiles.h"

struct notary {
	struct disk *disk;
	char log[LOG_DIR_BYTES];
	char boot[BOOT_ID_BYTES];
	struct note_signer key;
	struct heads heads;
	struct heads_file *heads_file;
	struct journal *journal;
	struct tiles *tiles;  /* NULL: to be opened again before the next append */
	int64_t head;	      /* size of the checkpoint on the disk, 0 none */
	int64_t silent_to;
	bool held;
	char previous_vkey[NOTE_KEY_BYTES];
	int64_t kept_size;	/* see struct notary_state; of a log that has no entry yet */
	struct hash kept_root;
	char next_vkey[NOTE_KEY_BYTES]; /* of a key that is ready or announced, "" none */
	bool rotates; /* it is announced, and waits until all entries have a signed head */
};

/* A small file, replaced at once; durable once its folder is synced. flags: DISK_SECRET or 0. */
bool notary_put(struct notary *n, const char *path, int flags, const struct buf *b,
		struct err *e);

/* The same of one line. */
bool notary_put_line(struct notary *n, const char *path, int flags, const char *text,
		     struct err *e);

/* A secret key in a file; false when there is none. */
bool notary_read_signer(struct notary *n, const char *path, struct note_signer *s);

/* Rotation, see notary_next.c. Makes the key of the next log, of that name. */
bool notary_next_make(struct notary *n, const char *name, const uint8_t *seed, struct err *e);
/* Whether the log's entries have announced one; else one that is there is dropped. */
bool notary_next_announced(struct notary *n);
/* It is the key from now on, as far as this process goes; false when there is none. */
bool notary_next_take(struct notary *n);
/* It is in its place. */
void notary_next_done(struct notary *n);

/* Makes tiles and head durable, for a log that nobody will open to repair them. */
bool notary_settle(struct notary *n, struct err *e);

/* Signs the head over all entries if there is none yet and it may be. */
bool notary_sign(struct notary *n, struct err *e);

#endif
