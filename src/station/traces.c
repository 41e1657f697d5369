/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DIR/alive by itself says nothing of a log that has entries: a station at night writes no entry
 * for hours, and is alive. */
#include "station/traces.h"

#include "base/saying.h"
#include "base/text.h"
#include "proof/chain.h"
#include "proof/heads.h"
#include "proof/newest.h"
#include "proof/notary.h"
#include "proof/view.h"
#include "station/vouching.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

/* The newest log as it lies there. */
struct looking {
	struct disk *disk;
	const char *dir;
	struct heads heads;
	int log;
	int64_t base, entries; /* of all logs before it; its own */
	char vkey[NOTE_KEY_BYTES]; /* "" unknown */
};

static void read_vkey(struct looking *k)
{
	char log[LOG_DIR_BYTES], path[TILE_PATH_BYTES];
	struct buf b = {0};
	struct err ignored;

	log_dir(k->log, log);
	snprintf(path, sizeof(path), "%s/" NOTARY_VKEY, log);
	if (disk_read(k->disk, path, sizeof(k->vkey), &b, &ignored))
		snprintf(k->vkey, sizeof(k->vkey), "%.*s", (int)strcspn(buf_str(&b), "\n"),
			 buf_str(&b));
	buf_finish(&b);
}

static int64_t base_of(const struct looking *k)
{
	char log[LOG_DIR_BYTES];
	struct journal *j;
	struct err ignored;
	int64_t base = 0;

	if (k->heads.log == k->log)
		return k->heads.base;
	log_dir(k->log, log);
	if (k->log > 1 && journal_peek(&j, k->disk, log, &ignored)) {
		newest_base(j, &base, &ignored);
		journal_close(j);
	}
	return base;
}

/* False: it cannot be read, and whoever opens it to write says why. */
static bool read_log(struct looking *k)
{
	struct chain *c;
	struct err ignored;
	int newest;

	heads_peek(k->disk, &k->heads);
	if (!newest_log(k->disk, &newest, &ignored))
		return false;
	k->log = newest > k->heads.log ? newest : k->heads.log;
	k->log = k->log > 0 ? k->log : 1;
	k->base = base_of(k);
	read_vkey(k);
	if (newest < k->log)
		return true; /* the heads know one that is gone: they are asked anyway */
	if (!chain_open(&c, k->disk, k->base, &ignored))
		return newest == 1 && ignored.kind == ERR_NOT_FOUND; /* begun, and no entry yet */
	k->entries = chain_next(c) - k->base;
	chain_close(c);
	return true;
}

static int64_t view_entries(const struct looking *k)
{
	char path[PATH_BYTES + 16];
	struct view *v;
	struct err ignored;
	int64_t applied = 0;

	snprintf(path, sizeof(path), "%s/view.sqlite", k->dir);
	if (view_open_read(&v, path, &ignored)) {
		applied = v->applied;
		view_close(v);
	}
	return applied - k->base;
}

struct remembering {
	const struct looking *looking;
	int64_t size;
};

static void recall(const char *name, void *arg)
{
	struct remembering *r = arg;
	const char *vkey = r->looking->vkey;
	struct vouching_memory m;

	/* What it knows of an earlier log is nothing of this one; before the first was none. */
	bool first = vkey[0] == '\0' && r->looking->log == 1;
	vouching_recall(r->looking->disk, name, &m);
	if (m.size > r->size && (first || strcmp(m.vkey, vkey) == 0))
		r->size = m.size;
}

static int64_t shown_entries(const struct looking *k)
{
	struct remembering r = {.looking = k};
	struct err ignored;

	disk_list(k->disk, VOUCHING_DIR, recall, &r, &ignored);
	return r.size;
}

static void see_year(const char *name, void *arg)
{
	bool *any = arg;

	*any = *any || (name[0] >= '0' && name[0] <= '9');
}

static bool has_worked(const struct looking *k)
{
	struct buf b = {0};
	struct err ignored;
	bool any = false;

	disk_list(k->disk, "aircheck", see_year, &any, &ignored);
	any = any || (disk_read(k->disk, "alive", 64, &b, &ignored) && b.len > 0);
	buf_finish(&b);
	return any;
}

static void doubt(const struct looking *k, int64_t size, const char *why)
{
	struct err e = {0};

	log_warn(T("nhật ký trong thư mục này có %lld mục, nhưng những gì nằm cạnh nó cho thấy đã "
		   "có nhiều hơn (%s)",
		   "the log in this folder has %lld entries, and what lies beside it says that "
		   "there were more (%s)"), (long long)k->entries, why);
	if (!heads_doubt(k->disk, k->log, size, why, &e))
		log_warn("%s", e.text);
}

void traces_look(struct disk *d, const char *dir)
{
	struct looking k = {.disk = d, .dir = dir};

	if (!read_log(&k))
		return;
	int64_t viewed = view_entries(&k), shown = shown_entries(&k);
	if (shown > k.entries && shown > viewed)
		doubt(&k, shown, saying_code(SAYING_WITNESS_LARGER));
	else if (viewed > k.entries)
		doubt(&k, viewed, "view-newer");
	else if (k.log == 1 && k.entries == 0 && k.heads.size == 0 && has_worked(&k))
		doubt(&k, 0, "log-gone");
}
