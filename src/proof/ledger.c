/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log is right, the view is a copy that can be made again: so an append is true once the
 * journal has it, and the view follows. Whether a view belongs to this log is asked by the hashes
 * of the first entry and of the last one it has: a restored copy of either shows at once. */
#include "proof/ledger.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/journal.h"
#include "proof/stamp.h"
#include "proof/tile.h"
#include "proof/view.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CATCH_UP_ENTRIES 10000 /* in one transaction: bounds its WAL to some 10 MB */
#define REVIEW_ENTRIES 4096   /* for stretches that a run before this one left uncorrected */
#define CATCH_UP_NOW_MAX 1000	/* behind more than that, an append waits for the next open */

struct ledger {
	struct journal *journal;
	struct view *view;
	struct stamps stamps;
	const struct tz *tz;
	char view_path[PATH_BYTES];
	bool in_memory; /* the view, for want of room on the disk */
	bool stale;    /* the view lags behind the journal */
	bool has_last;
	struct wall last;
};

struct hashed {
	char sha256[SHA256_HEX_BYTES];
};

static bool hash_one(int64_t n, const char *text, size_t len, void *arg)
{
	(void)n;
	view_hash(text, len, ((struct hashed *)arg)->sha256);
	return false;
}

static bool same_entry(struct journal *j, int64_t n, const char *sha256)
{
	struct hashed h = {""};
	struct err ignored;

	return journal_read(j, n, n + 1, hash_one, &h, &ignored) && strcmp(h.sha256, sha256) == 0;
}

/* Is what the view has the beginning of this log? */
static bool belongs(struct view *v, struct journal *j)
{
	if (v->applied == 0)
		return true;
	return v->applied <= journal_count(j) && same_entry(j, 0, v->first_sha256) &&
	       same_entry(j, v->applied - 1, v->last_sha256);
}

struct catching_up {
	struct view *view;
	struct err *e;
	bool ok;
};

static bool apply_one(int64_t n, const char *text, size_t len, void *arg)
{
	struct catching_up *c = arg;

	c->ok = view_apply(c->view, n, text, len, c->e);
	return c->ok;
}

static bool apply_range(struct view *v, struct journal *j, int64_t to, struct err *e)
{
	struct catching_up c = {v, e, true};

	if (!view_begin(v, e))
		return false;
	bool ok = journal_read(j, v->applied, to, apply_one, &c, e) && c.ok && view_commit(v, e);
	if (!ok)
		view_rollback(v);
	return ok;
}

static bool catch_up(struct view *v, struct journal *j, struct err *e)
{
	while (v->applied < journal_count(j)) {
		int64_t to = v->applied + CATCH_UP_ENTRIES;

		if (!apply_range(v, j, to < journal_count(j) ? to : journal_count(j), e))
			return false;
	}
	return true;
}

static bool make_view(struct view **v, const char *path, struct journal *j, struct err *e)
{
	if (!view_open(v, path, e)) {
		*v = NULL;
		return false;
	}
	if (catch_up(*v, j, e))
		return true;
	view_close(*v);
	*v = NULL;
	return false;
}

/* The one that is there, which may be behind (a full disk) and is then tried again; else a new one.
 * A full disk is no reason to throw away one that cannot even be opened there. */
static bool open_view(struct view **v, const char *path, struct journal *j, struct err *e)
{
	if (view_open(v, path, e)) {
		if (belongs(*v, j) && (catch_up(*v, j, e) || !(*v)->damaged))
			return true;
		view_close(*v);
	} else if (e->kind == ERR_NO_SPACE) {
		*v = NULL;
		return false;
	}
	view_remove(path);
	return make_view(v, path, j, e);
}

/* A station that may not start because a table cannot be made would be silent for want of a copy:
 * then it is made in memory, out of the log, until the next start. */
static bool view_for(struct ledger *l, struct err *e)
{
	if (open_view(&l->view, l->view_path, l->journal, e))
		return true;
	log_warn(T("bảng tra nhật ký tạm nằm trong bộ nhớ cho đến lần khởi động sau: %s",
		   "the view is kept in memory until the next start: %s"), e->text);
	snprintf(l->view_path, sizeof(l->view_path), ":memory:");
	l->in_memory = true;
	return make_view(&l->view, l->view_path, l->journal, e);
}

static bool note_time(int64_t n, const char *text, size_t len, void *arg)
{
	struct ledger *l = arg;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	(void)n;
	l->has_last = json_get_time(o, "at", &l->last);
	stamps_resume(&l->stamps, o);
	json_decref(o);
	return false;
}

static bool read_last_time(struct ledger *l, struct err *e)
{
	int64_t count = journal_count(l->journal);

	return count == 0 || journal_read(l->journal, count - 1, count, note_time, l, e);
}

