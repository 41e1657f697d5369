/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/regrow.h"

#include "base/text.h"
#include "proof/bundle.h"
#include "proof/journal.h"
#include "proof/merkle.h"
#include "proof/shelf.h"

#include <inttypes.h>
#include <string.h>

struct growing {
	bool hashes; /* of the entries, not themselves */
	struct buf *out;
	struct buf line;
	int count;
};

static bool add_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct growing *g = arg;
	uint8_t header[2];
	struct hash leaf;

	(void)n;
	buf_reset(&g->line);
	buf_add(&g->line, text, len);
	buf_add(&g->line, "\n", 1);
	if (g->hashes) {
		merkle_leaf(g->line.data, g->line.len, &leaf);
		buf_add(g->out, leaf.bytes, HASH_BYTES);
	} else {
		bundle_header(g->line.len, header);
		buf_add(g->out, header, sizeof(header));
		buf_add(g->out, g->line.data, g->line.len);
	}
	g->count++;
	return true;
}

static bool from_entries(struct disk *d, const struct tile_name *t, struct buf *out, struct err *e)
{
	struct growing g = {.hashes = t->level != TILE_ENTRIES, .out = out};
	int64_t from = t->n * BUNDLE_ENTRIES, to = from + t->width;
	struct journal *j;

	if (!journal_peek(&j, d, t->log, e))
		return false;
	bool ok = to <= journal_count(j) ||
		  err_set(e, ERR_NOT_FOUND,
			  T("%s có %" PRId64 " mục", "%s has %" PRId64 " entries"), t->log,
			  journal_count(j));
	ok = ok && journal_read(j, from, to, add_entry, &g, e) && g.count == t->width;
	journal_close(j);
	buf_finish(&g.line);
	return ok;
}

static bool root_below(struct disk *d, const struct tile_name *t, int i, struct buf *out,
		       struct err *e)
{
	struct tile_name below = *t;
	struct merkle m = {0};
	struct buf b = {0};
	struct hash h;

	below.level = t->level - 1;
	below.n = t->n * TILE_WIDTH + i;
	below.width = TILE_WIDTH;
	bool ok = shelf_read(d, &below, &b, e);
	for (int k = 0; ok && k < TILE_WIDTH; k++) {
		memcpy(h.bytes, b.data + (size_t)k * HASH_BYTES, HASH_BYTES);
		merkle_add(&m, 0, &h);
	}
	if (ok) {
		merkle_root(&m, &h);
		buf_add(out, h.bytes, HASH_BYTES);
	}
	buf_finish(&b);
	return ok;
}

bool regrow(struct disk *d, const struct tile_name *t, struct buf *out, struct err *e)
{
	size_t begin = out->len;
	bool ok = true;

	if (t->level == TILE_ENTRIES || t->level == 0)
		ok = from_entries(d, t, out, e);
	else
		for (int i = 0; ok && i < t->width; i++)
			ok = root_below(d, t, i, out, e);
	if (!ok)
		out->len = begin;
	return ok;
}
