/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One stretch of a log, the entries under one tile of level 1, recomputed from the entries alone
 * and held against the tiles. Stretches are independent of one another, so that each may have a
 * thread. */
#ifndef VX_PROOF_STRETCH_H
#define VX_PROOF_STRETCH_H

#include "proof/merkle.h"
#include "proof/survey.h"

#include <stdbool.h>
#include <stdint.h>

#define STRETCH_ENTRIES ((int64_t)TILE_WIDTH * TILE_WIDTH)

/* A size of the tree whose root somebody will ask for. */
struct stretch_size {
	int64_t size; /* of the whole log, ≥ 1 */
	/* Of the part within its stretch: from the entries, and from what the tiles say. */
	struct merkle own, told;
};

/* What is wrong with an entry by itself. */
enum entry_fault {
	ENTRY_FINE,
	ENTRY_UNREADABLE, /* not there, or bytes that are no entry */
	ENTRY_TRAILED,	  /* behind the last of a full bundle stands something else */
	ENTRY_SHAPE,	  /* not written as entries are (proof/canonical.h) */
	ENTRY_NUMBER,	  /* its n is not its place */
	ENTRY_TIME,	  /* it has no time that can be read */
	ENTRY_KIND,	  /* it does not say what it is */
};

/* Indices are of the log, −1: none. */
struct stretch {
	int64_t first, count;	   /* entries */
	int64_t bad;		   /* the first entry with a fault */
	enum entry_fault fault;
	int64_t unreadable;	   /* from here on the entries' hashes are not known */
	int64_t differs;	   /* the first whose hash is not the one in its tile */
	int64_t untold;		   /* the first that has none there */
	int64_t level1;		   /* the first hash of the tile of level 1 that is not its
				    * bundle's, as its number on that level */
	int64_t untold1;	   /* the first that is not there */
	int64_t repacked;	   /* the first entry of a bundle whose file the station did not
				    * write so (STOW_ODD), whatever is in it */
	struct merkle own, told;   /* of all of it, from the entries, and from the tiles */
};

/* first: a multiple of STRETCH_ENTRIES; base: the number of the log's first entry. sizes: those in
 * (first, first + count] are filled in. Any thread; s only reads. */
void stretch_walk(struct stretch *t, const struct survey *s, int64_t first, int64_t base,
		  struct stretch_size *sizes, int size_count);

#endif
