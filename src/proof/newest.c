/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/newest.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "proof/notary.h"
#include "proof/tile.h"

#include <stdio.h>

static void see_log(const char *name, void *arg)
{
	int k = log_dir_number(name), *newest = arg;

	*newest = k > *newest && k <= LOGS_MAX ? k : *newest;
}

bool newest_log(struct disk *d, int *k, struct err *e)
{
	*k = 0;
	return disk_list(d, ".", see_log, k, e);
}

static void pass_by(const char *name, void *arg)
{
	(void)name;
	(void)arg;
}

bool newest_is_folder(struct disk *d, const char *path)
{
	struct err ignored;

	return disk_list(d, path, pass_by, NULL, &ignored);
}

struct below {
	struct disk *disk;
	const char *dir;
	bool file;
};

static void look_below(const char *name, void *arg)
{
	struct below *b = arg;
	char path[PATH_BYTES];
	struct below next = {b->disk, path, false};
	struct err ignored;

	if (snprintf(path, sizeof(path), "%s/%s", b->dir, name) >= (int)sizeof(path) ||
	    !disk_list(b->disk, path, look_below, &next, &ignored))
		next.file = true;
	b->file = b->file || next.file;
}

bool newest_is_bare(struct disk *d, int k)
{
	char log[LOG_DIR_BYTES];
	struct below b = {d, log, false};
	struct err ignored;

	log_dir(k, log);
	return disk_list(d, log, look_below, &b, &ignored) && !b.file;
}

static bool note_base(int64_t at, const char *text, size_t len, void *arg)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	(void)at;
	*(int64_t *)arg = json_get_integer(o, "base", 0);
	json_decref(o);
	return false;
}

bool newest_base(struct journal *j, int64_t *base, struct err *e)
{
	*base = 0;
	return journal_count(j) == 0 || journal_read(j, 0, 1, note_base, base, e);
}

static bool read_head(struct disk *d, int k, struct checkpoint *c, struct err *e)
{
	char log[LOG_DIR_BYTES], path[LOG_DIR_BYTES + sizeof(NOTARY_CHECKPOINT) + 1];
	struct note_opened opened;
	struct buf b = {0};

	log_dir(k, log);
	snprintf(path, sizeof(path), "%s/%s", log, NOTARY_CHECKPOINT);
	bool ok = disk_read(d, path, NOTE_BYTES_MAX, &b, e) &&
		  note_open(buf_str(&b), b.len, NULL, 0, &opened, e) &&
		  checkpoint_parse(buf_str(&b), opened.text_len, c, e);
	buf_finish(&b);
	return ok;
}

bool newest_head(struct disk *d, struct checkpoint *c, struct err *e)
{
	int k;

	if (!newest_log(d, &k, e))
		return false;
	for (; k > 0; k--) {
		if (read_head(d, k, c, e))
			return true;
		if (e->kind != ERR_NOT_FOUND)
			return false;
	}
	return err_set(e, ERR_NOT_FOUND, T("nhật ký chưa ký đầu sổ nào",
					   "no head of the log has been signed yet"));
}