bool ledger_open(struct ledger **l, struct disk *d, const char *view_path, struct clock *clock,
		 const struct tz *tz, struct err *e)
{
	struct ledger *made = calloc(1, sizeof(*made));

	must(made != NULL);
	stamps_init(&made->stamps, clock);
	made->tz = tz;
	snprintf(made->view_path, sizeof(made->view_path), "%s", view_path);
	if (!journal_open(&made->journal, d, LOG_DIR, e) || !read_last_time(made, e) ||
	    !view_for(made, e)) {
		ledger_close(made);
		return false;
	}
	made->stale = made->view->applied < journal_count(made->journal);
	*l = made;
	return true;
}

void ledger_close(struct ledger *l)
{
	if (l == NULL)
		return;
	view_close(l->view);
	journal_close(l->journal);
	free(l);
}

static bool review_one(int64_t n, const char *text, size_t len, void *arg)
{
	struct ledger *l = arg;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	stamps_review(&l->stamps, n, o);
	json_decref(o);
	return true;
}

bool ledger_boot(struct ledger *l, const char *boot, struct err *e)
{
	int64_t count = journal_count(l->journal);
	int64_t from = count > REVIEW_ENTRIES ? count - REVIEW_ENTRIES : 0;

	stamps_boot(&l->stamps, boot);
	return journal_read(l->journal, from, count, review_one, l, e);
}

json_t *ledger_correction(struct ledger *l)
{
	return stamps_correction(&l->stamps);
}

bool ledger_bound(struct ledger *l, struct wall *t)
{
	return stamps_bound(&l->stamps, t);
}

void ledger_passed(struct ledger *l, struct wall t)
{
	stamps_learn(&l->stamps, t);
}

void ledger_clock_trusted(struct ledger *l)
{
	stamps_forget(&l->stamps);
}

static void add_stamp(struct ledger *l, json_t *entry, const struct stamp *stamp)
{
	int fault = json_object_set_new(entry, "at", json_time(stamp->wall, l->tz));

	fault |= json_object_set_new(entry, "clock", stamps_json(&l->stamps, stamp, l->tz));
	fault |= json_object_set_new(entry, "n", json_integer(journal_count(l->journal)));
	must(fault == 0);
}

/* Tells once that the view fell behind, and once that it is back. */
static void follow(struct ledger *l)
{
	struct err e;
	bool was_stale = l->stale;

	if (l->view->damaged || journal_count(l->journal) - l->view->applied > CATCH_UP_NOW_MAX)
		return;
	l->stale = !catch_up(l->view, l->journal, &e);
	if (l->stale && !was_stale)
		log_warn(T("bảng tra nhật ký chưa theo kịp (nhật ký vẫn đủ): %s",
			   "the view lags behind the log (the log is complete): %s"), e.text);
	if (l->view->damaged)
		view_remove(l->view_path); /* so that the next open surely makes it anew */
	if (!l->stale && was_stale)
		log_info("%s", T("bảng tra nhật ký đã theo kịp", "the view has caught up"));
}

bool ledger_append(struct ledger *l, json_t *entry, int64_t *n, struct err *e)
{
	struct stamp stamp = stamps_take(&l->stamps);

	must(json_is_string(json_object_get(entry, "kind")));
	add_stamp(l, entry, &stamp);
	char *text = json_dumps(entry, JSON_LINE);
	json_decref(entry);
	must(text != NULL);
	size_t len = strlen(text);
	bool ok = len <= ENTRY_BYTES_MAX ||
		  err_set(e, ERR_REFUSED,
			  T("mục nhật ký dài %zu byte, nhiều nhất %d",
			    "a log entry of %zu bytes, at most %d"), len, ENTRY_BYTES_MAX);
	ok = ok && journal_append(l->journal, text, len, n, e);
	free(text);
	if (!ok)
		return false;
	l->has_last = true;
	l->last = stamp.wall;
	stamps_wrote(&l->stamps, *n, &stamp);
	follow(l);
	return true;
}

int64_t ledger_next(const struct ledger *l)
{
	return journal_count(l->journal);
}

bool ledger_read(struct ledger *l, int64_t from, int64_t to,
		 bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		 struct err *e)
{
	return journal_read(l->journal, from, to, each, arg, e);
}

bool ledger_last_time(const struct ledger *l, struct wall *t)
{
	*t = l->last;
	return l->has_last;
}

struct view *ledger_view(struct ledger *l)
{
	return l->view;
}

bool ledger_view_stale(const struct ledger *l)
{
	return l->stale;
}

bool ledger_view_in_memory(const struct ledger *l)
{
	return l->in_memory;
}

int64_t ledger_view_count(const struct ledger *l)
{
	return l->view->applied;
}

void ledger_follow(struct ledger *l)
{
	if (l->stale)
		follow(l);
}

bool ledger_disk_low(const struct ledger *l)
{
	return journal_reserve_gone(l->journal);
}

int64_t ledger_lost(const struct ledger *l)
{
	return journal_lost(l->journal);
}

bool ledger_rebuild(struct disk *d, const char *view_path, int64_t *entries, struct err *e)
{
	struct journal *j;
	struct view *v = NULL;

	if (!journal_open(&j, d, LOG_DIR, e))
		return false;
	view_remove(view_path);
	bool ok = make_view(&v, view_path, j, e);
	*entries = journal_count(j);
	view_close(v);
	journal_close(j);
	return ok;
}
