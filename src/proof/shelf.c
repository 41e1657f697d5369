/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/shelf.h"

#include "base/text.h"
#include "proof/bundle.h"
#include "proof/merkle.h"
#include "proof/recent.h"
#include "proof/regrow.h"
#include "proof/stow.h"

#include <stdio.h>
#include <string.h>

/* Where the first `width` entries end; 0 if there are not so many. */
static size_t entries_end(const char *data, size_t data_len, int width)
{
	const char *text;
	size_t at = 0, len;

	for (int i = 0; i < width; i++)
		if (!bundle_next(data, data_len, &at, &text, &len))
			return 0;
	return at;
}

/* A cut may leave sectors of zeros; they are no hashes. */
static size_t hashes_end(const struct buf *b, int width)
{
	static const struct hash none;
	size_t end = (size_t)width * HASH_BYTES;

	for (size_t at = 0; at < end; at += HASH_BYTES)
		if (at + HASH_BYTES > b->len || memcmp(b->data + at, none.bytes, HASH_BYTES) == 0)
			return 0;
	return end;
}

/* How much of a file is wanted; 0 if it has too little. */
static size_t wanted(const struct tile_name *t, const struct buf *b)
{
	return t->level == TILE_ENTRIES ? entries_end(buf_str(b), b->len, t->width)
					: hashes_end(b, t->width);
}

static bool try_width(struct disk *d, const struct tile_name *t, int width, struct buf *out)
{
	int64_t most = t->level == TILE_ENTRIES ? BUNDLE_BYTES_MAX : TILE_WIDTH * HASH_BYTES;
	size_t begin = out->len, len = 0;
	char path[TILE_PATH_BYTES];
	struct buf b = {0};
	struct err ignored;

	tile_path(t->log, t->level, t->n, width, path);
	if (t->level == TILE_ENTRIES && width == TILE_WIDTH
		    ? stow_read(d, t->log, t->n, &b, NULL, &ignored)
		    : disk_read(d, path, most, &b, &ignored))
		len = wanted(t, &b);
	if (len > 0)
		buf_add(out, b.data, len);
	buf_finish(&b);
	return out->len > begin;
}

/* LOG/recent is there: a writer is at work, or was cut off and its files are behind. */
static bool is_unsettled(struct disk *d, const char *log)
{
	struct recent_found found;
	bool there = recent_read(d, log, &found);

	recent_found_finish(&found);
	return there;
}

/* From narrow to wide, as a tile grows: what is renamed on the way is met under its wider name. In
 * a log that was ended in order nothing is made anew: there a file that is missing is a damage. */
bool shelf_read(struct disk *d, const struct tile_name *t, struct buf *out, struct err *e)
{
	char path[TILE_PATH_BYTES];

	for (int width = t->width; width <= TILE_WIDTH; width++)
		if (try_width(d, t, width, out))
			return true;
	if (is_unsettled(d, t->log) && regrow(d, t, out, e))
		return true;
	tile_path(t->log, t->level, t->n, t->width, path);
	return err_set(e, ERR_NOT_FOUND, T("thiếu hoặc hỏng: %s", "missing or damaged: %s"), path);
}

enum shelf_kind shelf_kind(const char *path, struct tile_name *t)
{
	const char *name = strchr(path, '/');
	char log[LOG_DIR_BYTES];

	if (tile_parse(path, t))
		return SHELF_TILE;
	if (name == NULL || name - path >= LOG_DIR_BYTES)
		return SHELF_NONE;
	snprintf(log, sizeof(log), "%.*s", (int)(name - path), path);
	bool head = strcmp(name, "/checkpoint") == 0 || strcmp(name, "/vkey") == 0 ||
		    strcmp(name, "/witnessed") == 0;
	return log_dir_number(log) != 0 && head ? SHELF_HEAD : SHELF_NONE;
}
