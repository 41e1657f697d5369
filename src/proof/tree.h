/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a log's tree from its tiles: roots of any size, and the paths that prove. What it gives
 * is as good as the tiles; whoever relies on it holds it against a signed head (merkle_climb). */
#ifndef VX_PROOF_TREE_H
#define VX_PROOF_TREE_H

#include "base/err.h"
#include "proof/merkle.h"
#include "proof/tile.h"
#include "sys/disk.h"

/* A path has at most so many hashes (a level each, and the subtrees beside). */
#define TREE_PATH_MAX 64

struct tree {
	struct disk *disk;
	char log[LOG_DIR_BYTES];
	int64_t size; /* of the tree; its partial tiles, or wider ones, must be there */
	/* The tile that was read last. */
	int level;
	int64_t tile;
	int width; /* 0: none */
	struct hash hashes[TILE_WIDTH];
};

void tree_init(struct tree *t, struct disk *d, const char *log, int64_t size);

/* The root of the first `size` leaves, size ≤ t->size. */
bool tree_root(struct tree *t, int64_t size, struct hash *root, struct err *e);

/* The inclusion proof of leaf n (RFC 6962, 2.1.1), sibling first. */
bool tree_path(struct tree *t, int64_t n, struct hash path[static TREE_PATH_MAX], int *count,
	       struct err *e);

/* The consistency proof from the first `old` leaves, 1 ≤ old ≤ size (RFC 6962, 2.1.2). */
bool tree_extension(struct tree *t, int64_t old, struct hash path[static TREE_PATH_MAX],
		    int *count, struct err *e);

#endif
