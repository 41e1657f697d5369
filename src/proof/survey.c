/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/survey.h"

#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/bundle.h"
#include "proof/merkle.h"
#include "proof/note.h"
#include "proof/notary.h"
#include "proof/recent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ODD_NAME_BYTES 30 /* so much of a strange name is shown */
#define TRIES_MAX 50 /* a writer renames the growing file with each entry */

/* One walk through the folders of a level. */
struct walk {
	struct survey *s;
	int level;
	struct buf folders;  /* "x001\0…" of the folder that is being listed */
	int64_t prefix;
	int64_t full, last_full; /* how many, and the last, −1 none */
	int64_t next;	     /* the first number not seen: names come in order */
	int64_t missing;
	int64_t partial;     /* the last with a folder of partial files, −1 none */
	int64_t beside;	     /* the first that has one though it is full, −1 none */
	bool widths[TILE_WIDTH]; /* of the files in the folder that was listed */
	const char *dir;     /* that is being listed */
	char odd[TILE_PATH_BYTES];
};

/* Nobody's, and not looked at; it is told where something is missing. What a writer had under way
 * (NAME.new) the next start clears. */
static void see_odd(struct walk *w, const char *name)
{
	size_t len = strlen(name);
	char shown[ODD_NAME_BYTES + 1];

	if (w->odd[0] != '\0' || (len > 4 && strcmp(name + len - 4, ".new") == 0))
		return;
	snprintf(shown, sizeof(shown), "%s", utf8_printable(name, len) ? name : "?");
	utf8_cut(shown, ODD_NAME_BYTES - 1);
	snprintf(w->odd, sizeof(w->odd), "%s/%s", w->dir, shown);
}

/* No number has leading groups of zeros: "x000/003" is not the name of a file. */
static void see_folder(struct walk *w, const char *name)
{
	int digits = tile_digits(name);

	if (digits > 0 || (digits == 0 && w->prefix > 0))
		buf_add(&w->folders, name, strlen(name) + 1);
	else
		see_odd(w, name);
}

static void see_name(const char *name, void *arg)
{
	struct walk *w = arg;
	size_t len = strlen(name);
	char digits[8];
	bool packed = false;

	if (name[0] == 'x') {
		see_folder(w, name);
		return;
	}
	bool partial = len == 5 && strcmp(name + 3, ".p") == 0;
	snprintf(digits, sizeof(digits), "%.3s", name);
	int in = partial ? tile_digits(digits) : stow_digits(name, &packed);
	if (in < 0 || (packed && w->level != TILE_ENTRIES)) {
		see_odd(w, name);
		return;
	}
	int64_t n = w->prefix * 1000 + in;
	if (n == w->last_full && !partial)
		return; /* packed, and plain still there */
	if (partial) {
		w->beside = w->beside < 0 ? n : w->beside;
		w->partial = n > w->partial ? n : w->partial;
		return;
	}
	if (n > w->next && w->missing < 0)
		w->missing = w->next;
	w->next = n + 1;
	w->full++;
	w->last_full = n > w->last_full ? n : w->last_full;
}

/* Shallow folders hold the smaller numbers, but come after them in the order of names: "000" …
 * "999" stand before "x001". */
static bool walk(struct walk *w, const char *dir, int64_t prefix, int depth, struct err *e)
{
	char below[TILE_PATH_BYTES + 8];

	w->prefix = prefix;
	w->dir = dir;
	bool ok = disk_list(w->s->disk, dir, see_name, w, e);
	struct buf folders = w->folders;
	w->folders = (struct buf){0};
	for (size_t at = 0; ok && depth < 2 && at < folders.len; at += 5) {
		snprintf(below, sizeof(below), "%s/%s", dir, folders.data + at);
		ok = walk(w, below, prefix * 1000 + tile_digits(folders.data + at), depth + 1, e);
	}
	buf_finish(&folders);
	return ok;
}

static void see_width(const char *name, void *arg)
{
	struct walk *w = arg;
	char again[16];
	int width = (int)strtol(name, NULL, 10);

	snprintf(again, sizeof(again), "%d", width);
	if (width > 0 && width < TILE_WIDTH && strcmp(again, name) == 0)
		w->widths[width] = true;
	else
		see_odd(w, name);
}

