/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/owed.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/desk.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/then.h"

#include <limits.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S) /* accounted for in one step */
#define LONGEST_NS (GAP_DAYS_MAX * DAY_NS)

/* A shorter leap the next start sees by itself: it looks back so far anyway (recover.c). */
#define MARK_NS (10 * NS_PER_S)

void gaps_add(struct gaps *g, struct wall from, struct wall to, enum reason why)
{
	if (from.ns >= to.ns)
		return;
	if (g->count == GAPS_MAX)
		memmove(g->list, g->list + 1, (size_t)--g->count * sizeof(g->list[0]));
	g->list[g->count++] = (struct gap){from, to, why};
}

void owed_begin(struct playout *p, struct wall accounted_to, enum reason gap_reason,
		struct mono machine_up)
{
	struct owed *o = &p->owed;

	o->boot = o->to = playout_now(p);
	o->accounted_to = o->from = accounted_to;
	o->gap_reason = gap_reason;
	o->machine_up = machine_up;
}

static void mark(struct playout *p, struct wall from, const struct wall *to, enum reason why)
{
	record_owed(p, from, to, why);
	p->owed.marked = true;
}

/* What was open stays open; what lies too far back is not listed item by item. */
static void extend(struct owed *o, struct wall from, struct wall to)
{
	struct wall longest = wall_add_ns(to, -LONGEST_NS);

	if (o->from.ns >= o->to.ns)
		o->from = from;
	o->to = to;
	if (o->from.ns < longest.ns)
		o->from = longest;
	if (o->from.ns > o->to.ns)
		o->from = o->to;
}

void owed_leap(struct playout *p, struct wall before, struct wall after, enum reason why)
{
	if (after.ns - before.ns >= MARK_NS)
		mark(p, before, &after, why);
	extend(&p->owed, before, after);
	gaps_add(&p->owed.gaps, before, after, why);
}

void owed_back(struct playout *p, struct wall after)
{
	struct owed *o = &p->owed;

	if (o->to.ns > after.ns)
		o->to = after;
	if (o->from.ns > o->to.ns)
		o->from = o->to;
	if (o->accounted_to.ns > after.ns)
		o->accounted_to = after;
	for (int i = 0; i < o->gaps.count; i++)
		if (o->gaps.list[i].to.ns > after.ns)
			o->gaps.list[i].to = after;
}

void owed_doubt(struct playout *p, struct wall before)
{
	mark(p, before, NULL, REASON_CLOCK_UNTRUSTED);
	p->owed.doubted = true;
	p->owed.doubted_at = before;
}

/* What a clock that was not believed said of the past is not believed either; boot was moved along
 * with it, and is believed now. */
void owed_trust(struct playout *p, struct wall now)
{
	struct owed *o = &p->owed;
	struct wall from = o->doubted ? o->doubted_at : o->boot;

	if (o->doubted)
		mark(p, from, &now, REASON_CLOCK_UNTRUSTED);
	/* Never believed yet: what was owed at the beginning has waited. */
	extend(o, o->doubted ? from : o->from, now);
	if (o->accounted_to.ns < wall_add_ns(now, -LONGEST_NS).ns)
		o->accounted_to = wall_add_ns(now, -LONGEST_NS);
	if (o->accounted_to.ns > now.ns)
		o->accounted_to = now;
	gaps_add(&o->gaps, from, now, REASON_CLOCK_UNTRUSTED);
	o->doubted = false;
}

/* Now, or the last moment that a believed clock has shown. */
static struct wall believable(const struct playout *p, struct wall now)
{
	if (p->trusted)
		return now;
	return p->owed.doubted ? p->owed.doubted_at : p->owed.from;
}

json_t *owed_late(struct playout *p)
{
	p->owed.marked = true;
	p->unwritten_from = believable(p, playout_now(p));
	return entry_past_owed(p->unwritten_from, NULL, reason_code(REASON_LOG_UNWRITABLE),
			       &p->world->settings->tz);
}

