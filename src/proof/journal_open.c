/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening the log after whatever happened to it. What a power cut leaves: a torn or whole entry
 * that nobody acknowledged, a name that lags, a "new" that never got its number. Whatever is
 * counted here is synced again before anything is built on it: after kill -9 the last entry may
 * be visible and yet not be on the disk. */
#include "base/must.h"
#include "base/text.h"
#include "proof/journal_inside.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEEKS_MAX 5 /* a writer renames the growing bundle's file with each entry */

/* What stands in the entries folders. */
struct scan {
	int64_t full;	  /* how many full bundles */
	int64_t last_full; /* −1 none */
	int64_t plain;	  /* the first full one that is not packed, −1 none */
	int64_t last_partial; /* largest N of the <N>.p, −1 none */
	struct buf folders; /* "x001\0…": still to walk, of the folder being listed */
	int64_t prefix;
};

/* "067.p" → 67; −1 for other names. */
static int partial_digits(const char *name, size_t len)
{
	char digits[4] = {0};

	if (len != 5 || strcmp(name + 3, ".p") != 0 || name[0] == 'x')
		return -1;
	memcpy(digits, name, 3);
	return tile_digits(digits);
}

static void see_name(const char *name, void *arg)
{
	struct scan *s = arg;
	size_t len = strlen(name);
	int partial = partial_digits(name, len), full;
	bool packed;

	if (name[0] == 'x' && tile_digits(name) >= 0) {
		buf_add(&s->folders, name, len + 1);
		return;
	}
	int64_t n = s->prefix * 1000;
	if (partial >= 0) {
		n += partial;
		s->last_partial = n > s->last_partial ? n : s->last_partial;
		return;
	}
	full = stow_digits(name, &packed);
	if (full < 0)
		return;
	n += full;
	if (!packed && (s->plain < 0 || n < s->plain))
		s->plain = n;
	s->full += n != s->last_full; /* both for a while, one behind the other */
	s->last_full = n > s->last_full ? n : s->last_full;
}

static bool walk(struct journal *j, struct scan *s, const char *dir, int64_t prefix, int depth,
		 struct err *e)
{
	char below[TILE_PATH_BYTES];
	struct buf folders;
	bool ok;

	s->prefix = prefix;
	ok = disk_list(j->disk, dir, see_name, s, e);
	folders = s->folders;
	s->folders = (struct buf){0};
	for (size_t at = 0; ok && depth < 2 && at < folders.len; at += 5) {
		snprintf(below, sizeof(below), "%s/%s", dir, folders.data + at);
		ok = walk(j, s, below, prefix * 1000 + tile_digits(folders.data + at),
			  depth + 1, e);
	}
	buf_finish(&folders);
	return ok;
}

/* Which bundle grows: the one behind the full ones, of which none may be missing. */
static bool find_growing(struct journal *j, struct err *e)
{
	struct scan s = {.last_full = -1, .last_partial = -1, .plain = -1};
	char root[TILE_PATH_BYTES];

	tile_root(j->log, TILE_ENTRIES, root);
	if (!walk(j, &s, root, 0, 0, e))
		return false;
	if (s.full != s.last_full + 1 || s.last_partial > s.last_full + 1)
		return err_set(e, ERR_DIFFERS,
			       T("nhật ký bị hỏng: thiếu tệp trong %s; hãy chép lại từ bản sao lưu",
				 "the log is damaged: a file is missing in %s; restore a copy"),
			       root);
	j->bundle = s.last_full + 1;
	j->stow_from = s.plain >= 0 ? s.plain : j->bundle;
	return true;
}

/* The best of the partial files. */
struct choice {
	struct journal *j;
	const char *dir;
	int seen;     /* names that are numbers */
	int64_t promised; /* the largest of them */
	size_t whole; /* bytes of whole entries in j->bytes */
	bool recent;  /* LOG/recent is there: a writer is at work, or was cut off */
	bool merged;  /* j->bytes has what no file of the bundle has */
	struct buf names;
};

static int count_entries(const struct buf *b, size_t *whole)
{
	const char *text;
	size_t len;
	int count = 0;

	*whole = 0;
	while (count < BUNDLE_ENTRIES && bundle_next(buf_str(b), b->len, whole, &text, &len))
		count++;
	return count;
}

static void consider(struct choice *c, const char *name, int width)
{
	char path[TILE_PATH_BYTES + 8];
	struct buf bytes = {0};
	struct err ignored;
	size_t whole;

	snprintf(path, sizeof(path), "%s/%s", c->dir, name);
	if (!disk_read(c->j->disk, path, 2 * BUNDLE_BYTES_MAX, &bytes, &ignored))
		return;
	int count = count_entries(&bytes, &whole);
	c->promised = width > c->promised ? width : c->promised;
	if (c->j->name_width != 0 && count < c->j->width) {
		buf_finish(&bytes);
		return;
	}
	buf_finish(&c->j->bytes);
	c->j->bytes = bytes;
	c->j->width = count;
	c->j->name_width = width;
	c->whole = whole;
}

