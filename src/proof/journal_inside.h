/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What journal.c and journal_open.c share; nobody else includes it. */
#ifndef VX_PROOF_JOURNAL_INSIDE_H
#define VX_PROOF_JOURNAL_INSIDE_H

#include "proof/bundle.h"
#include "proof/journal.h"
#include "proof/recent.h"
#include "proof/stow.h"
#include "proof/tile.h"

#define JOURNAL_RESERVE "log/reserve"

struct journal {
	struct disk *disk;
	char log[LOG_DIR_BYTES];
	bool reader;		/* writes nothing: a writer elsewhere does */
	int64_t bundle;		/* the one that grows */
	int width;		/* entries in it */
	int name_width;		/* what its file is called; may lag behind width, 0: no file yet */
	struct buf bytes;	/* the growing bundle: what the file holds, byte for byte */
	size_t starts[BUNDLE_ENTRIES]; /* where each of its entries begins in bytes */
	struct disk_file *file; /* open for appending; NULL: the next append writes the file anew */
	struct recent *recent;	/* what makes entries durable; NULL: the growing file itself does */
	bool no_recent;		/* it failed or cannot be made; tried again with the next bundle */
	bool stale_recent;	/* its file is to be taken away before anything else is appended */
	bool unsettled;		/* some entries of the growing file are durable in recent alone */
	bool reserve_gone;
	int64_t lost;
	int64_t stow_from;	/* all full bundles before it are packed, and not plain */
	int64_t cached;		/* bundle in cache, −1 none */
	struct buf cache;
};

/* Opens the growing bundle's file for appending. */
bool journal_file(struct journal *j, struct err *e);

/* The growing bundle, with one more entry (NULL: without), as a file of its own: for the first
 * entry, and whenever the present file cannot be trusted. Durable on return. */
bool journal_anew(struct journal *j, const struct buf *entry, struct err *e);

/* Gives the full growing bundle its final name and begins the next. */
bool journal_turn_over(struct journal *j, struct err *e);

/* Finds and repairs the growing bundle. */
bool journal_repair(struct journal *j, struct err *e);

#endif
