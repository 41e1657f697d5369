/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry is on its way while the signer has been asked and has not answered, be it that a worn
 * card syncs, be it that the disk hangs. Whoever appended it waits a little, and then goes on: the
 * answer is heard when it comes. If the signer dies in the middle of it, the log itself says, once
 * it is open again, whether the entry is in it; else it is sent once more.
 *
 * The road not taken: a queue of entries with their numbers given out beforehand. A log that ends
 * while they wait gives its successor other numbers, and ids like A42 are made of these. */
#include "proof/ledger_inside.h"

#include "base/must.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define SHUT_NS NS_PER_S

static bool opened(struct ledger *l, struct err *e)
{
	struct chain *chain;

	if (!chain_open(&chain, l->disk, l->state.base, e))
		return false;
	chain_close(l->chain);
	l->chain = chain;
	/* Opened again (a signer that died, a rotation), it has what this run wrote as well. */
	if (l->state.log != l->opened_log)
		l->opened = l->state.size;
	l->opened_log = l->state.log;
	return true;
}

static void asked(struct ledger *l, int stage)
{
	l->late.stage = stage;
	l->late.waited = false;
}

static void over(struct late *w)
{
	json_decref(w->entry);
	free(w->text);
	w->entry = NULL;
	w->text = NULL;
	w->again = w->told = false;
	w->stage = LATE_NONE;
}

/* The oldest of those that nobody asked for again gives way. */
static void remember(struct late *w)
{
	int last = LEDGER_LATE_MAX - 1;

	json_decref(w->in[last].entry);
	memmove(w->in + 1, w->in, (size_t)last * sizeof(w->in[0]));
	w->in[0].entry = json_incref(w->entry);
	w->in[0].n = w->n;
	w->landed++;
}

static bool landed(struct ledger *l)
{
	struct late *w = &l->late;

	if (w->entry != NULL) {
		l->has_last = true;
		l->last = w->stamp.wall;
		stamps_wrote(&l->stamps, w->n, &w->stamp);
		if (w->told)
			remember(w);
	}
	over(w);
	return true;
}

static bool shut(struct ledger *l, const struct err *e)
{
	l->late.stage = LATE_SHUT;
	l->late.why = *e;
	l->late.shut_until = mono_add_ns(clock_mono(l->stamps.clock), SHUT_NS);
	return false;
}

static bool hear_entry(struct ledger *l, int wait_ms, struct err *e)
{
	struct late *w = &l->late;

	if (signer_hear(l->signer, wait_ms, &l->state, e)) {
		if (w->entry != NULL)
			chain_note(l->chain, w->text, strlen(w->text));
		return landed(l);
	}
	if (e->kind == ERR_STALLED)
		return false;
	if (e->kind != ERR_DAMAGED) {
		over(w);
		return false;
	}
	if (w->again) {
		w->again = false;
		return shut(l, e);
	}
	w->stage = LATE_SHUT;
	return true;
}

struct wanted {
	const char *text;
	bool same;
};

static bool compare(int64_t n, const char *text, size_t len, void *arg)
{
	struct wanted *w = arg;

	(void)n;
	w->same = len == strlen(w->text) && memcmp(text, w->text, len) == 0;
	return false;
}

/* The log is open again. */
static bool resume(struct ledger *l, struct err *e)
{
	struct late *w = &l->late;
	struct wanted wanted = {w->text, false};

	if (w->entry == NULL)
		return landed(l);
	if (chain_next(l->chain) > w->n) {
		if (!chain_read(l->chain, w->n, w->n + 1, compare, &wanted, e))
			return shut(l, e);
		if (wanted.same)
			return landed(l);
		over(w);
		return err_set(e, ERR_DIFFERS,
			       T("nhật ký có mục lạ", "a strange entry in the log"));
	}
	/* Its number stands in it: another log has other numbers. */
	if (chain_next(l->chain) != w->n) {
		over(w);
		return err_set(e, ERR_CONFLICT, T("nhật ký vừa đổi; hãy làm lại",
						  "the log has changed; do it again"));
	}
	w->again = true;
	if (!signer_ask_append(l->signer, w->text, strlen(w->text), e))
		return shut(l, e);
	asked(l, LATE_ASKED);
	return true;
}

