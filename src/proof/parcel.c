/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The heads are read first, then what they cover: the log may grow meanwhile, and every file of it
 * can be had as narrow as it was. */
#include "base/must.h"
#include "base/text.h"
#include "proof/journal.h"
#include "proof/notary.h"
#include "proof/parcel_inside.h"
#include "proof/reader.h"
#include "proof/shelf.h"
#include "proof/token.h"
#include "proof/tokens.h"
#include "sys/plain.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES (64 << 10)

struct making {
	const struct parcel *p;
	struct zip *z;
};

static bool read_beside(struct disk *d, const char *log, const char *name, struct buf *b,
			struct err *e)
{
	char path[LOG_DIR_BYTES + 16];

	snprintf(path, sizeof(path), "%s/%s", log, name);
	return disk_read(d, path, NOTE_BYTES_MAX, b, e);
}

/* What outsiders signed may have become newer since the head was read: then it belongs to the next
 * pack. */
static void read_witnessed(struct disk *d, struct parcel_log *l, const struct note_verifier *key)
{
	struct checkpoint c;
	struct err ignored;

	if (!read_beside(d, l->dir, NOTARY_WITNESSED, &l->witnessed, &ignored) ||
	    !checkpoint_open(buf_str(&l->witnessed), l->witnessed.len, key, 1, &c, NULL,
			     &ignored) || c.size > l->c.size)
		buf_reset(&l->witnessed);
}

/* Entries may lie behind the head: in a log that has ended, where the first entry of the next one
 * vouches for them; and in the one that grows, while a witness is asked or after a power cut. The
 * tables tell of them, so they go along, and whoever checks says that they bear no signature. */
static void take_all(struct disk *d, struct parcel_log *l)
{
	struct journal *j;
	struct err ignored;

	l->count = l->c.size;
	if (!journal_peek(&j, d, l->dir, &ignored))
		return;
	if (journal_count(j) > l->count)
		l->count = journal_count(j);
	journal_close(j);
}

static bool read_head(struct disk *d, struct parcel_log *l, struct err *e)
{
	struct note_verifier key;
	char vkey[NOTE_KEY_BYTES];

	if (!read_beside(d, l->dir, NOTARY_CHECKPOINT, &l->head, e) ||
	    !read_beside(d, l->dir, NOTARY_VKEY, &l->vkey, e))
		return false;
	snprintf(vkey, sizeof(vkey), "%.*s", (int)strcspn(buf_str(&l->vkey), "\n"),
		 buf_str(&l->vkey));
	if (!note_verifier_parse(&key, vkey, e) ||
	    !checkpoint_open(l->head.data, l->head.len, &key, 1, &l->c, NULL, e))
		return false;
	take_all(d, l);
	read_witnessed(d, l, &key);
	return true;
}

static void forget(struct parcel_log *l)
{
	buf_finish(&l->head);
	buf_finish(&l->vkey);
	buf_finish(&l->witnessed);
}

void parcel_logs_finish(struct parcel_log *logs, int count)
{
	for (int i = 0; i < count; i++)
		forget(&logs[i]);
}

/* A log that was begun and never signed for has nothing to prove. */
bool parcel_logs_find(struct disk *d, struct parcel_log *logs, int *count, struct err *e)
{
	int none = 0;

	*count = 0;
	for (int k = 1; none < 2 && *count < LOGS_MAX; k++) {
		struct parcel_log *l = &logs[*count];

		log_dir(k, l->dir);
		if (read_head(d, l, e)) {
			++*count;
			none = 0;
			continue;
		}
		forget(l);
		if (e->kind != ERR_NOT_FOUND)
			return err_wrap(e, "%s", l->dir);
		none++;
	}
	return *count > 0 || err_set(e, ERR_NOT_FOUND, T("chưa có sổ nào được ký",
							 "no log has been signed yet"));
}

static bool add_tile(struct disk *d, struct zip *z, const struct tile_name *t, struct err *e)
{
	char path[TILE_PATH_BYTES];
	struct buf b = {0};
	bool ok = shelf_read(d, t, &b, e);

	if (!ok)
		e->kind = ERR_DIFFERS; /* it was signed for */
	tile_path(t->log, t->level, t->n, t->width, path);
	ok = ok && zip_begin(z, path, t->level == TILE_ENTRIES, e) &&
	     zip_more(z, b.data, b.len, e);
	buf_finish(&b);
	return ok;
}

static bool add_level(struct disk *d, struct zip *z, const char *log, int level, int64_t count,
		      struct err *e)
{
	for (int64_t n = 0; n * TILE_WIDTH < count; n++) {
		int64_t left = count - n * TILE_WIDTH;
		struct tile_name t = {.level = level, .n = n,
				      .width = left < TILE_WIDTH ? (int)left : TILE_WIDTH};

		snprintf(t.log, sizeof(t.log), "%s", log);
		if (!add_tile(d, z, &t, e))
			return false;
	}
	return true;
}

static bool add_beside(struct zip *z, const char *log, const char *name, const struct buf *b,
		       struct err *e)
{
	char path[LOG_DIR_BYTES + 16];

	snprintf(path, sizeof(path), "%s/%s", log, name);
	return zip_add(z, path, b->data, b->len, e);
}

/* Time-stamps of heads that the pack has. */
struct stamping {
	struct disk *disk;
	struct zip *z;
	const struct parcel_log *log;
	struct err *e;
};

