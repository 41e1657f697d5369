/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each level has one growing tile. Its file is appended to and renamed to its new width, like the
 * growing bundle; unlike there nothing depends on its being durable, since the open after a power
 * cut makes the growing tiles anew and any full one that is not there. A full one is taken as it
 * is by then, so it is synced before it gets its final name; and so are those above the leaves,
 * which get a hash in 256 entries. */
#include "proof/tiles.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/tile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FULL_BYTES (TILE_WIDTH * HASH_BYTES)

struct level {
	struct hash hashes[TILE_WIDTH];
	int width;	 /* hashes in the growing tile */
	int name_width;	 /* what its file is called; 0: none yet */
	int64_t tile;	 /* its number */
	struct disk_file *file; /* NULL: the next write makes it anew */
};

struct tiles {
	struct disk *disk;
	char log[LOG_DIR_BYTES];
	bool believe;
	bool reader; /* writes nothing: tiles_root */
	int64_t size; /* leaves to be loaded */
	struct merkle tree;
	struct level levels[TILE_LEVELS];
};

const struct merkle *tiles_tree(const struct tiles *t)
{
	return &t->tree;
}

static void drop_file(struct level *l)
{
	disk_close(l->file);
	l->file = NULL;
}

/* A tile as a new file, left open behind its hashes. */
static bool write_tile(struct tiles *t, int level, int64_t n, int width,
		       const struct hash *hashes, struct disk_file **f, struct err *e)
{
	char path[TILE_PATH_BYTES], dir[TILE_PATH_BYTES];

	if (width == TILE_WIDTH)
		tile_parent(t->log, level, n, dir);
	else
		tile_partial_dir(t->log, level, n, dir);
	tile_path(t->log, level, n, width, path);
	return disk_make_dir(t->disk, dir, e) &&
	       disk_open(t->disk, path, DISK_CREATE | DISK_FRESH, f, e) &&
	       disk_write(*f, hashes, (size_t)width * HASH_BYTES, e) &&
	       ((level == 0 && width < TILE_WIDTH) || disk_sync(*f, e));
}

static bool write_anew(struct tiles *t, int level, struct err *e)
{
	struct level *l = &t->levels[level];

	drop_file(l);
	l->name_width = l->width;
	return write_tile(t, level, l->tile, l->width, l->hashes, &l->file, e);
}

static bool write_next(struct tiles *t, int level, struct err *e)
{
	struct level *l = &t->levels[level];
	char from[TILE_PATH_BYTES], to[TILE_PATH_BYTES];

	if (l->file == NULL)
		return write_anew(t, level, e);
	if (!disk_write(l->file, &l->hashes[l->width - 1], HASH_BYTES, e) ||
	    ((level > 0 || l->width == TILE_WIDTH) && !disk_sync(l->file, e)))
		return false;
	tile_path(t->log, level, l->tile, l->name_width, from);
	tile_path(t->log, level, l->tile, l->width, to);
	if (!disk_rename(t->disk, from, to, e))
		return false;
	l->name_width = l->width;
	return true;
}

/* MTH of a full tile's hashes. */
static void root_of(const struct hash *hashes, struct hash *root)
{
	struct merkle m = {0};

	for (int i = 0; i < TILE_WIDTH; i++)
		merkle_add(&m, 0, &hashes[i]);
	merkle_root(&m, root);
}

/* Its name becomes durable before the open after a power cut ceases to look for it, which is when
 * the tile above is full. */
static bool next_tile(struct tiles *t, int level, struct err *e)
{
	struct level *l = &t->levels[level];
	char dir[TILE_PATH_BYTES];
	struct err ignored;

	drop_file(l);
	tile_partial_dir(t->log, level, l->tile, dir);
	disk_remove(t->disk, dir, &ignored);
	tile_parent(t->log, level, l->tile, dir);
	l->tile++;
	l->width = l->name_width = 0;
	return disk_sync_dir(t->disk, dir, e);
}