static int number_of(const char *name)
{
	char again[16];
	int width = (int)strtol(name, NULL, 10);

	snprintf(again, sizeof(again), "%d", width);
	return width > 0 && width < BUNDLE_ENTRIES && strcmp(again, name) == 0 ? width : 0;
}

static void keep_name(const char *name, void *arg)
{
	struct choice *c = arg;

	buf_add(&c->names, name, strlen(name) + 1);
}

static bool choose(struct journal *j, struct choice *c, struct err *e)
{
	bool ok = disk_list(j->disk, c->dir, keep_name, c, e);

	if (!ok && e->kind == ERR_NOT_FOUND)
		return true;
	for (size_t at = 0; ok && at < c->names.len; at += strlen(c->names.data + at) + 1) {
		const char *name = c->names.data + at;
		char path[TILE_PATH_BYTES + 8];
		struct err ignored;

		if (number_of(name) > 0) {
			c->seen++;
			consider(c, name, number_of(name));
		} else if (!j->reader && strcmp(name, "new") == 0) {
			snprintf(path, sizeof(path), "%s/new", c->dir);
			disk_remove(j->disk, path, &ignored);
		}
	}
	buf_finish(&c->names);
	return ok;
}

/* The tail of the file stays behind the whole entries, for keep_tail. */
static void take_merged(struct journal *j, struct choice *c, const struct buf *merged, int width)
{
	struct buf bytes = {0};

	buf_add(&bytes, merged->data, merged->len);
	if (j->bytes.len > c->whole)
		buf_add(&bytes, j->bytes.data + c->whole, j->bytes.len - c->whole);
	buf_finish(&j->bytes);
	j->bytes = bytes;
	j->width = width;
	c->whole = merged->len;
}

/* What LOG/recent has counts more than what stands in the file: only that was promised. */
static void merge_recent(struct journal *j, struct choice *c)
{
	struct recent_found found;
	struct buf merged = {0};

	c->recent = recent_read(j->disk, j->log, &found);
	if (found.count > 0 && found.last >= j->bundle * BUNDLE_ENTRIES) {
		int64_t promised = found.last + 1 - j->bundle * BUNDLE_ENTRIES;
		int width = recent_merge(&found, j->bundle, buf_str(&j->bytes), c->whole,
					 &merged);

		c->promised = promised > c->promised ? promised : c->promised;
		c->merged = merged.len != c->whole ||
			    memcmp(buf_str(&merged), buf_str(&j->bytes), c->whole) != 0;
		if (c->merged)
			take_merged(j, c, &merged, width);
	}
	buf_finish(&merged);
	recent_found_finish(&found);
}

/* A tail that no power cut explains is evidence of something: it is kept beside the log. */
static void keep_tail(struct journal *j, const struct choice *c)
{
	char path[TILE_PATH_BYTES];
	struct disk_file *f;
	struct err ignored;
	size_t tail = j->bytes.len - c->whole;

	if (j->lost == 0 && (c->recent || tail <= 2 + ENTRY_BYTES_MAX + 1))
		return;
	snprintf(path, sizeof(path), "%s/damaged-%" PRId64, j->log, journal_count(j));
	if (!disk_open(j->disk, path, DISK_CREATE | DISK_FRESH, &f, &ignored))
		return;
	if (disk_write(f, j->bytes.data + c->whole, tail, &ignored))
		disk_sync(f, &ignored);
	disk_close(f);
}

static void note_starts(struct journal *j)
{
	const char *text;
	size_t at = 0, len;

	for (int i = 0; i < j->width; i++) {
		j->starts[i] = at;
		must(bundle_next(j->bytes.data, j->bytes.len, &at, &text, &len));
	}
}

static bool cut_and_sync(struct journal *j, const struct choice *c, struct err *e)
{
	char parent[TILE_PATH_BYTES];

	if (j->bytes.len > c->whole) {
		keep_tail(j, c);
		if (!c->merged && !disk_truncate(j->file, (int64_t)c->whole, e))
			return false;
		j->bytes.len = c->whole;
		j->bytes.data[c->whole] = '\0';
	}
	note_starts(j);
	if (c->merged) {
		disk_close(j->file);
		j->file = NULL;
		return journal_anew(j, NULL, e);
	}
	tile_parent(j->log, TILE_ENTRIES, j->bundle, parent);
	return disk_sync(j->file, e) && disk_sync_dir(j->disk, c->dir, e) &&
	       disk_sync_dir(j->disk, parent, e);
}

/* A bundle whose entries are all gone or torn: its file is of no use. */
static void drop_empty(struct journal *j)
{
	char path[TILE_PATH_BYTES];
	struct err ignored;

	tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, path);
	disk_close(j->file);
	j->file = NULL;
	disk_remove(j->disk, path, &ignored);
	j->name_width = 0;
}