static bool add_stamp(int64_t size, void *arg)
{
	struct stamping *s = arg;
	char path[TOKENS_PATH_BYTES];
	bool ok = true;

	for (int i = 0; ok && size <= s->log->c.size && i < TOKENS_PARTS; i++) {
		struct buf b = {0};

		tokens_path(s->log->dir, size, (enum tokens_part)i, path);
		/* One that is not all there is told by verify. */
		ok = disk_read(s->disk, path, TOKEN_BYTES_MAX, &b, s->e)
			     ? zip_add(s->z, path, b.data, b.len, s->e)
			     : s->e->kind == ERR_NOT_FOUND;
		buf_finish(&b);
	}
	return ok;
}

static bool add_log(struct disk *d, struct zip *z, const struct parcel_log *l, struct err *e)
{
	struct stamping s = {d, z, l, e};
	int level = 0;

	if (!add_beside(z, l->dir, NOTARY_CHECKPOINT, &l->head, e))
		return false;
	for (int64_t count = l->count; count > 0; count /= TILE_WIDTH)
		if (!add_level(d, z, l->dir, level++, count, e))
			return false;
	return add_level(d, z, l->dir, TILE_ENTRIES, l->count, e) &&
	       add_beside(z, l->dir, NOTARY_VKEY, &l->vkey, e) &&
	       (l->witnessed.len == 0 ||
		add_beside(z, l->dir, NOTARY_WITNESSED, &l->witnessed, e)) &&
	       tokens_each(d, l->dir, add_stamp, &s, e);
}

static bool table_begins(void *arg, const char *name, struct err *e)
{
	struct making *m = arg;

	return zip_begin(m->z, name, true, e);
}

static bool table_goes_on(void *arg, const void *data, size_t len, struct err *e)
{
	struct making *m = arg;

	return zip_more(m->z, data, len, e);
}

/* What lies there now; what it should be stands in the table and in the log. */
static bool add_sound(void *arg, const char *file, int64_t *bytes, struct err *e)
{
	char path[PATH_BYTES * 2], piece[PIECE_BYTES];
	struct making *m = arg;
	ssize_t len = 1;
	struct err ignored;

	*bytes = -1;
	snprintf(path, sizeof(path), "%s/%s", m->p->dir, file);
	int fd = plain_open(path, O_NOFOLLOW, &ignored);
	if (fd < 0)
		return true;
	*bytes = 0;
	bool ok = zip_begin(m->z, file, false, e);
	while (ok && (len = read(fd, piece, sizeof(piece))) > 0) {
		*bytes += len;
		ok = zip_more(m->z, piece, (size_t)len, e);
	}
	if (len < 0)
		ok = err_errno(e, "%s", path);
	close(fd);
	return ok;
}

static bool add_texts(const struct parcel *p, struct zip *z, const struct parcel_log *logs,
		      int count, int64_t entries, struct err *e)
{
	bool ok = true;

	for (int i = 0; ok && i < PARCEL_TEXTS; i++) {
		struct buf b = {0};

		parcel_text((enum parcel_text)i, p, logs, count, entries, &b);
		ok = zip_add(z, parcel_text_names[i], b.data, b.len, e);
		buf_finish(&b);
	}
	return ok;
}

/* Those that are packed already are not squeezed once more. */
static bool add_form(const struct parcel *p, struct zip *z, const char *name, struct err *e)
{
	char path[PATH_BYTES + 64], piece[PIECE_BYTES];
	ssize_t len = 1;

	snprintf(path, sizeof(path), "%s/%s", p->forms_dir, name);
	int fd = plain_open(path, O_NOFOLLOW, e);
	if (fd < 0)
		return false;
	bool ok = zip_begin(z, name, strstr(name, ".csv") != NULL, e);
	while (ok && (len = read(fd, piece, sizeof(piece))) > 0)
		ok = zip_more(z, piece, (size_t)len, e);
	if (len < 0)
		ok = err_errno(e, "%s", path);
	close(fd);
	return ok;
}

static bool add_forms(const struct parcel *p, struct zip *z, struct err *e)
{
	const char *name;
	json_t *sha256;

	json_object_foreach((json_t *)(uintptr_t)p->forms, name, sha256)
		if (!add_form(p, z, name, e))
			return false;
	return true;
}

static bool add_all(const struct parcel *p, struct zip *z, const struct parcel_log *logs,
		    int count, int64_t entries, struct err *e)
{
	struct making m = {p, z};
	struct parcel_sink out = {table_begins, table_goes_on, add_sound, &m};

	if (!add_texts(p, z, logs, count, entries, e) || !add_forms(p, z, e))
		return false;
	for (int i = 0; i < count; i++)
		if (!add_log(p->disk, z, &logs[i], e))
			return false;
	return parcel_tables(p, &out, e) && zip_end(z, e);
}

bool parcel_write(const struct parcel *p, int fd, struct err *e)
{
	struct parcel_log *logs = calloc(LOGS_MAX, sizeof(*logs));
	struct zip *z = NULL;
	int64_t entries;
	int count = 0;

	must(logs != NULL);
	/* The view stands still from here on, and the heads are read after that: what the tables
	 * tell of is signed. */
	bool ok = reader_hold(p->view, &entries, e);
	if (ok) {
		ok = parcel_logs_find(p->disk, logs, &count, e) && zip_open(&z, fd, e) &&
		     add_all(p, z, logs, count, entries, e);
		reader_release(p->view);
	}
	zip_close(z);
	parcel_logs_finish(logs, count);
	free(logs);
	return ok;
}