static bool hear_open(struct ledger *l, int wait_ms, struct err *e)
{
	struct late *w = &l->late;

	if (w->stage == LATE_SHUT) {
		if (clock_mono(l->stamps.clock).ns < w->shut_until.ns) {
			*e = w->why;
			return false;
		}
		if (!signer_ask_open(l->signer, false, e))
			return shut(l, e);
		asked(l, LATE_OPENING);
	}
	if (!signer_hear(l->signer, w->waited ? 0 : wait_ms, &l->state, e))
		return e->kind != ERR_STALLED && shut(l, e);
	return opened(l, e) ? resume(l, e) : shut(l, e);
}

bool late_settle(struct ledger *l, int wait_ms, struct err *e)
{
	struct late *w = &l->late;

	while (w->stage != LATE_NONE) {
		bool ok = w->stage == LATE_ASKED ? hear_entry(l, w->waited ? 0 : wait_ms, e)
						 : hear_open(l, wait_ms, e);
		if (ok)
			continue;
		w->waited = w->waited || wait_ms > 0;
		w->told = w->stage != LATE_NONE;
		return false;
	}
	return true;
}

bool late_open(struct ledger *l, bool next, struct err *e)
{
	if (!late_settle(l, 0, e))
		return false;
	if (!signer_ask_open(l->signer, next, e))
		return false;
	l->late.since = stamps_take(&l->stamps);
	asked(l, LATE_OPENING);
	return late_settle(l, SIGNER_OPEN_MS, e);
}

static void send(struct ledger *l, bool sent, const struct err *e)
{
	l->late.since = stamps_take(&l->stamps);
	asked(l, sent ? LATE_ASKED : LATE_SHUT);
	must(sent || e->kind == ERR_DAMAGED);
}

bool late_append(struct ledger *l, json_t *entry, char *text, const struct stamp *stamp,
		 int wait_ms, struct err *e)
{
	struct late *w = &l->late;

	must(w->stage == LATE_NONE);
	w->entry = entry;
	w->text = text;
	w->n = chain_next(l->chain);
	w->stamp = *stamp;
	send(l, signer_ask_append(l->signer, text, strlen(text), e), e);
	return late_settle(l, wait_ms, e);
}

bool late_speak(struct ledger *l, struct err *e)
{
	if (!late_settle(l, 0, e))
		return false;
	send(l, signer_ask_speak(l->signer, e), e);
	return late_settle(l, l->patience_ms, e);
}

static int place_of(const struct late *w, const json_t *entry)
{
	for (int i = 0; i < LEDGER_LATE_MAX; i++)
		if (w->in[i].entry == entry)
			return i;
	return -1;
}

bool late_claim(struct ledger *l, const json_t *entry, int64_t *n)
{
	int i = place_of(&l->late, entry);

	if (i < 0)
		return false;
	*n = l->late.in[i].n;
	json_decref(l->late.in[i].entry);
	l->late.in[i].entry = NULL;
	return true;
}

enum ledger_fate ledger_fate(const struct ledger *l, const json_t *entry)
{
	if (entry == l->late.entry)
		return LEDGER_ON_ITS_WAY;
	return place_of(&l->late, entry) >= 0 ? LEDGER_IN : LEDGER_NOT;
}

bool ledger_stalled(const struct ledger *l, struct wall *since, int64_t *stalled_ns)
{
	const struct late *w = &l->late;

	if (w->stage == LATE_NONE || !w->waited)
		return false;
	*since = w->since.wall;
	*stalled_ns = clock_up_ns(l->stamps.clock) - w->since.up_ns;
	return true;
}

uint64_t ledger_landed(const struct ledger *l)
{
	return l->late.landed;
}

void late_forget(struct ledger *l)
{
	over(&l->late);
	for (int i = 0; i < LEDGER_LATE_MAX; i++)
		json_decref(l->late.in[i].entry);
}