static bool add_to(struct tiles *t, int level, const struct hash *h, struct err *e)
{
	struct level *l = &t->levels[level];
	struct hash root;

	must(level < TILE_LEVELS);
	l->hashes[l->width++] = *h;
	if (!write_next(t, level, e))
		return false;
	if (l->width < TILE_WIDTH)
		return true;
	root_of(l->hashes, &root);
	return next_tile(t, level, e) && add_to(t, level + 1, &root, e);
}

bool tiles_add(struct tiles *t, const struct hash *leaf, struct err *e)
{
	merkle_add(&t->tree, 0, leaf);
	return add_to(t, 0, leaf, e) ||
	       err_wrap(e, T("không ghi được cây băm của nhật ký",
			     "cannot write the log's hashes"));
}

bool tiles_settle(struct tiles *t, struct err *e)
{
	char dir[TILE_PATH_BYTES];

	for (int level = 0; level < TILE_LEVELS; level++) {
		const struct level *l = &t->levels[level];

		if (l->file == NULL)
			continue;
		tile_partial_dir(t->log, level, l->tile, dir);
		if (!disk_sync(l->file, e) || !disk_sync_dir(t->disk, dir, e))
			return false;
	}
	return true;
}

bool tiles_read_back(struct tiles *t, struct err *e)
{
	const struct level *l = &t->levels[0];
	struct hash back[TILE_WIDTH];
	size_t len = (size_t)l->width * HASH_BYTES;
	char path[TILE_PATH_BYTES];

	if (l->name_width == 0)
		return true; /* it has just begun */
	tile_path(t->log, 0, l->tile, l->name_width, path);
	if (disk_size(l->file) == (int64_t)len && disk_read_at(l->file, 0, back, len, e) &&
	    memcmp(back, l->hashes, len) == 0)
		return true;
	return err_set(e, ERR_DAMAGED, T("%s: đĩa trả lại khác với những gì vừa ghi",
					 "%s: the disk gives back other bytes"), path);
}

static bool add_leaf(int64_t n, const char *text, size_t len, void *arg)
{
	struct hash **next = arg;
	char line[ENTRY_BYTES_MAX + 1];

	(void)n;
	memcpy(line, text, len);
	line[len] = '\n'; /* the leaf is the entry as it stands in its bundle */
	merkle_leaf(line, len + 1, (*next)++);
	return true;
}

static bool leaves(struct journal *j, int64_t from, int64_t to, struct hash *out, struct err *e)
{
	return journal_read(j, from, to, add_leaf, &out, e);
}

static bool read_tile(struct tiles *t, int level, int64_t n, struct hash *hashes)
{
	char path[TILE_PATH_BYTES];
	struct buf b = {0};
	struct err ignored;

	tile_path(t->log, level, n, TILE_WIDTH, path);
	bool there = disk_read(t->disk, path, FULL_BYTES, &b, &ignored) && b.len == FULL_BYTES;
	if (there)
		memcpy(hashes, b.data, FULL_BYTES);
	buf_finish(&b);
	return there;
}

/* The hashes of a full tile, from its file; if that is missing, from what lies below, and the file
 * is written. */
static bool full_tile(struct tiles *t, struct journal *j, int level, int64_t n,
		      struct hash *hashes, struct err *e)
{
	struct hash below[TILE_WIDTH];
	struct disk_file *f = NULL;

	if (t->believe && read_tile(t, level, n, hashes))
		return true;
	bool ok = level > 0 || leaves(j, n * TILE_WIDTH, (n + 1) * TILE_WIDTH, hashes, e);
	for (int i = 0; ok && level > 0 && i < TILE_WIDTH; i++) {
		ok = full_tile(t, j, level - 1, n * TILE_WIDTH + i, below, e);
		if (ok)
			root_of(below, &hashes[i]);
	}
	ok = ok && (t->reader || write_tile(t, level, n, TILE_WIDTH, hashes, &f, e));
	disk_close(f);
	return ok;
}

