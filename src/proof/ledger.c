/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log is right, the view is a copy that can be made again: so an append is true once the
 * journal has it, and the view follows. */
#include "proof/ledger_inside.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/catchup.h"
#include "proof/entry.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REVIEW_ENTRIES 4096   /* for stretches that a run before this one left uncorrected */
#define CATCH_UP_NOW_MAX 1000	/* behind more than that, an append waits for the next open */

/* A station that may not start because a table cannot be made would be silent for want of a copy:
 * then it is made in memory, out of the log, until the next start. */
static bool view_for(struct ledger *l, struct err *e)
{
	if (catchup_open(&l->view, l->view_path, l->chain, e))
		return true;
	log_warn(T("bảng tra nhật ký tạm nằm trong bộ nhớ cho đến lần khởi động sau: %s",
		   "the view is kept in memory until the next start: %s"), e->text);
	snprintf(l->view_path, sizeof(l->view_path), ":memory:");
	l->in_memory = true;
	return catchup_make(&l->view, l->view_path, l->chain, e);
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
	int64_t last = chain_before(l->chain, INT64_MAX);

	return last < 0 || chain_read(l->chain, last, last + 1, note_time, l, e);
}

bool ledger_open(struct ledger **l, struct disk *d, struct signer *signer, const char *view_path,
		 struct clock *clock, const struct tz *tz, struct err *e)
{
	struct ledger *made = calloc(1, sizeof(*made));

	must(made != NULL);
	made->disk = d;
	made->signer = signer;
	made->patience_ms = SIGNER_WAIT_MS;
	stamps_init(&made->stamps, clock);
	made->tz = tz;
	snprintf(made->view_path, sizeof(made->view_path), "%s", view_path);
	if (!late_open(made, false, e) || !read_last_time(made, e) || !view_for(made, e)) {
		ledger_close(made);
		return err_wrap(e, T("không mở được nhật ký", "cannot open the log"));
	}
	made->lost = made->state.lost;
	made->stale = made->view->applied <= chain_before(made->chain, INT64_MAX);
	*l = made;
	return true;
}

void ledger_close(struct ledger *l)
{
	if (l == NULL)
		return;
	late_forget(l);
	view_close(l->view);
	chain_close(l->chain);
	signer_close(l->signer);
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
	int64_t count = chain_next(l->chain);
	int64_t from = count > REVIEW_ENTRIES ? count - REVIEW_ENTRIES : 0;

	stamps_boot(&l->stamps, boot);
	return chain_read(l->chain, from, count, review_one, l, e);
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
	fault |= json_object_set_new(entry, "n", json_integer(chain_next(l->chain)));
	must(fault == 0);
}

/* Tells once that the view fell behind, and once that it is back. */
static void follow(struct ledger *l)
{
	struct err e;
	bool was_stale = l->stale;

	if (l->view->damaged || chain_next(l->chain) - l->view->applied > CATCH_UP_NOW_MAX)
		return;
	l->stale = !catchup_run(l->view, l->chain, &e);
	if (l->stale && !was_stale)
		log_warn(T("bảng tra nhật ký chưa theo kịp (nhật ký vẫn đủ): %s",
			   "the view lags behind the log (the log is complete): %s"), e.text);
	if (l->view->damaged)
		view_remove(l->view_path); /* so that the next open surely makes it anew */
	if (!l->stale && was_stale)
		log_info("%s", T("bảng tra nhật ký đã theo kịp", "the view has caught up"));
}

/* Takes the reference. */
static bool append_entry(struct ledger *l, json_t *entry, int wait_ms, int64_t *n, struct err *e)
{
	struct stamp stamp = stamps_take(&l->stamps);

	must(json_is_string(json_object_get(entry, "kind")));
	add_stamp(l, entry, &stamp);
	char *text = json_dumps(entry, JSON_LINE);
	must(text != NULL);
	size_t len = strlen(text);
	*n = chain_next(l->chain);
	bool ok = len <= ENTRY_BYTES_MAX ||
		  err_set(e, ERR_REFUSED, T("mục nhật ký dài %zu byte, nhiều nhất %d",
					    "a log entry of %zu bytes, at most %d"), len,
			  ENTRY_BYTES_MAX);
	if (ok)
		return late_append(l, entry, text, &stamp, wait_ms, e);
	free(text);
	json_decref(entry);
	return false;
}

/* The first entry of a log that is not the station's first says what was before it. */
static bool introduce(struct ledger *l, struct err *e)
{
	const struct notary_state *s = &l->state;
	struct entry_log_end end = {s->why, s->base, chain_before(l->chain, s->base),
				    s->previous_vkey, s->previous_size, s->previous_root,
				    s->kept_size, s->kept_root};
	int64_t n;

	return !s->begun ||
	       append_entry(l, entry_log_continued(&end), l->patience_ms, &n, e);
}