static bool has_all(int level, int width, const struct buf *b)
{
	const char *text;
	size_t at = 0, len;

	if (level != TILE_ENTRIES)
		return b->len >= (size_t)width * HASH_BYTES;
	while (width > 0 && bundle_next(buf_str(b), b->len, &at, &text, &len))
		width--;
	return width == 0;
}

static bool read_width(const struct walk *w, const struct survey_level *l, int width,
		       struct buf *b)
{
	char path[TILE_PATH_BYTES];
	struct err ignored;

	tile_path(w->s->log, w->level, l->full, width, path);
	buf_reset(b);
	return disk_read(w->s->disk, path, 2 * BUNDLE_BYTES_MAX, b, &ignored);
}

/* The widest that holds what its name promises, else the widest; 0: none can be read any more. A
 * writer keeps one: another, which can be read still, is named. */
static int pick_width(const struct walk *w, struct survey_level *l)
{
	int picked = 0, other;
	bool whole = false;
	struct buf b = {0};

	for (int width = TILE_WIDTH - 1; width > 0; width--) {
		if (!w->widths[width] || !read_width(w, l, width, &b))
			continue;
		bool better = picked == 0 || (!whole && has_all(w->level, width, &b));
		other = better ? picked : width;
		picked = better ? width : picked;
		whole = whole || has_all(w->level, width, &b);
		if (other != 0)
			tile_path(w->s->log, w->level, l->full, other, l->stray);
	}
	buf_finish(&b);
	return picked;
}

/* The growing file, in the folder behind the full ones. False: it has just been renamed. */
static bool read_growing(struct walk *w, struct survey_level *l)
{
	char dir[TILE_PATH_BYTES];
	struct survey *s = w->s;
	struct err ignored;

	tile_partial_dir(s->log, w->level, l->full, dir);
	w->dir = dir;
	if (!disk_list(s->disk, dir, see_width, w, &ignored) ||
	    memchr(w->widths, 1, sizeof(w->widths)) == NULL)
		return w->partial < l->full; /* none is there, as the walk saw */
	int picked = pick_width(w, l);
	const bool *widest = memrchr(w->widths, 1, sizeof(w->widths));
	l->width = picked > 0 ? picked : (int)(widest - w->widths);
	return picked > 0 && read_width(w, l, picked, &l->bytes);
}

static void see_any(const char *name, void *arg)
{
	(void)name;
	*(bool *)arg = true;
}

/* Beside a full file nothing grows any more: an empty folder may have been left. */
static void look_beside(const struct walk *w, struct survey_level *l)
{
	char dir[TILE_PATH_BYTES];
	struct err ignored;
	bool any = false;

	if (w->beside < 0 || w->beside >= l->full)
		return;
	tile_partial_dir(w->s->log, w->level, w->beside, dir);
	if (disk_list(w->s->disk, dir, see_any, &any, &ignored) && any)
		snprintf(l->stray, sizeof(l->stray), "%s", dir);
}

/* What the checkpoint says, believed or not: a size that is not signed is judged elsewhere. */
static int64_t head_size(const struct survey *s)
{
	const char *end = s->checkpoint.len > 0 ? strchr(buf_str(&s->checkpoint), '\n') : NULL;

	return end != NULL ? strtoll(end + 1, NULL, 10) : 0;
}

/* A full file to which the log has not come: behind one that still grows, up to which the head
 * goes; on the levels above, one without any hash under the head, for a head that stands back is
 * never that many entries behind. It is not taken for a longer log that was cut short. */
static void leave_out_beyond(const struct walk *w, struct survey_level *l)
{
	bool above = w->level > 0;
	int64_t head = head_size(w->s) >> (above ? 8 * w->level : 0);
	bool grows = w->missing >= 0 && w->partial == w->missing &&
		     head < (w->missing + 1) * TILE_WIDTH;

	if (!grows && !(above && w->last_full >= 0 && head <= w->last_full * TILE_WIDTH))
		return;
	tile_path(w->s->log, w->level, w->last_full, TILE_WIDTH, l->stray);
	l->full = grows ? w->missing : head / TILE_WIDTH;
	l->missing = w->missing < l->full ? w->missing : -1;
}