void owed_again(struct playout *p, struct wall from)
{
	struct owed *o = &p->owed;
	struct wall now = playout_now(p);

	o->marked = true;
	if (p->trusted)
		extend(o, o->from.ns < o->to.ns && o->from.ns < from.ns ? o->from : from, now);
	gaps_add(&o->gaps, from, now, REASON_LOG_UNWRITABLE);
}

static void account(const struct plan_input *in, struct occurrence *one, void *arg)
{
	struct playout *p = arg;
	struct wall end = wall_add_ns(one->start, ns_of_frames(one->finish_frames));

	if (end.ns <= p->owed.to.ns)
		run_account(p, in, one);
}

static void account_day(struct playout *p)
{
	struct owed *o = &p->owed;
	struct wall until = wall_add_ns(o->from, DAY_NS);

	if (until.ns > o->to.ns)
		until = o->to;
	then_plan(p->ledger, p->world, wall_add_ns(o->from, -LOOK_BACK_NS), until, account, p);
	o->from = until;
}

void owed_account(struct playout *p)
{
	if (p->trusted && p->owed.from.ns < p->owed.to.ns)
		account_day(p);
	if (!p->owed.marked || !owed_nothing(p))
		return;
	p->owed.marked = false;
	record_accounted(p);
}

bool owed_nothing(const struct playout *p)
{
	return p->trusted && p->owed.from.ns >= p->owed.to.ns && p->unwritten == NULL;
}

static enum reason reason_before_boot(const struct playout *p, struct wall planned)
{
	const struct owed *o = &p->owed;
	/* The wall clock went on while the machine slept, and the one that machine_up is of did
	 * not. */
	int64_t up_ns = o->machine_up.ns + p->wall_minus_mono_ns - p->slept_ns;

	return o->gap_reason == REASON_POWER_OFF && planned.ns >= up_ns ? REASON_PROGRAM_ENDED
									: o->gap_reason;
}

enum reason owed_reason(const struct playout *p, struct wall planned)
{
	const struct owed *o = &p->owed;

	/* Asked first: a step moves the moment of boot along: the skipped time lies before it. */
	for (int i = o->gaps.count - 1; i >= 0; i--)
		if (planned.ns >= o->gaps.list[i].from.ns && planned.ns < o->gaps.list[i].to.ns)
			return o->gaps.list[i].why;
	return planned.ns < o->boot.ns ? reason_before_boot(p, planned) : REASON_LATE;
}

struct finding {
	int64_t since;
	json_t *list; /* of past.owed, newest first */
};

static bool collect(const struct event_row *row, void *arg)
{
	struct finding *f = arg;
	struct err ignored;

	if (row->n < f->since)
		return false;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	if (entry != NULL)
		json_array_append_new(f->list, entry);
	return true;
}

/* Of a clock that was not believed when the power failed nobody knows how long that went on; the
 * machine's counter says at least how long. What the log did not take ends with the entry. */
static void take(struct desk *d, const json_t *entry, struct wall *earliest, struct gaps *gaps)
{
	const char *why = json_get_text(entry, "reason", "");
	struct wall from, to;

	if (!json_get_time(entry, "from", &from))
		return;
	if (from.ns < earliest->ns)
		*earliest = from;
	if (!json_get_time(entry, "to", &to) &&
	    !(reason_parse(why) == REASON_CLOCK_UNTRUSTED ? ledger_bound(d->ledger, &to)
							  : json_get_time(entry, "at", &to)))
		return;
	if (reason_parse(why) < REASON_COUNT)
		gaps_add(gaps, from, to, reason_parse(why));
}

bool owed_find(struct desk *d, int64_t since, struct wall *from, struct gaps *gaps, struct err *e)
{
	struct finding f = {.since = since, .list = json_array()};
	bool ok = reader_kind(ledger_view(d->ledger), KIND_OWED, INT_MAX, collect, &f, e);

	for (size_t i = json_array_size(f.list); i > 0; i--)
		take(d, json_array_get(f.list, i - 1), from, gaps);
	json_decref(f.list);
	return ok;
}
