/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry becomes durable. The growing bundle is one file that is appended to, never
 * rewritten, and the entry stands once more in a file whose size never changes:
 *
 *   1. write length + entry behind the W entries of <N>.p/<W>       (not synced)
 *   2. write it into LOG/recent, fdatasync  ← from here on it is acknowledged
 *   3. rename to <N>.p/<W+1>          (not synced either: after a power cut the bundle's end may
 *                                      be torn and its name lag; journal_open makes both good)
 *   4. every 32 entries or so: fdatasync of the bundle
 *   5. at 256: fdatasync, rename to <N>, sync the folder, and only then begin <N+1>.p
 *
 * Where LOG/recent cannot be had (no room, a bad block) the bundle itself is synced each time.
 *
 * The first entry of a bundle goes through <N>.p/new, fdatasync, rename, sync of the folder. A
 * file with a number for a name promises so many whole entries, in it or in LOG/recent: fewer
 * means that the disk lost something it had promised.
 *
 * After a failed fdatasync the kernel forgets which pages are dirty, and a second one says "fine"
 * about bytes that never reached the disk. So nothing is appended to such a file again: the next
 * append writes the whole bundle anew (from memory, at most 4 MiB) and renames it over. */
#include "proof/journal.h"

#include "base/must.h"
#include "base/text.h"
#include "proof/journal_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STOW_STEPS 4 /* with each bundle that became full: two are needed, an older log has more */

bool journal_file(struct journal *j, struct err *e)
{
	char path[TILE_PATH_BYTES];

	tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, path);
	return disk_open(j->disk, path, 0, &j->file, e);
}

static void close_file(struct journal *j)
{
	disk_close(j->file);
	j->file = NULL;
}

static void everything_settled(struct journal *j)
{
	j->unsettled = false;
	if (j->recent != NULL)
		recent_settled(j->recent);
}

/* Best effort: a name that lags is put right later or at the next open. */
static void rename_to(struct journal *j, int width)
{
	char from[TILE_PATH_BYTES], to[TILE_PATH_BYTES];
	struct err e;

	tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, from);
	tile_path(j->log, TILE_ENTRIES, j->bundle, width, to);
	if (disk_rename(j->disk, from, to, &e))
		j->name_width = width;
}

/* The folder for the growing bundle's partial files, with every folder above it, durably. */
static bool make_partial_dir(struct journal *j, struct err *e)
{
	char dir[TILE_PATH_BYTES], root[TILE_PATH_BYTES];

	tile_root(j->log, TILE_ENTRIES, root);
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	if (!disk_make_dir(j->disk, dir, e))
		return false;
	for (char *slash; (slash = strrchr(dir, '/')) != NULL && strcmp(dir, root) != 0;) {
		*slash = '\0';
		if (!disk_sync_dir(j->disk, dir, e))
			return false;
	}
	return true;
}

static bool write_new(struct journal *j, const char *path, const struct buf *entry, struct err *e)
{
	struct disk_file *f;

	if (!disk_open(j->disk, path, DISK_CREATE | DISK_FRESH, &f, e))
		return false;
	bool ok = disk_write(f, j->bytes.data, j->bytes.len, e) &&
		  (entry == NULL || disk_write(f, entry->data, entry->len, e)) &&
		  disk_sync(f, e);
	disk_close(f);
	return ok;
}

bool journal_anew(struct journal *j, const struct buf *entry, struct err *e)
{
	char fresh[TILE_PATH_BYTES + 8], path[TILE_PATH_BYTES], old[TILE_PATH_BYTES];
	char dir[TILE_PATH_BYTES];
	struct err ignored;

	if (!make_partial_dir(j, e))
		return false;
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	snprintf(fresh, sizeof(fresh), "%s/new", dir);
	/* The full name would be the final one: journal_turn_over gives it. */
	int width = j->width + (entry != NULL ? 1 : 0);
	width = width < BUNDLE_ENTRIES ? width : BUNDLE_ENTRIES - 1;
	tile_path(j->log, TILE_ENTRIES, j->bundle, width, path);
	bool ok = write_new(j, fresh, entry, e) && disk_rename(j->disk, fresh, path, e) &&
		  disk_sync_dir(j->disk, dir, e);
	if (!ok) {
		disk_remove(j->disk, fresh, &ignored);
		return false;
	}
	if (j->name_width != 0 && j->name_width != width) {
		tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, old);
		disk_remove(j->disk, old, &ignored);
	}
	j->name_width = width;
	everything_settled(j);
	return journal_file(j, &ignored) || true; /* not open: the next append is anew, too */
}

/* What only LOG/recent holds durably becomes durable in the bundle. */
static bool settle(struct journal *j, struct err *e)
{
	if (!j->unsettled)
		return true;
	if (j->file != NULL && !disk_sync(j->file, e))
		close_file(j);
	if (j->file == NULL)
		return journal_anew(j, NULL, e);
	everything_settled(j);
	return true;
}

/* Packs what the newest full bundles have left behind; what fails is tried again the next time. */
static void stow(struct journal *j)
{
	struct err ignored;
	bool done;

	for (int64_t n = j->stow_from, i = 0;
	     n < j->bundle - LOG_PLAIN_BUNDLES && i < STOW_STEPS; n++, i++)
		if (stow_bundle(j->disk, j->log, n, &done, &ignored) && done &&
		    n == j->stow_from)
			j->stow_from++;
}