/* An empty folder that a writer has left, or has just made, is no growing file. */
static bool try_level(struct survey *s, int level, bool last, struct survey_level *l,
		      struct err *e)
{
	struct walk w = {.s = s, .level = level, .last_full = -1, .missing = -1, .partial = -1,
			 .beside = -1};
	char root[TILE_PATH_BYTES];

	buf_reset(&l->bytes);
	l->width = 0;
	l->stray[0] = '\0';
	tile_root(s->log, level, root);
	if (!walk(&w, root, 0, 0, e) && e->kind != ERR_NOT_FOUND) {
		buf_finish(&w.folders);
		return false;
	}
	l->full = w.last_full + 1;
	l->missing = w.missing;
	leave_out_beyond(&w, l);
	look_beside(&w, l);
	bool ok = read_growing(&w, l) || last;
	snprintf(l->odd, sizeof(l->odd), "%s", w.odd);
	if (ok)
		return true;
	return err_set(e, ERR_CONFLICT, "%s: changes", root);
}

static bool read_level(struct survey *s, int level, struct survey_level *l, struct err *e)
{
	bool ok = false;

	for (int i = 1; i <= TRIES_MAX && !ok; i++) {
		ok = try_level(s, level, i == TRIES_MAX, l, e);
		if (!ok && e->kind != ERR_CONFLICT)
			break;
	}
	return ok;
}

static void count_entries(struct survey *s)
{
	const struct buf *b = &s->entries.bytes;
	const char *text;
	size_t len;

	s->count = s->entries.full * BUNDLE_ENTRIES;
	for (int i = 0; i < BUNDLE_ENTRIES; i++, s->count++)
		if (!bundle_next(buf_str(b), b->len, &s->whole, &text, &len))
			break;
}

/* What the next start will make of it. The end of the bundle may be torn, as far as its entries are
 * here. */
static void add_recent(struct survey *s)
{
	struct recent_found found;
	struct buf merged = {0};
	int64_t before = s->count;

	s->settled = INT64_MAX;
	if (!recent_read(s->disk, s->log, &found)) {
		recent_found_finish(&found);
		return;
	}
	/* What became full is durable: the bundle first, then its tile, and then comes the next. */
	bool behind = s->entries.width == 0 && s->levels[0].full < s->entries.full;
	s->settled = (s->entries.full - (behind ? 1 : 0)) * BUNDLE_ENTRIES;
	int count = recent_merge(&found, s->entries.full, buf_str(&s->entries.bytes), s->whole,
				 &merged);
	if (s->entries.bytes.len - s->whole <= RECENT_BLOCKS * RECENT_BLOCK_BYTES)
		s->entries.bytes.len = s->whole;
	if (count > 0 && s->entries.full * BUNDLE_ENTRIES + count > before) {
		buf_finish(&s->entries.bytes);
		s->entries.bytes = merged;
		s->whole = merged.len;
		s->count = s->entries.full * BUNDLE_ENTRIES + count;
		merged = (struct buf){0};
	}
	buf_finish(&merged);
	recent_found_finish(&found);
}

/* Of growing tiles a cut may leave sectors of zeros, or a torn end: from there on they say
 * nothing. */
static void trim(struct survey *s)
{
	static const struct hash none;

	for (int level = 0; s->settled < INT64_MAX && level < TILE_LEVELS; level++) {
		struct buf *b = &s->levels[level].bytes;
		size_t len = 0;

		while (len + HASH_BYTES <= b->len &&
		       memcmp(b->data + len, none.bytes, HASH_BYTES) != 0)
			len += HASH_BYTES;
		b->len = len;
	}
}

static void pass_by(const char *name, void *arg)
{
	(void)name;
	(void)arg;
}

static bool is_there(struct disk *d, const char *log, struct err *e)
{
	char dir[TILE_PATH_BYTES];

	snprintf(dir, sizeof(dir), "%s/tile", log);
	return disk_list(d, dir, pass_by, NULL, e) ||
	       err_wrap(e, T("không đọc được nhật ký", "cannot read the log"));
}

/* The same of a growing file on the levels above: neither the head nor the entries have come to
 * the first of its hashes. */
