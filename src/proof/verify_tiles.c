/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tiles above the leaves, and tiles that are not there. */
#include "base/must.h"
#include "base/text.h"
#include "proof/verify_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void file_of(const struct whole *w, int level, int64_t hash,
		    char file[static TILE_PATH_BYTES])
{
	const struct survey *s = &w->log->survey;
	const struct survey_level *l = &s->levels[level];
	int64_t tile = hash / TILE_WIDTH, left = (s->count >> (8 * level)) - tile * TILE_WIDTH;
	int width = left > 0 && left < TILE_WIDTH ? (int)left : TILE_WIDTH;

	tile_path(s->log, level, tile, tile == l->full && l->width > 0 ? l->width : width, file);
}

/* hash: number on the level. */
static void missing(const struct whole *w, int level, int64_t hash, struct verdict *verdict)
{
	char file[TILE_PATH_BYTES];

	file_of(w, level, hash, file);
	verdict_differs(verdict, CHECK_TILES, "tile-missing", w->log->survey.log,
			w->log->base + (hash << (8 * level)), file,
			T("%s: thiếu tệp, hoặc độ dài không đúng",
			  "%s: missing, or not of its length"),
			file);
}

/* One that names more than one entry: when the entries do not lead to the signed root either, one
 * of them was changed together with its hash. */
static void differs(const struct whole *w, int level, int64_t hash, enum side side,
		    struct verdict *verdict)
{
	long long first = w->log->base + (hash << (8 * level));
	long long last = first + (INT64_C(1) << (8 * level)) - 1;
	char file[TILE_PATH_BYTES];

	file_of(w, level, hash, file);
	if (side != SIDE_NEITHER)
		verdict_differs(verdict, CHECK_TILES, "tile-differs", w->log->survey.log, first,
				file, T("%s: mã băm của các mục %lld–%lld bị sửa",
					"%s: the hash of entries %lld–%lld was changed"),
				file, first, last);
	else
		verdict_differs(verdict, CHECK_ENTRIES, "entries-changed", w->log->survey.log,
				first, file,
				T("trong các mục %lld–%lld có mục bị sửa cùng với mã băm của nó",
				  "among entries %lld–%lld one was changed together with its hash"),
				first, last);
}

/* hashes of the level, as the entries give them, against what its tiles say; told up to `reach`
 * hashes must be there. False: one was named. */
static bool compare(const struct whole *w, int level, const struct hash *hashes, int64_t count,
		    int64_t reach, enum side side, struct verdict *verdict)
{
	struct buf b = {0};
	size_t told = 0;
	bool same = true;

	for (int64_t i = 0; same && i < count; i++) {
		if (i % TILE_WIDTH == 0)
			told = survey_tile(&w->log->survey, level, i / TILE_WIDTH, &b);
		size_t place = (size_t)(i % TILE_WIDTH);
		if (place >= told) {
			same = i >= reach;
			if (!same)
				missing(w, level, i, verdict);
			break;
		}
		same = memcmp(b.data + place * HASH_BYTES, hashes[i].bytes, HASH_BYTES) == 0;
		if (!same)
			differs(w, level, i, side, verdict);
	}
	buf_finish(&b);
	return same;
}

/* The hashes of the next level, in place. */
static int64_t go_up(struct hash *hashes, int64_t count)
{
	for (int64_t i = 0; i < count / TILE_WIDTH; i++) {
		struct merkle m = {0};

		for (int k = 0; k < TILE_WIDTH; k++)
			merkle_add(&m, 0, &hashes[i * TILE_WIDTH + k]);
		merkle_root(&m, &hashes[i]);
	}
	return count / TILE_WIDTH;
}

static void count_files(const struct whole *w, struct verdict *verdict)
{
	int64_t files = 0;

	for (int level = 0; level < TILE_LEVELS; level++)
		files += w->log->survey.levels[level].full +
			 (w->log->survey.levels[level].width > 0);
	verdict_checked(verdict, CHECK_TILES, files);
}

/* Of more than its name says there may be one, of an entry that is there. */
static bool too_long(const struct whole *w, int level)
{
	const struct survey_level *l = &w->log->survey.levels[level];
	int64_t hashes = (int64_t)(l->bytes.len / HASH_BYTES);

	return hashes > l->width &&
	       l->full * TILE_WIDTH + hashes > w->log->survey.count >> (8 * level);
}

/* How many entries the tiles must have the hashes of. */
static int64_t owed(const struct whole *w, int64_t reach)
{
	int64_t settled = w->log->survey.settled;

	settled = settled > w->tiled ? settled : w->tiled;
	return reach < settled ? reach : settled;
}

/* Under the name of a narrower one, in a log that was closed: whoever asks for what the head signs
 * does not get it. */
static bool narrow(const struct whole *w, int level, const struct survey_level *l)
{
	return w->log->survey.settled == INT64_MAX && l->width > 0 &&
	       verify_vouched(w->log) >> (8 * level) > l->full * TILE_WIDTH + l->width;
}

/* The growing file has not the length that its name promises, or a full one is of hashes that the
 * log has not. */
static void check_promises(const struct whole *w, struct verdict *verdict)
{
	for (int level = 0; level < TILE_LEVELS; level++) {
		const struct survey_level *l = &w->log->survey.levels[level];
		size_t hashes = l->bytes.len / HASH_BYTES;

		int64_t least = (owed(w, INT64_MAX) >> (8 * level)) - l->full * TILE_WIDTH;

		least = least < l->width ? least : l->width;
		if (level > 0 && w->unreadable < 0 &&
		    l->full * TILE_WIDTH > w->log->survey.count >> (8 * level))
			missing(w, level, w->log->survey.count >> (8 * level), verdict);
		else if (narrow(w, level, l))
			missing(w, level, l->full * TILE_WIDTH + l->width, verdict);
		else if ((int64_t)hashes < least || l->bytes.len % HASH_BYTES != 0 ||
		    too_long(w, level))
			missing(w, level, l->full * TILE_WIDTH + (int64_t)hashes, verdict);
	}
}

void verify_tiles(const struct whole *w, enum side side, int64_t reach, struct verdict *verdict)
{
	int64_t count = w->hash_count, before = verdict->differ;

	reach = owed(w, reach);
	count_files(w, verdict);
	check_promises(w, verdict);
	if (verdict->differ == before && w->untold >= 0 && w->untold < reach)
		missing(w, 0, w->untold, verdict);
	if (w->unreadable >= 0 || side == SIDE_TILES || (side == SIDE_NEITHER && w->differs >= 0))
		return; /* what follows from a changed entry says nothing new */
	if (w->level1 >= 0)
		differs(w, 1, w->level1, side, verdict);
	else if (w->untold1 >= 0 && w->untold1 < reach / TILE_WIDTH)
		missing(w, 1, w->untold1, verdict);
	struct hash *hashes = malloc(((size_t)count + 1) * sizeof(*hashes));
	must(hashes != NULL);
	memcpy(hashes, w->hashes, (size_t)count * sizeof(*hashes));
	for (int level = 2; level < TILE_LEVELS && count > 0; level++) {
		if (!compare(w, level, hashes, count, reach >> (8 * level), side, verdict))
			break;
		count = go_up(hashes, count);
	}
	free(hashes);
}
