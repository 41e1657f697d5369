/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One append, in the order in which it becomes true:
 *
 *   1. heads: that such a size may be signed          (durable, once in CEILING_STEP entries)
 *   2. entry, fdatasync                               (journal.c)
 *   3. its hash in the tile                           (tiles.c)
 *   4. both read back
 *   5. checkpoint signed, written beside, renamed over; a copy of the head noted
 *
 * Only the entry is waited for. Growing tiles and checkpoint are functions of the entries and of
 * the key: what a power cut leaves of them is made again from the entries, and an Ed25519 signature
 * over the same head is the same signature. An orderly end makes all of it durable. */
#include "proof/notary.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/notary_inside.h"
#include "proof/tile.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CEILING_AHEAD 8	 /* a disk that loses its last moments loses fewer entries than this */
#define CEILING_STEP 16

static bool write_file(struct notary *n, const char *path, int flags, const struct buf *b,
		       struct err *e)
{
	struct disk_file *f;

	if (!disk_open(n->disk, path, DISK_CREATE | DISK_FRESH | flags, &f, e))
		return false;
	bool ok = disk_write(f, b->data, b->len, e) && disk_sync(f, e);
	disk_close(f);
	return ok;
}

bool notary_put(struct notary *n, const char *path, int flags, const struct buf *b,
		struct err *e)
{
	char fresh[TILE_PATH_BYTES + 8];

	snprintf(fresh, sizeof(fresh), "%s.new", path);
	return write_file(n, fresh, flags, b, e) && disk_rename(n->disk, fresh, path, e);
}

static bool write_over(struct notary *n, const char *path, const struct buf *b)
{
	struct disk_file *f;
	struct err ignored;

	if (!disk_open(n->disk, path, DISK_IN_PLACE, &f, &ignored))
		return false;
	bool ok = disk_size(f) == (int64_t)b->len &&
		  disk_write_at(f, 0, b->data, b->len, &ignored);
	disk_close(f);
	return ok;
}

/* The head that was there becomes the file for the next one: two files take turns, so that no entry
 * makes the file system find and give back blocks (up to milliseconds each), and a power cut leaves
 * a whole head, if an older one. Whoever opened the checkpoint and then slept while two entries
 * came reads a newer one, whose entries are as durable. */
static bool put_head(struct notary *n, const struct buf *b, struct err *e)
{
	char path[TILE_PATH_BYTES], fresh[TILE_PATH_BYTES + 8];
	struct err ignored;

	snprintf(path, sizeof(path), "%s/" NOTARY_CHECKPOINT, n->log);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	return (write_over(n, fresh, b) || write_file(n, fresh, 0, b, e)) &&
	       (disk_exchange(n->disk, fresh, path, &ignored) ||
		disk_rename(n->disk, fresh, path, e));
}

/* Signs the head over all entries, if it may be signed. Failing is no failure of the append. */
static void sign_head(struct notary *n)
{
	const struct merkle *tree = tiles_tree(n->tiles);
	struct checkpoint c = {.size = tree->size};
	struct buf b = {0};
	struct err e;

	if (tree->size == 0 || n->held || tree->size <= n->silent_to ||
	    n->head == tree->size)
		return;
	must(tree->size <= n->heads.ceiling);
	snprintf(c.origin, sizeof(c.origin), "%s", n->key.verifier.name);
	merkle_root(tree, &c.root);
	checkpoint_sign(&c, &n->key, &b);
	if (put_head(n, &b, &e)) {
		n->head = tree->size;
		heads_signed(n->heads_file, &n->heads, tree->size, &c.root);
	}
	buf_finish(&b);
}

/* Announces heads in time: while there is room below the ceiling, failing to raise it can wait. */
static bool may_sign(struct notary *n, int64_t size, struct err *e)
{
	struct err ignored;

	if (size + CEILING_AHEAD <= n->heads.ceiling)
		return true;
	bool raised = heads_raise(n->heads_file, &n->heads, size + CEILING_AHEAD + CEILING_STEP,
				  n->boot, size <= n->heads.ceiling ? &ignored : e);
	return raised || size <= n->heads.ceiling;
}

