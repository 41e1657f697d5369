/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the log, by its writer and by others. */
#include "base/must.h"
#include "base/text.h"
#include "proof/journal_inside.h"

#include <string.h>

int64_t journal_count(const struct journal *j)
{
	return j->bundle * BUNDLE_ENTRIES + j->width;
}

bool journal_reserve_gone(const struct journal *j)
{
	return j->reserve_gone;
}

int64_t journal_lost(const struct journal *j)
{
	return j->lost;
}

void journal_note(struct journal *j, const char *text, size_t len)
{
	uint8_t header[2];

	must(j->reader);
	if (j->width == BUNDLE_ENTRIES) {
		j->bundle++;
		j->width = 0;
		buf_reset(&j->bytes);
	}
	bundle_header(len + 1, header);
	j->starts[j->width++] = j->bytes.len;
	buf_add(&j->bytes, header, sizeof(header));
	buf_add(&j->bytes, text, len);
	buf_add(&j->bytes, "\n", 1);
}

static bool other_bytes(const char *path, struct err *e)
{
	return err_set(e, ERR_DAMAGED,
		       T("%s: đĩa trả lại khác với những gì vừa ghi: hãy kiểm tra và thay đĩa",
			 "%s: the disk gives back other bytes than were written: check and "
			 "replace it"), path);
}

/* The end of a whole file, of which nothing is open. */
static bool read_end(struct journal *j, const char *path, char *out, size_t len, struct err *e)
{
	struct buf b = {0};
	bool ok = disk_read(j->disk, path, BUNDLE_BYTES_MAX, &b, e);

	if (ok && b.len < len)
		ok = other_bytes(path, e);
	if (ok)
		memcpy(out, b.data + b.len - len, len);
	buf_finish(&b);
	return ok;
}

bool journal_read_back(struct journal *j, const char *text, size_t len, struct err *e)
{
	char path[TILE_PATH_BYTES], back[ENTRY_BYTES_MAX + 1];
	bool turned = j->width == 0; /* the last entry filled its bundle */

	must(!j->reader && journal_count(j) > 0 && len <= ENTRY_BYTES_MAX);
	if (turned)
		tile_path(j->log, TILE_ENTRIES, j->bundle - 1, TILE_WIDTH, path);
	else
		tile_path(j->log, TILE_ENTRIES, j->bundle, j->name_width, path);
	if (j->file == NULL) {
		if (!read_end(j, path, back, len + 1, e))
			return false;
	} else if (disk_size(j->file) != (int64_t)j->bytes.len ||
		   !disk_read_at(j->file, (int64_t)(j->bytes.len - len - 1), back, len + 1, e)) {
		return other_bytes(path, e);
	}
	return (memcmp(back, text, len) == 0 && back[len] == '\n') || other_bytes(path, e);
}

/* The bytes of a bundle: the growing one from memory, others through a cache of one. */
static const struct buf *bundle_bytes(struct journal *j, int64_t bundle, struct err *e)
{
	if (bundle == j->bundle)
		return &j->bytes;
	if (bundle == j->cached)
		return &j->cache;
	j->cached = -1;
	buf_reset(&j->cache);
	if (!stow_read(j->disk, j->log, bundle, &j->cache, NULL, e)) {
		err_wrap(e, T("nhật ký bị hỏng", "the log is damaged"));
		return NULL;
	}
	j->cached = bundle;
	return &j->cache;
}

bool journal_read(struct journal *j, int64_t from, int64_t to,
		  bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		  struct err *e)
{
	int64_t n = from / BUNDLE_ENTRIES * BUNDLE_ENTRIES;

	must(from >= 0 && to <= journal_count(j));
	while (from < to && n < to) {
		const struct buf *b = bundle_bytes(j, n / BUNDLE_ENTRIES, e);
		const char *text;
		size_t at = 0, len;

		if (b == NULL)
			return false;
		int64_t end = (n / BUNDLE_ENTRIES + 1) * BUNDLE_ENTRIES;
		if (b == &j->bytes && n < from) {
			n = from;
			at = j->starts[from % BUNDLE_ENTRIES];
		}
		for (; n < to && n < end; n++) {
			if (!bundle_next(buf_str(b), b->len, &at, &text, &len))
				return err_set(e, ERR_DIFFERS, T("nhật ký bị hỏng ở mục %lld",
					       "the log is damaged at entry %lld"), (long long)n);
			if (n >= from && !each(n, text, len, arg))
				return true;
		}
	}
	return true;
}
