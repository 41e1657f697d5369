/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/stretch.h"

#include "base/civil.h"
#include "proof/bundle.h"
#include "proof/canonical.h"

#include <string.h>

/* What one walk needs beside its result. */
struct walk {
	struct stretch *t;
	const struct survey *s;
	int64_t base;
	struct stretch_size *sizes;
	int size_count;
	struct buf bundle, tile, level1;
	size_t level1_count, told_count;
	struct merkle own, told; /* of the present bundle */
	bool same;		 /* told is not kept: it is own so far */
};

static void first_of(int64_t *n, int64_t at)
{
	if (*n < 0)
		*n = at;
}

static bool time_reads(const char *at, size_t len)
{
	static const struct tz none; /* not asked: an offset stands in the text */
	char text[40];
	struct wall t;

	if (len < 20 || len >= sizeof(text))
		return false;
	memcpy(text, at, len);
	text[len] = '\0';
	/* With an offset, or it would be anybody's local time. */
	if (text[len - 1] != 'Z' && text[len - 6] != '+' && text[len - 6] != '-')
		return false;
	return wall_parse(text, &none, &t);
}

static enum entry_fault fault_of(const char *text, size_t len, int64_t number)
{
	struct canonical c;

	if (!canonical_read(text, len, &c))
		return ENTRY_SHAPE;
	if (c.n != number)
		return ENTRY_NUMBER;
	if (!time_reads(c.at, c.at_len))
		return ENTRY_TIME;
	return c.kind_len > 0 ? ENTRY_FINE : ENTRY_KIND;
}

static void blame(struct walk *w, int64_t index, enum entry_fault fault)
{
	if (fault == ENTRY_FINE || w->t->bad >= 0)
		return;
	w->t->bad = index;
	w->t->fault = fault;
}

static void note_sizes(struct walk *w, int64_t size)
{
	for (int i = 0; i < w->size_count; i++) {
		struct stretch_size *wanted = &w->sizes[i];

		if (wanted->size != size)
			continue;
		wanted->own = w->t->own;
		merkle_join(&wanted->own, &w->own);
		wanted->told = w->t->told;
		merkle_join(&wanted->told, w->same ? &w->own : &w->told);
	}
}

/* What the tile says of it. Where it says nothing, nothing is gained by guessing: the entry's own
 * hash stands for it. */
static void told_leaf(struct walk *w, int64_t index, const struct hash *leaf, struct hash *told)
{
	size_t place = (size_t)(index % TILE_WIDTH);

	*told = *leaf;
	if (place < w->told_count)
		memcpy(told->bytes, w->tile.data + place * HASH_BYTES, HASH_BYTES);
	else
		first_of(&w->t->untold, index);
}

/* leaf: NULL if the entry is not there: its hash is unknown, and the tile's word goes on in both
 * trees; `unreadable` says from where on the first is not the entries' own. */
static void add_leaf(struct walk *w, int64_t index, const struct hash *leaf)
{
	const struct hash unknown = {{0}};
	struct hash told;

	told_leaf(w, index, leaf != NULL ? leaf : &unknown, &told);
	if (leaf != NULL && !hash_equal(&told, leaf)) {
		first_of(&w->t->differs, index);
		if (w->same)
			w->told = w->own;
		w->same = false;
	}
	merkle_add(&w->own, 0, leaf != NULL ? leaf : &told);
	if (!w->same)
		merkle_add(&w->told, 0, &told);
	note_sizes(w, index + 1);
}

/* The root of a full bundle, against the tile above. */
static void compare_above(struct walk *w, int64_t bundle)
{
	size_t place = (size_t)(bundle % TILE_WIDTH);
	struct hash root;

	if (w->t->unreadable >= 0)
		return;
	merkle_root(&w->own, &root);
	if (place >= w->level1_count)
		first_of(&w->t->untold1, bundle);
	else if (memcmp(w->level1.data + place * HASH_BYTES, root.bytes, HASH_BYTES) != 0)
		first_of(&w->t->level1, bundle);
}

static void walk_entries(struct walk *w, int64_t first, int64_t count)
{
	const char *data, *text;
	size_t len, at = 0, text_len;
	enum stow_form form;
	struct hash leaf;

	bool there = survey_bundle(w->s, first / TILE_WIDTH, &w->bundle, &data, &len, &form);
	for (int64_t i = first; i < first + count; i++) {
		there = there && bundle_next(data, len, &at, &text, &text_len);
		if (there) {
			merkle_leaf(text, text_len + 1, &leaf);
			blame(w, i, fault_of(text, text_len, w->base + i));
		} else {
			blame(w, i, ENTRY_UNREADABLE);
			first_of(&w->t->unreadable, i);
		}
		add_leaf(w, i, there ? &leaf : NULL);
	}
	if (there && at < len)
		blame(w, first + count - 1, ENTRY_TRAILED);
	if (there && form == STOW_ODD)
		first_of(&w->t->repacked, first);
}

static void walk_bundle(struct walk *w, int64_t first, int64_t count)
{
	w->own = (struct merkle){0};
	w->same = true;
	w->told_count = survey_tile(w->s, 0, first / TILE_WIDTH, &w->tile);
	walk_entries(w, first, count);
	if (count == TILE_WIDTH)
		compare_above(w, first / TILE_WIDTH);
	merkle_join(&w->t->own, &w->own);
	merkle_join(&w->t->told, w->same ? &w->own : &w->told);
}

void stretch_walk(struct stretch *t, const struct survey *s, int64_t first, int64_t base,
		  struct stretch_size *sizes, int size_count)
{
	struct walk w = {.t = t, .s = s, .base = base, .sizes = sizes, .size_count = size_count};
	int64_t left = s->count - first;

	*t = (struct stretch){.first = first, .bad = -1, .unreadable = -1, .differs = -1,
			      .untold = -1, .level1 = -1, .untold1 = -1, .repacked = -1};
	t->count = left < STRETCH_ENTRIES ? left : STRETCH_ENTRIES;
	w.level1_count = survey_tile(s, 1, first / STRETCH_ENTRIES, &w.level1);
	for (int64_t i = 0; i < t->count; i += TILE_WIDTH)
		walk_bundle(&w, first + i,
			    t->count - i < TILE_WIDTH ? t->count - i : TILE_WIDTH);
	buf_finish(&w.bundle);
	buf_finish(&w.tile);
	buf_finish(&w.level1);
}