/* Up to the size that notary_open is silent to; what cannot be filled now is later. */
static void fill(struct ledger *l)
{
	struct err ignored;
	int64_t n;

	while (l->state.size < l->state.silent_to)
		if (!append_entry(l, entry_log_padded(), l->patience_ms, &n, &ignored))
			return;
}

/* A rotation that a power cut fell into goes on as soon as everything has a signed head. */
static bool settle(struct ledger *l, struct err *e)
{
	if (l->state.rotates)
		fill(l);
	return (!l->state.rotates || ledger_unsigned(l) || late_open(l, false, e)) &&
	       introduce(l, e);
}

static bool announce(struct ledger *l, const char *reason, const char *who, struct err *e)
{
	int64_t n;

	fill(l);
	if (ledger_unsigned(l))
		return err_set(e, ERR_CONFLICT, T("chưa ký được; thử lại sau", "try again later"));
	return append_entry(l, entry_key_rotated(l->state.vkey, l->state.next_vkey, reason, who),
			    l->patience_ms, &n, e);
}

bool ledger_rotate(struct ledger *l, const char *reason, const char *who, struct err *e)
{
	if (!late_settle(l, 0, e) || !settle(l, e) || !late_open(l, true, e))
		return false;
	if (l->state.next_vkey[0] == '\0')
		return err_set(e, ERR_REFUSED, T("nhật ký không được ký", "the log is unsigned"));
	bool announced = announce(l, reason, who, e);
	struct err ignored; /* else the key that was made ready is dropped again */
	bool begun = late_open(l, false, announced ? e : &ignored) &&
		     (!announced || settle(l, e));
	follow(l);
	return announced && begun;
}

/* The disk hangs on somebody else's entry: of this one it is known. */
static void not_now(struct err *e)
{
	err_set(e, ERR_STALLED,
		T("đĩa không trả lời nên không ghi được vào nhật ký; hãy thử lại khi đĩa chạy lại",
		  "the disk does not answer, and nothing can be written into the log; try again "
		  "once it works"));
}

static bool append(struct ledger *l, json_t *entry, int wait_ms, int64_t *n, struct err *e)
{
	bool there = late_settle(l, wait_ms, e);

	if (late_claim(l, entry, n)) {
		json_decref(entry);
		return true;
	}
	if (!there || !settle(l, e)) {
		if (!there && e->kind == ERR_STALLED && ledger_fate(l, entry) == LEDGER_NOT)
			not_now(e);
		json_decref(entry);
		return false;
	}
	bool ok = append_entry(l, entry, wait_ms, n, e);
	if (ok)
		fill(l);
	follow(l);
	return ok;
}

bool ledger_append(struct ledger *l, json_t *entry, int64_t *n, struct err *e)
{
	return append(l, entry, l->patience_ms, n, e);
}

bool ledger_append_soon(struct ledger *l, json_t *entry, int64_t *n, struct err *e)
{
	return append(l, entry, l->patience_ms < LEDGER_SOON_MS ? l->patience_ms : LEDGER_SOON_MS,
		      n, e);
}

void ledger_patience(struct ledger *l, int wait_ms)
{
	l->patience_ms = wait_ms;
}

void ledger_look(struct ledger *l)
{
	struct err ignored;
	uint64_t before = l->late.landed;

	if (l->late.stage == LATE_ASKED || l->late.stage == LATE_OPENING)
		late_settle(l, 0, &ignored);
	if (l->late.landed != before)
		follow(l);
}

bool ledger_speak(struct ledger *l, struct err *e)
{
	return late_speak(l, e);
}

int64_t ledger_opened(const struct ledger *l)
{
	return l->opened;
}

bool ledger_reopen(struct ledger *l, struct err *e)
{
	return late_open(l, false, e);
}

const struct notary_state *ledger_state(const struct ledger *l)
{
	return &l->state;
}

bool ledger_unsigned(const struct ledger *l)
{
	return l->state.head < l->state.size;
}

int64_t ledger_next(const struct ledger *l)
{
	return chain_next(l->chain);
}

bool ledger_read(struct ledger *l, int64_t from, int64_t to,
		 bool (*each)(int64_t n, const char *text, size_t len, void *arg), void *arg,
		 struct err *e)
{
	return chain_read(l->chain, from, to, each, arg, e);
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

struct disk *ledger_disk(const struct ledger *l)
{
	return l->disk;
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
	return l->state.reserve_gone;
}

int64_t ledger_lost(const struct ledger *l)
{
	return l->lost;
}

bool ledger_rebuild(struct disk *d, const char *view_path, int64_t *entries, struct err *e)
{
	struct chain *c;
	struct view *v = NULL;

	if (!chain_open(&c, d, 0, e))
		return false;
	view_remove(view_path);
	bool ok = catchup_make(&v, view_path, c, e);
	*entries = chain_next(c);
	view_close(v);
	chain_close(c);
	return ok;
}