static void put_name_right(struct journal *j, const char *dir)
{
	char from[TILE_PATH_BYTES], to[TILE_PATH_BYTES];
	struct err ignored;

	if (j->width == j->name_width || j->width == BUNDLE_ENTRIES)
		return;
	tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, from);
	tile_path(j->log, TILE_ENTRIES, j->bundle, j->width, to);
	if (disk_rename(j->disk, from, to, &ignored)) {
		j->name_width = j->width;
		disk_sync_dir(j->disk, dir, &ignored);
	}
}

bool journal_repair(struct journal *j, struct err *e)
{
	char dir[TILE_PATH_BYTES], parent[TILE_PATH_BYTES];
	struct choice c = {.j = j, .dir = dir};

	if (!find_growing(j, e))
		return false;
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	tile_parent(j->log, TILE_ENTRIES, j->bundle, parent);
	if (!choose(j, &c, e))
		return false;
	merge_recent(j, &c);
	j->lost = c.promised > j->width ? c.promised - j->width : 0;
	if (j->name_width == 0 && !c.merged) {
		/* The last full bundle's name may be visible and not yet durable. */
		if (j->bundle > 0)
			tile_parent(j->log, TILE_ENTRIES, j->bundle - 1, parent);
		return disk_sync_dir(j->disk, parent, e);
	}
	if ((j->name_width != 0 && !journal_file(j, e)) || !cut_and_sync(j, &c, e))
		return false;
	if (j->width == 0)
		drop_empty(j);
	else
		put_name_right(j, dir);
	return j->width < BUNDLE_ENTRIES || journal_turn_over(j, e);
}

/* Quietly: a disk without room for it is a small one, or nearly full, and journal_reserve_gone says
 * so to whoever shows the state of the disk. */
static void make_reserve(struct journal *j)
{
	struct disk_file *f;
	struct err ignored;

	if (!disk_open(j->disk, JOURNAL_RESERVE, DISK_CREATE, &f, &ignored)) {
		j->reserve_gone = true;
		return;
	}
	j->reserve_gone = disk_size(f) < LOG_RESERVE_BYTES &&
			  (disk_free_bytes(j->disk) < 4 * LOG_RESERVE_BYTES ||
			   !disk_reserve(f, LOG_RESERVE_BYTES, &ignored));
	disk_close(f);
	if (j->reserve_gone)
		disk_remove(j->disk, JOURNAL_RESERVE, &ignored);
}

static bool make_folders(struct journal *j, struct err *e)
{
	char root[TILE_PATH_BYTES], tile[LOG_DIR_BYTES + 8];

	tile_root(j->log, TILE_ENTRIES, root);
	snprintf(tile, sizeof(tile), "%s/tile", j->log);
	return disk_make_dir(j->disk, root, e) && disk_sync_dir(j->disk, ".", e) &&
	       disk_sync_dir(j->disk, j->log, e) && disk_sync_dir(j->disk, tile, e);
}

static struct journal *create(struct disk *d, const char *log)
{
	struct journal *made = calloc(1, sizeof(*made));

	must(made != NULL && strlen(log) < sizeof(made->log));
	made->disk = d;
	snprintf(made->log, sizeof(made->log), "%s", log);
	made->cached = -1;
	return made;
}

bool journal_open(struct journal **j, struct disk *d, const char *log, struct err *e)
{
	struct journal *made = create(d, log);


	/* All that LOG/recent held is durable in the bundles then. */
	if (!make_folders(made, e) || !journal_repair(made, e) || !recent_remove(d, log, e)) {
		journal_close(made);
		return err_wrap(e, T("không mở được nhật ký", "cannot open the log"));
	}
	make_reserve(made);
	*j = made;
	return true;
}

/* Of the growing bundle what is whole; whatever is torn is the writer's to repair. */
static bool load(struct journal *j, struct err *e)
{
	char dir[TILE_PATH_BYTES];
	struct choice c = {.j = j, .dir = dir};

	if (!find_growing(j, e))
		return false;
	tile_partial_dir(j->log, TILE_ENTRIES, j->bundle, dir);
	if (!choose(j, &c, e))
		return false;
	merge_recent(j, &c);
	j->lost = c.promised > j->width ? c.promised - j->width : 0;
	if (j->name_width == 0 && !c.merged)
		return c.seen == 0 || err_set(e, ERR_CONFLICT, "%s: changes", dir);
	j->bytes.len = c.whole;
	note_starts(j);
	return true;
}

static void unload(struct journal *j)
{
	buf_reset(&j->bytes);
	j->width = j->name_width = 0;
}

bool journal_peek(struct journal **j, struct disk *d, const char *log, struct err *e)
{
	struct journal *made = create(d, log);
	bool ok = false;

	made->reader = true;
	for (int i = 0; i < PEEKS_MAX && !ok; i++) {
		unload(made);
		ok = load(made, e);
		if (!ok && e->kind != ERR_CONFLICT)
			break;
	}
	if (!ok) {
		journal_close(made);
		return err_wrap(e, T("không đọc được nhật ký", "cannot read the log"));
	}
	*j = made;
	return true;
}
