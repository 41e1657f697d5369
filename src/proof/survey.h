/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is there of one log on the disk at one moment, for whoever verifies it: nothing is repaired,
 * and a writer may be at work beside. */
#ifndef VX_PROOF_SURVEY_H
#define VX_PROOF_SURVEY_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/stow.h"
#include "proof/tile.h"
#include "proof/tiles.h"
#include "sys/disk.h"

/* The files of one level: full ones 0 … full − 1, as far as their names say, and the growing one
 * behind them. */
struct survey_level {
	int64_t full;
	int64_t missing;  /* the first full one that is not there, −1 none */
	int width;	  /* what the growing one's name promises, 0: there is none */
	struct buf bytes; /* of it */
	char stray[TILE_PATH_BYTES]; /* another that no writer keeps there, not looked at; "" */
	char odd[TILE_PATH_BYTES];   /* the first of a name that tlog-tiles does not know; "" */
};

struct survey {
	struct disk *disk;
	char log[LOG_DIR_BYTES];
	struct buf vkey, checkpoint, witnessed; /* as they stand there; empty: none */
	struct survey_level levels[TILE_LEVELS];
	struct survey_level entries;
	int64_t count;	/* whole entries, as far as the files say: of full bundles 256 each */
	size_t whole;	/* bytes of whole entries in entries.bytes */
	/* LOG/recent is there: a writer is at work, or the power was cut and nobody has opened the
	 * log since. Entries that stand there alone are among those counted; tiles may lack
	 * the hashes of entries from this index on. INT64_MAX: they are all there. */
	int64_t settled;
};

/* Reads in the order opposite to that of the writer (checkpoint, tiles, entries), so that what is
 * read later is never behind. ERR_NOT_FOUND: no such log. Caller: survey_finish. */
bool survey_make(struct survey *s, struct disk *d, const char *log, struct err *e);
void survey_finish(struct survey *s);

/* The bytes of a full bundle, or of the growing one; b is for those that are read. form: of the
 * file. False: it cannot be read. Any thread on a real disk, a buf each. */
bool survey_bundle(const struct survey *s, int64_t bundle, struct buf *b, const char **data,
		   size_t *len, enum stow_form *form);

/* The hashes of a tile that are there, at most 256, into b. How many; a remainder that is no whole
 * hash is not looked at unless the tile is the growing one. */
size_t survey_tile(const struct survey *s, int level, int64_t n, struct buf *b);

/* The log's whole entries [from, to) in order, as far as they can be read; each() returns false to
 * stop. False: a bundle could not be read to its end. */
bool survey_read(const struct survey *s, int64_t from, int64_t to,
		 bool (*each)(int64_t index, const char *text, size_t len, void *arg), void *arg);

#endif