/* A run that finds everything in order has not said yet that heads may come in this run. */
bool notary_sign(struct notary *n, struct err *e)
{
	int64_t size = tiles_tree(n->tiles)->size;

	if (n->held || size == n->head || size <= n->silent_to)
		return true;
	if (!may_sign(n, size, e))
		return false;
	sign_head(n);
	return true;
}

/* The tiles follow the entries; a disk that was full a moment ago may have room now. */
static bool follow(struct notary *n, struct err *e)
{
	if (n->tiles != NULL)
		return true;
	return tiles_open(&n->tiles, n->disk, n->log, n->journal, true, e);
}

static bool add_hash(struct notary *n, const char *text, size_t len, struct err *e)
{
	char line[ENTRY_BYTES_MAX + 1];
	struct hash leaf;

	memcpy(line, text, len);
	line[len] = '\n';
	merkle_leaf(line, len + 1, &leaf);
	if (tiles_add(n->tiles, &leaf, e))
		return true;
	tiles_close(n->tiles);
	n->tiles = NULL;
	return false;
}

bool notary_append(struct notary *n, const char *text, size_t len, struct err *e)
{
	struct err later;
	int64_t index;

	must(len >= 2 && len <= ENTRY_BYTES_MAX);
	if (!follow(n, e) || !may_sign(n, journal_count(n->journal) + 1, e) ||
	    !journal_append(n->journal, text, len, &index, e))
		return false;
	/* It is in the log from here on, whatever becomes of its hash. */
	if (!add_hash(n, text, len, &later))
		return true;
	if (!journal_read_back(n->journal, text, len, e) || !tiles_read_back(n->tiles, e)) {
		e->kind = ERR_DAMAGED;
		return false;
	}
	sign_head(n);
	return true;
}

bool notary_speak(struct notary *n, struct err *e)
{
	n->held = false;
	return follow(n, e) && notary_sign(n, e);
}

void notary_state(const struct notary *n, struct notary_state *s)
{
	const struct heads *h = &n->heads;

	*s = (struct notary_state){
		.log = h->log,
		.size = journal_count(n->journal),
		.base = h->base,
		.lost = journal_lost(n->journal),
		.head = n->head,
		.silent_to = n->silent_to,
		.held = n->held,
		.reserve_gone = journal_reserve_gone(n->journal),
		.previous_size = h->previous_size,
	};
	s->begun = h->log > 1 && s->size == 0;
	hash_print(&h->root, s->root);
	note_verifier_print(&n->key.verifier, s->vkey);
	snprintf(s->why, sizeof(s->why), "%s", h->why);
	hash_print(&h->previous_root, s->previous_root);
	snprintf(s->previous_vkey, sizeof(s->previous_vkey), "%s", n->previous_vkey);
	s->kept_size = n->kept_size;
	hash_print(&n->kept_root, s->kept_root);
	snprintf(s->next_vkey, sizeof(s->next_vkey), "%s", n->next_vkey);
	s->rotates = n->rotates;
}

/* The order in which journal_close takes LOG/recent away: as long as that is there, tiles and head
 * may be behind. */
bool notary_settle(struct notary *n, struct err *e)
{
	char path[TILE_PATH_BYTES];
	struct disk_file *f;

	if (n->tiles == NULL || n->journal == NULL || n->head == 0)
		return true;
	snprintf(path, sizeof(path), "%s/" NOTARY_CHECKPOINT, n->log);
	if (!tiles_settle(n->tiles, e) || !disk_open(n->disk, path, 0, &f, e))
		return false;
	bool ok = disk_sync(f, e);
	disk_close(f);
	snprintf(path, sizeof(path), "%s/" NOTARY_CHECKPOINT ".new", n->log);
	disk_remove(n->disk, path, e);
	return ok && disk_sync_dir(n->disk, n->log, e);
}

void notary_close(struct notary *n)
{
	struct err ignored;

	if (n == NULL)
		return;
	notary_settle(n, &ignored);
	tiles_close(n->tiles);
	journal_close(n->journal);
	heads_close(n->heads_file);
	sodium_memzero(&n->key, sizeof(n->key));
	free(n);
}