static void leave_out_growing(struct survey *s, int level)
{
	struct survey_level *l = &s->levels[level];
	int64_t head = head_size(s), most = head > s->count ? head : s->count;

	if (l->width == 0 || most >> (8 * level) > l->full * TILE_WIDTH)
		return;
	tile_path(s->log, level, l->full, l->width, l->stray);
	l->width = 0;
	buf_reset(&l->bytes);
}

bool survey_make(struct survey *s, struct disk *d, const char *log, struct err *e)
{
	char path[TILE_PATH_BYTES];
	struct err ignored;
	bool ok = true;

	must(strlen(log) < sizeof(s->log));
	*s = (struct survey){.disk = d};
	snprintf(s->log, sizeof(s->log), "%s", log);
	if (!is_there(d, log, e))
		return false;
	snprintf(path, sizeof(path), "%s/" NOTARY_VKEY, log);
	disk_read(d, path, NOTE_KEY_BYTES, &s->vkey, &ignored);
	snprintf(path, sizeof(path), "%s/" NOTARY_CHECKPOINT, log);
	disk_read(d, path, NOTE_BYTES_MAX, &s->checkpoint, &ignored);
	snprintf(path, sizeof(path), "%s/" NOTARY_WITNESSED, log);
	disk_read(d, path, NOTE_BYTES_MAX, &s->witnessed, &ignored);
	for (int level = TILE_LEVELS - 1; ok && level >= 0; level--)
		ok = read_level(s, level, &s->levels[level], e);
	ok = ok && read_level(s, TILE_ENTRIES, &s->entries, e);
	if (!ok) {
		survey_finish(s);
		return false;
	}
	count_entries(s);
	add_recent(s);
	for (int level = 1; level < TILE_LEVELS; level++)
		leave_out_growing(s, level);
	trim(s);
	return true;
}

void survey_finish(struct survey *s)
{
	for (int level = 0; level < TILE_LEVELS; level++)
		buf_finish(&s->levels[level].bytes);
	buf_finish(&s->entries.bytes);
	buf_finish(&s->vkey);
	buf_finish(&s->checkpoint);
	buf_finish(&s->witnessed);
}

bool survey_bundle(const struct survey *s, int64_t bundle, struct buf *b, const char **data,
		   size_t *len, enum stow_form *form)
{
	struct err ignored;

	*form = STOW_PLAIN;
	if (bundle == s->entries.full) {
		*data = buf_str(&s->entries.bytes);
		*len = s->whole;
		return true;
	}
	buf_reset(b);
	bool ok = stow_read(s->disk, s->log, bundle, b, form, &ignored);
	*data = buf_str(b);
	*len = b->len;
	return ok;
}

size_t survey_tile(const struct survey *s, int level, int64_t n, struct buf *b)
{
	const struct survey_level *l = &s->levels[level];
	char path[TILE_PATH_BYTES];
	struct err ignored;

	buf_reset(b);
	if (n == l->full) {
		buf_add(b, buf_str(&l->bytes), l->bytes.len);
	} else {
		tile_path(s->log, level, n, TILE_WIDTH, path);
		if (n > l->full || !disk_read(s->disk, path, TILE_WIDTH * HASH_BYTES, b, &ignored))
			return 0;
	}
	size_t count = b->len / HASH_BYTES;
	return count < TILE_WIDTH ? count : TILE_WIDTH;
}

bool survey_read(const struct survey *s, int64_t from, int64_t to,
		 bool (*each)(int64_t index, const char *text, size_t len, void *arg), void *arg)
{
	struct buf b = {0};
	bool ok = true, going = true;

	for (int64_t n = from / BUNDLE_ENTRIES * BUNDLE_ENTRIES; ok && going && n < to;) {
		int64_t end = n + BUNDLE_ENTRIES < to ? n + BUNDLE_ENTRIES : to;
		const char *data, *text;
		size_t data_len, at = 0, len;
		enum stow_form form;

		ok = survey_bundle(s, n / BUNDLE_ENTRIES, &b, &data, &data_len, &form);
		for (; ok && going && n < end; n++) {
			ok = bundle_next(data, data_len, &at, &text, &len);
			if (ok && n >= from)
				going = each(n, text, len, arg);
		}
	}
	buf_finish(&b);
	return ok;
}
