/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How an entry becomes durable. The growing bundle is one file that is appended to, never
 * rewritten:
 *
 *   1. write length + entry behind the W entries of <N>.p/<W>
 *   2. fdatasync                      ← from here on it is acknowledged
 *   3. rename to <N>.p/<W+1>          (not synced: after a power cut the name may lag; then
 *                                      the content counts, and journal_open corrects the name)
 *   4. at 256: rename to <N>, sync the folder, and only then begin <N+1>.p
 *
 * The first entry of a bundle goes through <N>.p/new, fdatasync, rename, sync of the folder, so
 * that a file with a number for a name always holds at least so many whole entries: fewer means
 * that the disk lost something it had promised.
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

bool journal_turn_over(struct journal *j, struct err *e)
{
	char parent[TILE_PATH_BYTES], partial[TILE_PATH_BYTES];
	struct err ignored;

	must(j->width == BUNDLE_ENTRIES);
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
	buf_reset(&j->bytes);
	return true;
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
		  disk_write(f, entry->data, entry->len, e) && disk_sync(f, e);
	disk_close(f);
	return ok;
}

/* The growing bundle with one more entry as a file of its own: for the first entry, and whenever
 * the present file cannot be trusted. */
static bool append_anew(struct journal *j, const struct buf *entry, struct err *e)
{
	char fresh[TILE_PATH_BYTES + 8], path[TILE_PATH_BYTES], old[TILE_PATH_BYTES];
	char dir[TILE_PATH_BYTES];
	struct err ignored;

	if (!make_partial_dir(j, e))
		return false;
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	snprintf(fresh, sizeof(fresh), "%s/new", dir);
	/* The full name would be the final one: journal_turn_over gives it. */
	int width = j->width + 1 < BUNDLE_ENTRIES ? j->width + 1 : BUNDLE_ENTRIES - 1;
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
	return journal_file(j, &ignored) || true; /* not open: the next append is anew, too */
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

static bool append_once(struct journal *j, const struct buf *entry, struct err *e)
{
	if (j->width == BUNDLE_ENTRIES && !journal_turn_over(j, e))
		return false;
	if (j->file == NULL) {
		if (!append_anew(j, entry, e))
			return false;
	} else if (!disk_write(j->file, entry->data, entry->len, e)) {
		undo(j, false);
		return false;
	} else if (!disk_sync(j->file, e)) {
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

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	close_file(j);
	buf_finish(&j->bytes);
	buf_finish(&j->cache);
	free(j);
}
