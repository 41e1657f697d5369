/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What verify*.c share; nobody else includes it. */
#ifndef VX_PROOF_VERIFY_INSIDE_H
#define VX_PROOF_VERIFY_INSIDE_H

#include "proof/verify.h"

#define SIZES_MAX 5 /* signed, remembered, seen by witnesses, named by the next log: head and all */
enum { SIZE_SIGNED, SIZE_REMEMBERED, SIZE_WITNESSED, SIZE_CONTINUED, SIZE_KEPT };

/* All stretches of one log together. Indices are of the log, −1 none. */
struct whole {
	const struct verify_log *log;
	const struct verify_log *next; /* NULL: it is the newest */
	struct stretch_size sizes[SIZES_MAX]; /* size 0: not asked for; roots of all before */
	struct hash roots[SIZES_MAX];
	/* Whose hashes must be in the tiles, though LOG/recent is there: a head is written behind
	 * them, and since then the machine has not lost anything. 0: that is not known. */
	int64_t tiled;
	int64_t bad, unreadable, differs, untold, level1, untold1, repacked;
	enum entry_fault fault;
	struct hash *hashes; /* of level 2, as the entries give them */
	int64_t hash_count;
};

/* Says what is wrong, given which of entries and tiles lead to a known root. */
void verify_judge(const struct whole *w, const struct verify_setup *how, struct verdict *verdict);

/* How many entries or hashes a level's files have, by their names. */
int64_t verify_promised(const struct survey_level *l);

/* Names files of names that no log has where something is missing beside them. known: how many
 * entries somebody knows to have been. */
void verify_names(const struct whole *w, int64_t known, struct verdict *verdict);

/* How many of its entries the log's own head or the next log vouches for; 0 where they are not all
 * there. */
int64_t verify_vouched(const struct verify_log *l);

/* Holds the log against what the one after it says of it. */
void verify_next(const struct whole *w, struct verdict *verdict);

/* Which of the two leads to the root that somebody signed or remembers. */
enum side {
	SIDE_UNKNOWN, /* there is no such root to ask */
	SIDE_ENTRIES, /* the entries: where a tile differs, it is the tile's fault */
	SIDE_TILES,   /* the tiles: an entry was changed */
	SIDE_NEITHER,
};

/* Tiles of levels 1 and above; reach: entries of which that is known. */
void verify_tiles(const struct whole *w, enum side side, int64_t reach, struct verdict *verdict);

/* Whether each later log's key is one that the log before names, or the caller knows; and whether
 * the log is there whose key the last one names. */
void verify_keys(const struct verify *v, struct verdict *verdict);

#endif