/* Every full tile of the level that is not there is made, and what grows above is filled. */
static bool load_level(struct tiles *t, struct journal *j, int level, struct err *e)
{
	struct level *l = &t->levels[level];
	int64_t below = t->size >> (8 * level); /* hashes on this level */
	bool all = !t->believe && !t->reader && level > 0;

	/* Below a full tile nothing is looked at again, unless nothing is believed. */
	for (int64_t n = 0; all && n < below / TILE_WIDTH * TILE_WIDTH; n++) {
		struct hash hashes[TILE_WIDTH];

		if (!full_tile(t, j, level - 1, n, hashes, e))
			return false;
	}
	l->tile = below / TILE_WIDTH;
	l->width = (int)(below % TILE_WIDTH);
	if (level == 0)
		return leaves(j, l->tile * TILE_WIDTH, below, l->hashes, e);
	for (int i = 0; i < l->width; i++) {
		struct hash hashes[TILE_WIDTH];

		if (!full_tile(t, j, level - 1, l->tile * TILE_WIDTH + i, hashes, e))
			return false;
		root_of(hashes, &l->hashes[i]);
	}
	return true;
}

struct sweep {
	struct tiles *t;
	const char *dir;
	struct buf names;
};

static void keep_name(const char *name, void *arg)
{
	struct sweep *s = arg;

	buf_add(&s->names, name, strlen(name) + 1);
}

/* Widths of earlier moments; only what this program calls so is removed. */
static void sweep_partials(struct tiles *t, int level)
{
	char dir[TILE_PATH_BYTES], path[TILE_PATH_BYTES + 8];
	struct sweep s = {.t = t, .dir = dir};
	struct err ignored;

	tile_partial_dir(t->log, level, t->levels[level].tile, dir);
	disk_list(t->disk, dir, keep_name, &s, &ignored);
	for (size_t at = 0; at < s.names.len; at += strlen(s.names.data + at) + 1) {
		const char *name = s.names.data + at;
		long width = strtol(name, NULL, 10);

		if (width < 1 || width >= TILE_WIDTH || width == t->levels[level].width)
			continue;
		snprintf(path, sizeof(path), "%s/%ld", dir, width);
		disk_remove(t->disk, path, &ignored);
	}
	buf_finish(&s.names);
}

static void sum_up(struct tiles *t)
{
	for (int level = TILE_LEVELS - 1; level >= 0; level--)
		for (int i = 0; i < t->levels[level].width; i++)
			merkle_add(&t->tree, 8 * level, &t->levels[level].hashes[i]);
}

static bool load(struct tiles *t, struct journal *j, struct err *e)
{
	for (int level = TILE_LEVELS - 1; level >= 0; level--)
		if (!load_level(t, j, level, e))
			return false;
	sum_up(t);
	must(t->tree.size == t->size);
	for (int level = 0; level < TILE_LEVELS && !t->reader; level++) {
		if (t->levels[level].width == 0)
			continue;
		if (!write_anew(t, level, e))
			return false;
		sweep_partials(t, level);
	}
	return true;
}

static struct tiles *create(struct disk *d, const char *log, int64_t size, bool believe)
{
	struct tiles *made = calloc(1, sizeof(*made));

	must(made != NULL && strlen(log) < sizeof(made->log));
	made->disk = d;
	made->size = size;
	made->believe = believe;
	snprintf(made->log, sizeof(made->log), "%s", log);
	return made;
}

bool tiles_root(struct disk *d, const char *log, struct journal *j, int64_t size, bool believe,
		struct hash *root, struct err *e)
{
	struct tiles *t = create(d, log, size, believe);

	must(size > 0 && size <= journal_count(j));
	t->reader = true;
	bool ok = load(t, j, e);
	if (ok)
		merkle_root(&t->tree, root);
	tiles_close(t);
	return ok;
}

bool tiles_open(struct tiles **t, struct disk *d, const char *log, struct journal *j,
		bool believe, struct err *e)
{
	struct tiles *made = create(d, log, journal_count(j), believe);

	bool ok = load(made, j, e);
	made->believe = true;
	if (!ok) {
		tiles_close(made);
		return err_wrap(e, T("không mở được cây băm của nhật ký",
				     "cannot open the log's hashes"));
	}
	*t = made;
	return true;
}

void tiles_close(struct tiles *t)
{
	if (t == NULL)
		return;
	for (int level = 0; level < TILE_LEVELS; level++)
		drop_file(&t->levels[level]);
	free(t);
}
