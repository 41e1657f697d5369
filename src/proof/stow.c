/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/stow.h"

#include "base/gzip.h"
#include "base/text.h"
#include "proof/bundle.h"

#include <stdio.h>
#include <string.h>

#define TAIL ".gz"

void stow_path(const char *log, int64_t bundle, char out[static STOW_PATH_BYTES])
{
	char plain[TILE_PATH_BYTES];

	tile_path(log, TILE_ENTRIES, bundle, TILE_WIDTH, plain);
	snprintf(out, STOW_PATH_BYTES, "%s" TAIL, plain);
}

int stow_digits(const char *name, bool *packed)
{
	char digits[4] = {0};
	size_t len = strlen(name);

	*packed = len == 3 + strlen(TAIL) && strcmp(name + 3, TAIL) == 0;
	if (name[0] == 'x' || (len != 3 && !*packed))
		return -1;
	memcpy(digits, name, 3);
	return tile_digits(digits);
}

static bool read_packed(struct disk *d, const char *path, struct buf *out, enum stow_form *form,
			struct err *e)
{
	struct buf packed = {0};
	bool ok = disk_read(d, path, BUNDLE_BYTES_MAX, &packed, e);

	if (ok)
		*form = gzip_is_ours(buf_str(&packed), packed.len) ? STOW_PACKED : STOW_ODD;
	if (ok && !gzip_unpack(out, buf_str(&packed), packed.len, BUNDLE_BYTES_MAX))
		ok = err_set(e, ERR_DAMAGED, T("%s: không giải nén được", "%s: cannot be unpacked"),
			     path);
	buf_finish(&packed);
	return ok;
}

bool stow_read(struct disk *d, const char *log, int64_t bundle, struct buf *out,
	       enum stow_form *form, struct err *e)
{
	char plain[TILE_PATH_BYTES], path[STOW_PATH_BYTES];
	enum stow_form ignored = STOW_PLAIN;
	struct err other;

	form = form != NULL ? form : &ignored;
	*form = STOW_PLAIN;
	tile_path(log, TILE_ENTRIES, bundle, TILE_WIDTH, plain);
	if (disk_read(d, plain, BUNDLE_BYTES_MAX, out, e))
		return true;
	if (e->kind != ERR_NOT_FOUND)
		return false;
	stow_path(log, bundle, path);
	if (read_packed(d, path, out, form, &other))
		return true;
	if (other.kind != ERR_NOT_FOUND)
		*e = other;
	return false;
}

static bool is_whole(const struct buf *b)
{
	const char *text;
	size_t at = 0, len;
	int count = 0;

	while (bundle_next(buf_str(b), b->len, &at, &text, &len))
		count++;
	return count == BUNDLE_ENTRIES && at == b->len;
}

/* Written beside, read back, and only then given its name. */
static bool put_packed(struct disk *d, const char *path, const char *dir, const struct buf *plain,
		       struct err *e)
{
	char fresh[STOW_PATH_BYTES + 8];
	struct buf packed = {0}, back = {0};
	struct disk_file *f = NULL;
	enum stow_form form;
	struct err ignored;

	gzip_pack(&packed, plain->data, plain->len);
	snprintf(fresh, sizeof(fresh), "%s.new", path);
	bool ok = disk_open(d, fresh, DISK_CREATE | DISK_FRESH, &f, e) &&
		  disk_write(f, packed.data, packed.len, e) && disk_sync(f, e);
	disk_close(f);
	ok = ok && read_packed(d, fresh, &back, &form, e) && form == STOW_PACKED &&
	     ((back.len == plain->len && memcmp(back.data, plain->data, back.len) == 0) ||
	      err_set(e, ERR_DAMAGED, "%s", fresh)) &&
	     disk_rename(d, fresh, path, e) && disk_sync_dir(d, dir, e);
	if (!ok)
		disk_remove(d, fresh, &ignored);
	buf_finish(&packed);
	buf_finish(&back);
	return ok;
}

bool stow_bundle(struct disk *d, const char *log, int64_t bundle, bool *done, struct err *e)
{
	char name[TILE_PATH_BYTES], dir[TILE_PATH_BYTES], path[STOW_PATH_BYTES];
	struct buf plain = {0}, there = {0};
	enum stow_form form;
	struct err other;

	tile_path(log, TILE_ENTRIES, bundle, TILE_WIDTH, name);
	tile_parent(log, TILE_ENTRIES, bundle, dir);
	stow_path(log, bundle, path);
	*done = false;
	bool ok = disk_read(d, name, BUNDLE_BYTES_MAX, &plain, e);
	if (!ok && e->kind == ERR_NOT_FOUND) {
		*done = ok = true;
	} else if (ok && is_whole(&plain)) {
		if (read_packed(d, path, &there, &form, &other) && form == STOW_PACKED &&
		    there.len == plain.len && memcmp(there.data, plain.data, there.len) == 0)
			ok = *done = disk_remove(d, name, e);
		else
			ok = put_packed(d, path, dir, &plain, e);
	}
	buf_finish(&plain);
	buf_finish(&there);
	return ok;
}