bool journal_turn_over(struct journal *j, struct err *e)
{
	char parent[TILE_PATH_BYTES], partial[TILE_PATH_BYTES];
	struct err ignored;

	must(j->width == BUNDLE_ENTRIES);
	if (!settle(j, e))
		return false;
	if (j->name_width != BUNDLE_ENTRIES) {
		char from[TILE_PATH_BYTES], to[TILE_PATH_BYTES];

		tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, from);
		tile_path(j->log, TILE_ENTRIES, j->bundle, BUNDLE_ENTRIES, to);
		if (!disk_rename(j->disk, from, to, e))
			return false;
		j->name_width = BUNDLE_ENTRIES;
	}
	tile_parent(j->log, TILE_ENTRIES, j->bundle, parent);
	if (!disk_sync_dir(j->disk, parent, e))
		return false;
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, partial);
	disk_remove(j->disk, partial, &ignored); /* stays if somebody put a file there: harmless */
	close_file(j);
	j->bundle++;
	j->width = j->name_width = 0;
	j->no_recent = false;
	stow(j);
	buf_reset(&j->bytes);
	return true;
}

/* Takes a half-written entry off again. A file for which even that fails is not appended to. */
static void undo(struct journal *j, bool synced_badly)
{
	struct err ignored;

	if (!disk_truncate(j->file, (int64_t)j->bytes.len, &ignored) || synced_badly) {
		disk_sync(j->file, &ignored);
		close_file(j);
	}
}

static void drop_recent(struct journal *j)
{
	recent_close(j->recent);
	j->recent = NULL;
	j->no_recent = j->stale_recent = true;
}

/* One that failed may hold an entry that nobody acknowledged, and would overrule the one that comes
 * in its place: so it goes first, when all that it held is durable in the bundle. */
static bool clear_recent(struct journal *j, struct err *e)
{
	if (j->stale_recent && (!settle(j, e) || !recent_remove(j->disk, j->log, e)))
		return false;
	j->stale_recent = false;
	return true;
}

/* It begins empty, when all that was before is durable in the bundles. */
static bool has_recent(struct journal *j)
{
	struct err ignored;

	if (j->recent == NULL && !j->no_recent)
		j->no_recent = !recent_create(&j->recent, j->disk, j->log, &ignored);
	return j->recent != NULL;
}

/* The entry that was just written behind the growing bundle. */
static bool make_durable(struct journal *j, const struct buf *entry, struct err *e)
{
	const char *text = entry->data + 2; /* behind its length */

	if (!has_recent(j) || !recent_has_room(j->recent, entry->len - 2)) {
		if (!disk_sync(j->file, e))
			return false;
		everything_settled(j);
		return true;
	}
	if (recent_put(j->recent, journal_count(j), text, entry->len - 2, e)) {
		j->unsettled = true;
		return true;
	}
	drop_recent(j);
	return false;
}

static bool append_once(struct journal *j, const struct buf *entry, struct err *e)
{
	if (!clear_recent(j, e) || (j->width == BUNDLE_ENTRIES && !journal_turn_over(j, e)))
		return false;
	if (j->file == NULL) {
		if (!journal_anew(j, entry, e))
			return false;
	} else if (!disk_write(j->file, entry->data, entry->len, e)) {
		undo(j, false);
		return false;
	} else if (!make_durable(j, entry, e)) {
		undo(j, true);
		return false;
	}
	j->starts[j->width++] = j->bytes.len;
	buf_add(&j->bytes, entry->data, entry->len);
	return true;
}

static void release_reserve(struct journal *j)
{
	struct err ignored;

	disk_remove(j->disk, JOURNAL_RESERVE, &ignored);
	disk_sync_dir(j->disk, "log", &ignored); /* only then are the blocks free */
	j->reserve_gone = true;
}

static bool append_entry(struct journal *j, const struct buf *entry, struct err *e)
{
	if (append_once(j, entry, e))
		return true;
	if (e->kind != ERR_NO_SPACE || j->reserve_gone)
		return false;
	release_reserve(j);
	return append_once(j, entry, e);
}

/* Tidies names after the entry is durable; whatever fails is repeated by the next append. */
static void after_append(struct journal *j)
{
	struct err ignored;

	if (j->width == BUNDLE_ENTRIES)
		journal_turn_over(j, &ignored);
	else if (j->name_width != j->width)
		rename_to(j, j->width);
}

bool journal_append(struct journal *j, const char *text, size_t len, int64_t *n, struct err *e)
{
	struct buf entry = {0};
	uint8_t header[2];

	must(len >= 2 && len <= ENTRY_BYTES_MAX &&
	     text[0] == '{' && memchr(text, '\n', len) == NULL);
	bundle_header(len + 1, header);
	buf_add(&entry, header, sizeof(header));
	buf_add(&entry, text, len);
	buf_add(&entry, "\n", 1);
	bool ok = append_entry(j, &entry, e);
	buf_finish(&entry);
	if (!ok)
		return err_wrap(e, T("không ghi được nhật ký", "cannot write the log"));
	*n = journal_count(j) - 1;
	after_append(j);
	return true;
}

/* An orderly end leaves the bundles alone. Whatever fails is left to the next open. */
static void finish_recent(struct journal *j)
{
	char dir[TILE_PATH_BYTES];
	struct err ignored;
	bool had = j->recent != NULL;

	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	bool settled = had && settle(j, &ignored) &&
		       (j->width == 0 || disk_sync_dir(j->disk, dir, &ignored));
	recent_close(j->recent);
	if (settled)
		recent_remove(j->disk, j->log, &ignored);
}

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	finish_recent(j);
	close_file(j);
	buf_finish(&j->bytes);
	buf_finish(&j->cache);
	free(j);
}
