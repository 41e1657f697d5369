/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the newest entry backwards, all changes are collected that may have come after `from`. The
 * log is in the order in which things happened, and its times are not: a clock may have leapt ahead
 * and been set back. A change was in force from the earliest time on that it or anything behind it
 * bears; so steps of the clock and starts of the station are collected, too. What a clock without
 * discipline stamped is read as corrected, or as late as had surely passed.
 *
 * The road not taken: replaying the log from its first entry, which a start of twenty years later
 * has no time for. What changed is undone instead: a bulletin that somebody decided on since is
 * made anew from the entries about it up to there. */
#include "station/then.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/history.h"
#include "proof/ledger.h"
#include "proof/reader.h"
#include "station/asides.h"
#include "station/inforce.h"
#include "station/stock.h"
#include "station/world.h"
#include "sys/log.h"

#include <stdlib.h>
#include <string.h>

enum sort { SORT_BULLETIN, SORT_ORDER, SORT_ASIDE, SORT_TABLES, SORT_CLOCK };

static const struct {
	const char *kind;
	enum sort sort;
} kinds[] = {
	{KIND_APPROVED, SORT_BULLETIN}, {KIND_WITHDRAWN, SORT_BULLETIN},
	{KIND_EDITED, SORT_BULLETIN},	{KIND_REFUSED, SORT_BULLETIN},
	{KIND_ENDORSED, SORT_BULLETIN}, {KIND_ORDER_SET, SORT_ORDER},
	{KIND_TIMETABLE, SORT_TABLES},	{KIND_CLOCK_STEPPED, SORT_CLOCK},
	{KIND_STARTED, SORT_CLOCK},
	{KIND_QUARANTINED, SORT_ASIDE}, {KIND_RELEASED, SORT_ASIDE},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

struct change {
	int64_t n;
	enum sort sort;
	struct wall since; /* in force from then on */
	json_t *entry;
};

struct then {
	struct ledger *ledger;
	const struct plan_input *now;
	struct wall from;
	struct change *list; /* by n */
	int count, capacity;
	int64_t before;	     /* entries up to this one were in force at `from` */
	int done;	     /* changes that the stock has taken */
	bool undone;	     /* the stock is not that of now */
	struct stock stock;
	struct inforce *tables; /* NULL: none was read … */
	int64_t tables_n;	/* … else those of this entry */
};

static void add(struct then *t, int64_t n, enum sort sort, struct wall since, json_t *entry)
{
	if (t->count == t->capacity) {
		t->capacity = t->capacity > 0 ? 2 * t->capacity : 16;
		t->list = realloc(t->list, (size_t)t->capacity * sizeof(*t->list));
		must(t->list != NULL);
	}
	t->list[t->count++] = (struct change){n, sort, since, json_incref(entry)};
}

struct walk {
	struct then *then;
	enum sort sort;
	int taken;
};

/* One that was written before `from` ends the walk: so was what stands before it. The timetables
 * that it names are those of the time before the first change. */
static bool collect(const struct event_row *row, void *arg)
{
	struct walk *w = arg;
	struct then *t = w->then;
	struct err ignored;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	struct wall since = inforce_since(entry, row->corrected ? row->offset_ms : 0);
	bool later = since.ns > t->from.ns && ++w->taken < THEN_CHANGES_MAX;

	if (entry != NULL && (later || w->sort == SORT_TABLES))
		add(t, row->n, w->sort, since, entry);
	if (!later && row->n > t->before)
		t->before = row->n;
	json_decref(entry);
	return later;
}

/* What the view does not have yet; it comes last and is found first. */
static bool collect_unseen(int64_t n, const char *text, size_t len, void *arg)
{
	struct then *t = arg;
	struct err ignored;
	json_t *entry = json_read(text, len, &ignored);
	const char *kind = json_get_text(entry, "kind", "");

	for (size_t k = 0; k < KINDS; k++)
		if (strcmp(kind, kinds[k].kind) == 0)
			add(t, n, kinds[k].sort, inforce_since(entry, 0), entry);
	json_decref(entry);
	return true;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = ((const struct change *)a)->n, y = ((const struct change *)b)->n;

	return (x > y) - (x < y);
}

/* Nothing was in force before what came before it, and nothing later than what came behind it. */
static void settle(struct then *t)
{
	struct wall least = {INT64_MAX};

	if (t->count > 1)
		qsort(t->list, (size_t)t->count, sizeof(*t->list), by_number);
	for (int i = t->count - 1; i >= 0; i--) {
		if (t->list[i].since.ns < least.ns)
			least = t->list[i].since;
		t->list[i].since = least;
		if (t->list[i].n <= t->before)
			t->list[i].since.ns = INT64_MIN;
	}
}

static void look_back(struct then *t)
{
	struct view *v = ledger_view(t->ledger);
	struct err e = {0};
	bool ok = true;

	for (size_t k = 0; ok && k < KINDS; k++) {
		struct walk w = {t, kinds[k].sort, 0};
		ok = reader_kind(v, kinds[k].kind, THEN_CHANGES_MAX, collect, &w, &e);
	}
	if (ok && ledger_view_stale(t->ledger))
		ok = ledger_read(t->ledger, ledger_view_count(t->ledger), ledger_next(t->ledger),
				 collect_unseen, t, &e);
	if (!ok)
		log_warn("%s", e.text);
	settle(t);
}

struct renewal {
	struct then *then;
	struct bulletin *bulletin;
	int64_t until; /* entries from this one on are undone */
};

static bool replay(const struct event_row *row, void *arg)
{
	struct renewal *r = arg;
	struct err ignored;
	json_t *entry = row->n < r->until ? json_read(row->text, strlen(row->text), &ignored)
					  : NULL;

	if (entry != NULL && strcmp(row->kind, KIND_RECEIVED) == 0)
		stock_renew(r->bulletin, row->n, entry);
	else if (entry != NULL)
		stock_decide(&r->then->stock, row->n, entry);
	json_decref(entry);
	return row->n < r->until;
}

/* Not approved, if it was not even there yet. */
static void renew(struct then *t, const char *id, int64_t until)
{
	struct renewal r = {t, stock_find(&t->stock, id), until};
	struct err e = {0};

	if (r.bulletin == NULL)
		return;
	r.bulletin->state = BULLETIN_RECEIVED;
	if (!history_about(ledger_view(t->ledger), id, replay, &r, &e))
		log_warn("%s", e.text);
}

static bool rank(const struct event_row *row, void *arg)
{
	struct renewal *r = arg;
	struct err ignored;
	json_t *entry = row->n < r->until ? json_read(row->text, strlen(row->text), &ignored)
					  : NULL;

	stock_order(&r->then->stock, row->n, entry);
	json_decref(entry);
	return true;
}

/* An order that was given since is undone by reading those before it again. */
static void rank_anew(struct then *t, int64_t until)
{
	struct renewal r = {t, NULL, until};
	struct err e = {0};

	for (int i = 0; i < t->stock.count; i++)
		t->stock.list[i].order_n = t->stock.list[i].order_place = 0;
	if (!reader_kind(ledger_view(t->ledger), KIND_ORDER_SET, THEN_CHANGES_MAX, rank, &r, &e))
		log_warn("%s", e.text);
}

/* The bulletins as they were before change `first`. What one replaced is older than itself: it
 * comes first, so that its own history does not bring it back. */
static void undo(struct then *t, int first)
{
	const struct plan_input *now = t->now;
	size_t bytes = (size_t)now->bulletin_count * sizeof(*t->stock.list);
	bool ordered = false, aside = false;
	struct err e = {0};

	t->undone = true;
	t->stock.count = now->bulletin_count;
	t->stock.list = malloc(bytes + 1);
	must(t->stock.list != NULL);
	memcpy(t->stock.list, now->bulletins, bytes);
	for (int i = first; i < t->count; i++) {
		const json_t *entry = t->list[i].entry;
		if (t->list[i].sort == SORT_ORDER)
			ordered = true;
		if (t->list[i].sort == SORT_ASIDE)
			aside = true;
		if (t->list[i].sort != SORT_BULLETIN)
			continue;
		renew(t, json_get_text(entry, "replaces", ""), t->list[first].n);
		renew(t, json_get_text(entry, "bulletin", ""), t->list[first].n);
	}
	if (ordered)
		rank_anew(t, t->list[first].n);
	if (aside && !asides_read(&t->stock, ledger_view(t->ledger), t->list[first].n, &e))
		log_warn("%s", e.text);
}

static bool of_bulletins(enum sort sort)
{
	return sort == SORT_BULLETIN || sort == SORT_ORDER || sort == SORT_ASIDE;
}

/* What was in force at `from` already has done its work. */
static void begin(struct then *t)
{
	int bulletins = 0;

	look_back(t);
	while (t->done < t->count && t->list[t->done].since.ns <= t->from.ns)
		t->done++;
	for (int i = t->done; i < t->count; i++)
		bulletins += of_bulletins(t->list[i].sort);
	if (bulletins > 0)
		undo(t, t->done);
}

/* The last timetable.changed among the first `count` changes, −1 none. */
static int last_tables(const struct then *t, int count)
{
	while (count > 0 && t->list[count - 1].sort != SORT_TABLES)
		count--;
	return count - 1;
}

/* What the log named last is in force now, and need not be read again. */
static void take_tables(struct then *t, struct plan_input *in)
{
	int at = last_tables(t, t->done);

	if (at < 0 || at == last_tables(t, t->count))
		return;
	const struct change *c = &t->list[at];
	if (t->tables == NULL || t->tables_n != c->n) {
		inforce_close(t->tables);
		t->tables = inforce_open(ledger_disk(t->ledger), world_zone, c->n, c->entry, NULL,
					 NULL);
		t->tables_n = c->n;
	}
	if (!t->tables->known)
		return;
	in->settings = &t->tables->settings;
	in->schedule = &t->tables->schedule;
}

/* What is in force at a moment, no earlier than the one asked for before; until when. */
static struct wall take(struct then *t, struct wall moment, struct plan_input *in)
{
	for (; t->done < t->count && t->list[t->done].since.ns <= moment.ns; t->done++)
		if (t->undone && of_bulletins(t->list[t->done].sort))
			stock_decide(&t->stock, t->list[t->done].n, t->list[t->done].entry);
	*in = *t->now;
	if (t->undone)
		in->bulletins = t->stock.list;
	take_tables(t, in);
	for (int i = t->done; i < t->count; i++)
		if (t->list[i].sort != SORT_CLOCK)
			return t->list[i].since;
	return (struct wall){INT64_MAX};
}

static void finish(struct then *t)
{
	for (int i = 0; i < t->count; i++)
		json_decref(t->list[i].entry);
	free(t->list);
	stock_finish(&t->stock);
	inforce_close(t->tables);
}

void then_plan(struct ledger *l, const struct plan_input *now, struct wall from, struct wall to,
	       void (*each)(const struct plan_input *in, struct occurrence *o, void *arg),
	       void *arg)
{
	struct then t = {.ledger = l, .now = now, .from = from, .before = -1};

	begin(&t);
	while (from.ns < to.ns) {
		struct plan_input in;
		struct plan plan;
		struct err e = {0};
		struct wall until = take(&t, from, &in);
		if (until.ns > to.ns)
			until = to;
		if (!plan_make(&plan, &in, from, until, &e))
			log_warn("%s", e.text);
		for (int i = 0; i < plan.count; i++)
			each(&in, &plan.list[i], arg);
		plan_finish(&plan);
		from = until;
	}
	finish(&t);
}
