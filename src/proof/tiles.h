/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Merkle tiles of a log on the disk (C2SP tlog-tiles), written behind its entries. They follow
 * from the entries: whatever is missing or torn is made again from them. */
#ifndef VX_PROOF_TILES_H
#define VX_PROOF_TILES_H

#include "proof/journal.h"
#include "proof/merkle.h"
#include "sys/disk.h"

#define TILE_LEVELS 4 /* 256^4 entries: a hundred a second for a year */

struct tiles;

/* Brings the tiles on the disk up to the journal's entries. Growing tiles are made anew. believe:
 * full ones that are there are taken as they are, for the sake of the time it takes to start
 * (whoever signs compares the root with what was signed before); else all are made anew. One
 * thread. */
bool tiles_open(struct tiles **t, struct disk *d, const char *log, struct journal *j,
		bool believe, struct err *e);
void tiles_close(struct tiles *t); /* NULL is fine */

/* The root of the journal's first `size` entries (0 < size ≤ its count), for who must not change
 * anything yet. believe: out of the full tiles that are there; else of the entries alone. Writes
 * nothing. */
bool tiles_root(struct disk *d, const char *log, struct journal *j, int64_t size, bool believe,
		struct hash *root, struct err *e);

/* One more leaf; on return it is written to its tile, and what became full is durable. A growing
 * tile is not: it follows from entries that are, and the next open makes it anew. After false the
 * disk may have any part of it: close, and open again later. */
bool tiles_add(struct tiles *t, const struct hash *leaf, struct err *e);

/* Makes the growing tiles durable, for who ends and leaves the log to others. */
bool tiles_settle(struct tiles *t, struct err *e);

/* Reads the growing tile of leaves back from the disk: ERR_DAMAGED when it is not what was
 * written. */
bool tiles_read_back(struct tiles *t, struct err *e);

/* All leaves so far. */
const struct merkle *tiles_tree(const struct tiles *t);

#endif
