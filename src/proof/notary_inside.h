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
	char previous_vkey[NOTE_KEY_BYTES];
};

/* A small file, replaced at once. flags: DISK_SECRET or 0. durable: its bytes are, once its folder
 * is synced. */
bool notary_put(struct notary *n, const char *path, int flags, bool durable,
		const struct buf *b, struct err *e);

/* Signs the head over all entries if there is none yet and it may be. */
bool notary_speak(struct notary *n, struct err *e);

#endif
