/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every subtree of 2^i leaves that starts at a multiple of 2^i lies in one tile, as 2^(i mod 8)
 * neighbours. The recursion is that of the RFC; it ends at the first such subtree. */
#include "proof/tree.h"

#include "base/must.h"
#include "proof/shelf.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tree_init(struct tree *t, struct disk *d, const char *log, int64_t size)
{
	must(strlen(log) < sizeof(t->log) && size >= 0);
	*t = (struct tree){.disk = d, .size = size};
	snprintf(t->log, sizeof(t->log), "%s", log);
}

static bool read_tile(struct tree *t, int level, int64_t n, struct err *e)
{
	int64_t hashes = t->size >> (8 * level), left = hashes - n * TILE_WIDTH;
	int width = left < TILE_WIDTH ? (int)left : TILE_WIDTH;
	struct buf b = {0};

	if (t->width > 0 && t->level == level && t->tile == n)
		return true;
	must(width > 0);
	t->width = 0;
	struct tile_name name = {.level = level, .n = n, .width = width};
	memcpy(name.log, t->log, sizeof(name.log));
	bool ok = shelf_read(t->disk, &name, &b, e);
	if (!ok)
		e->kind = ERR_DIFFERS; /* the log has that many entries */
	if (ok) {
		memcpy(t->hashes, b.data, (size_t)width * HASH_BYTES);
		t->level = level;
		t->tile = n;
		t->width = width;
	}
	buf_finish(&b);
	return ok;
}

/* 2^height leaves from `from`, a multiple of it, all within t->size. */
static bool subtree(struct tree *t, int64_t from, int height, struct hash *out, struct err *e)
{
	int level = height / 8, within = height % 8;
	int64_t first = from >> (8 * level);
	struct merkle m = {0};

	if (!read_tile(t, level, first / TILE_WIDTH, e))
		return false;
	for (int i = 0; i < 1 << within; i++)
		merkle_add(&m, 0, &t->hashes[first % TILE_WIDTH + i]);
	merkle_root(&m, out);
	return true;
}

/* The largest power of two below n ≥ 2, as its exponent. */
static int split(int64_t n)
{
	int height = 0;

	while (INT64_C(2) << height < n)
		height++;
	return height;
}

/* MTH(D[from:to]). */
static bool range(struct tree *t, int64_t from, int64_t to, struct hash *out, struct err *e)
{
	struct merkle m = {0};

	/* from is a multiple of every subtree's size that follows: they only get smaller. */
	while (from < to) {
		int height = to - from == 1 ? 0 : split(to - from + 1);
		struct hash h;

		if (!subtree(t, from, height, &h, e))
			return false;
		merkle_add(&m, height, &h);
		from += INT64_C(1) << height;
	}
	merkle_root(&m, out);
	return true;
}

bool tree_root(struct tree *t, int64_t size, struct hash *root, struct err *e)
{
	must(size >= 0 && size <= t->size);
	return range(t, 0, size, root, e);
}

static void reverse(struct hash *path, int count)
{
	for (int i = 0; i < count / 2; i++) {
		struct hash kept = path[i];

		path[i] = path[count - 1 - i];
		path[count - 1 - i] = kept;
	}
}

/* Down from the root; the path is told from the leaf. */
bool tree_path(struct tree *t, int64_t n, struct hash path[static TREE_PATH_MAX], int *count,
	       struct err *e)
{
	int64_t from = 0, to = t->size;

	must(n >= 0 && n < t->size);
	for (*count = 0; to - from > 1; ++*count) {
		int64_t middle = from + (INT64_C(1) << split(to - from));
		bool left = n < middle;

		if (!range(t, left ? middle : from, left ? to : middle, &path[*count], e))
			return false;
		from = left ? from : middle;
		to = left ? middle : to;
	}
	reverse(path, *count);
	return true;
}

bool tree_extension(struct tree *t, int64_t old, struct hash path[static TREE_PATH_MAX],
		    int *count, struct err *e)
{
	int64_t from = 0, to = t->size;
	bool known = true; /* the subtree is what the asker's root stands for */

	must(old >= 1 && old <= t->size);
	for (*count = 0; to != old; ++*count) {
		int64_t middle = from + (INT64_C(1) << split(to - from));
		bool left = old <= middle;

		if (!range(t, left ? middle : from, left ? to : middle, &path[*count], e))
			return false;
		known = known && left;
		from = left ? from : middle;
		to = left ? middle : to;
	}
	if (!known && !range(t, from, to, &path[(*count)++], e))
		return false;
	reverse(path, *count);
	return true;
}
