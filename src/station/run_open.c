/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an occurrence of the plan to a run, or to rows that say why not. What airs is decided by
 * what is in force now; what has to be told of, by what was in force when the slot began (`in`). */
#include "station/run.h"

#include "base/must.h"
#include "plan/fill.h"
#include "station/ordering.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/relaying.h"

#include <limits.h>
#include <string.h>

/* From the decision to join late to the first sample: the intent's fdatasync and the first read. */
#define JOIN_AHEAD_NS (150 * NS_PER_MS)

static struct wall item_planned(struct wall start, const struct plan_item *item)
{
	return wall_add_ns(start, ns_of_frames(item->offset_frames));
}

static bool item_known(struct playout *p, const struct occurrence *o, const struct plan_item *item)
{
	if (item->kind == ITEM_IDENT)
		return false;
	bool due = item_planned(o->start, item).ns >= playout_now(p).ns - LATE_GRACE_NS;
	return record_known(p, o->slot, o->start, item->bulletin, item->asset, due);
}

static bool is_owed(struct playout *p, const struct occurrence *o, const struct plan_item *item,
		    struct wall since)
{
	if (item->kind == ITEM_IDENT)
		return false;
	if (item_planned(o->start, item).ns >= since.ns)
		return true;
	/* It may have moved since, when one before it was withdrawn: of a slot that was on air at
	 * that moment, and that the log knows, everything is owed. */
	int64_t end_frames = item->kind == ITEM_RELAY ? item->offset_frames + item->length_frames
						      : o->finish_frames;
	if (wall_add_ns(o->start, ns_of_frames(end_frames)).ns <= since.ns)
		return false;
	/* That a relay was missed is written when it is known how much of it: a run that ended
	 * before that has told nothing. Before the first one there was no station. */
	if (item->kind == ITEM_RELAY && p->owed.gap_reason != REASON_LATE)
		return true;
	return record_begun(p, o->slot, o->start);
}

/* A missed entry for an item, unless the log knows it or it lies before what is to be looked at:
 * what is saved late is planned now, whenever it should have begun. */
static void item_missed(struct playout *p, const struct plan_input *in, const struct occurrence *o,
			const struct plan_item *item, enum reason reason)
{
	struct wall planned = item_planned(o->start, item);
	bool owed = reason == REASON_SAVED_LATE || is_owed(p, o, item, p->owed.accounted_to);

	if (!owed || item_known(p, o, item))
		return;
	record_missed(p, in->settings, o->slot, o->start, (int)(item - o->items), item->bulletin,
		      item->asset, planned, item->length_frames, reason, NULL);
	p->changes++;
}

/* An occurrence that began late for a reason that is known owes what no longer fits to that; one
 * that is merely late has no room left. What a clock leapt over may come yet: it says so of all. */
static enum reason omission_reason(const struct playout *p, const struct occurrence *o,
				   const struct plan_omission *om, bool joined_late)
{
	enum reason late = owed_reason(p, o->start);

	return late == REASON_CLOCK_FORWARD || (joined_late && late != REASON_LATE) ?
	       late : reason_parse(omission_code(om->why));
}

const struct run *run_opened(const struct playout *p, const struct occurrence *o)
{
	for (const struct run *r = p->runs; r != NULL; r = r->next)
		if (r->start.ns == o->start.ns && strcmp(r->slot.name, o->slot->name) == 0 &&
		    strcmp(r->slot.file, o->slot->file) == 0)
			return r;
	return NULL;
}

/* A slot that is open already goes by the plan it was opened with: what became of its items it
 * says itself, whatever the plan of now would leave out. */
static bool run_tells(const struct playout *p, const struct occurrence *o,
		      const struct bulletin *b)
{
	const struct run *r = run_opened(p, o);

	if (r == NULL || b == NULL)
		return r != NULL;
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].item.bulletin != NULL &&
		    strcmp(r->items[i].item.bulletin->id, b->id) == 0)
			return true;
	return false;
}

/* late_from: omissions from this number on came by joining late. */
static void note_omissions(struct playout *p, const struct plan_input *in,
			   const struct occurrence *o, int late_from)
{
	for (int i = 0; i < o->omission_count; i++) {
		const struct plan_omission *om = &o->omissions[i];
		if (i < late_from && o->start.ns < p->owed.accounted_to.ns)
			continue;
		if (o->slot->demo && om->why == OMIT_CONFLICT)
			continue; /* a demonstration gives way: it was never promised */
		if (record_known(p, o->slot, o->start, om->bulletin, NULL, false) ||
		    run_tells(p, o, om->bulletin))
			continue;
		record_missed(p, in->settings, o->slot, o->start, 0, om->bulletin, NULL, o->start,
			      om->bulletin != NULL ? om->bulletin->frames : o->length_frames,
			      omission_reason(p, o, om, i >= late_from), o->off);
		p->changes++;
	}
}

void run_account(struct playout *p, const struct plan_input *in, const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++) {
		struct wall planned = item_planned(o->start, &o->items[i]);
		if (planned.ns < p->owed.to.ns && is_owed(p, o, &o->items[i], p->owed.from))
			item_missed(p, in, o, &o->items[i], owed_reason(p, planned));
	}
	if (o->start.ns >= p->owed.from.ns)
		note_omissions(p, in, o, INT_MAX);
}

void run_left_out(struct playout *p, const struct plan_input *in, const struct occurrence *o)
{
	note_omissions(p, in, o, INT_MAX);
}

/* The zones of a slot as they are numbered now; those that are gone are left out. */
static uint32_t zones_now(const struct playout *p, const struct plan_input *in, uint32_t zones)
{
	uint32_t now = 0;

	for (int z = 0; z < in->settings->zone_count; z++) {
		int at = zones >> z & 1
				 ? settings_zone(p->world->settings, in->settings->zones[z].name)
				 : -1;
		now |= at >= 0 ? 1u << at : 0;
	}
	return now;
}

static struct run *adopt(struct playout *p, const struct plan_input *in,
			 const struct occurrence *o, const bool *leave_out)
{
	struct run *r = run_create(p, o->slot->demo ? AIR_DEMO : AIR_TIMETABLE, o->item_count);

	r->slot = *o->slot;
	r->slot.dates = r->slot.except = NULL;
	r->slot.offs = NULL;
	r->start = o->start;
	r->length_frames = o->length_frames;
	r->finish_frames = o->finish_frames;
	r->zones = r->slot.zones = zones_now(p, in, o->slot->zones);
	for (int i = 0; i < o->item_count; i++)
		if (!leave_out[i])
			run_copy_item(&r->items[r->item_count++], &o->items[i], o->start);
	if (r->item_count > 0 && r->items[0].item.kind == ITEM_RELAY)
		relaying_begin(r);
	r->next = p->runs;
	p->runs = r;
	p->changes++;
	return r;
}

/* Too late to join: what lies behind is missed, the rest stays at its time. why: REASON_COUNT if
 * that is known of each. */
static void miss_late(struct playout *p, const struct plan_input *in, const struct occurrence *o,
		      enum reason why, bool *leave_out)
{
	int64_t now = playout_now(p).ns;

	for (int i = 0; i < o->item_count; i++) {
		struct wall planned = item_planned(o->start, &o->items[i]);
		if (leave_out[i] || planned.ns >= now - LATE_GRACE_NS)
			continue;
		item_missed(p, in, o, &o->items[i],
			    why != REASON_COUNT ? why : owed_reason(p, planned));
		leave_out[i] = true;
	}
}

/* Whether the timetable that is in force still has a start, and loudspeakers for it. */
static bool still_planned(const struct playout *p, const struct plan_input *in,
			  const struct occurrence *o)
{
	bool found = in->schedule == p->world->schedule;

	for (int i = 0; !found && i < p->plan.count; i++)
		found = p->plan.list[i].start.ns == o->start.ns &&
			strcmp(p->plan.list[i].slot->name, o->slot->name) == 0;
	return found && zones_now(p, in, o->slot->zones) != 0;
}

/* What was planned when the slot began and may not be played any more. */
static void miss_gone(struct playout *p, const struct plan_input *in, const struct occurrence *o,
		      bool *known)
{
	bool planned = still_planned(p, in, o);
	int64_t now = playout_now(p).ns;

	for (int i = 0; i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		struct wall at = item_planned(o->start, item);
		bool may = item->bulletin == NULL || run_allowed(p, false, item->bulletin) != NULL;
		if (known[i] || (planned && may))
			continue;
		known[i] = true;
		item_missed(p, in, o, item,
			    at.ns < now - LATE_GRACE_NS ? owed_reason(p, at)
			    : may ? REASON_TIMETABLE_CHANGED
				  : run_why_not(p, item->bulletin));
	}
}

/* Items that the log knows or that are told of now are marked in known[]. How many of the others
 * are too late. */
static int sort_out(struct playout *p, const struct plan_input *in, const struct occurrence *o,
		    bool *known)
{
	int64_t now = playout_now(p).ns;
	int late = 0;

	/* Of what is live there is always more to air. */
	for (int i = 0; i < o->item_count; i++)
		known[i] = o->items[i].kind != ITEM_RELAY && item_known(p, o, &o->items[i]);
	miss_gone(p, in, o, known);
	for (int i = 0; i < o->item_count; i++)
		late += !known[i] && o->items[i].kind != ITEM_IDENT &&
			item_planned(o->start, &o->items[i]).ns < now - LATE_GRACE_NS;
	return late;
}

/* A slot began, the clock went back before that, and forth over it: what was approved meanwhile was
 * planned for that start, and the run that is open since the first time does not know it. */
static void tell_leapt(struct playout *p, const struct plan_input *in, const struct occurrence *o)
{
	if (owed_reason(p, o->start) != REASON_CLOCK_FORWARD)
		return;
	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].bulletin != NULL && !run_tells(p, o, o->items[i].bulletin))
			item_missed(p, in, o, &o->items[i], REASON_CLOCK_FORWARD);
}

/* A relay ends with its slot, which other items may run over: too little of it is left. */
static bool relay_is_over(const struct occurrence *o, int64_t late_ns)
{
	return o->slot->play.kind == PLAY_RELAY &&
	       o->length_frames - frames_of_ns(late_ns + JOIN_AHEAD_NS) < FILL_LEAST_FRAMES;
}

/* A slot that was on air when it was broken off is late by no more than it was off. */
static bool joins(const struct playout *p, const struct occurrence *o, struct wall now)
{
	int64_t late_ns = now.ns - o->start.ns;
	struct wall cut;

	if (relay_is_over(o, late_ns))
		return false;
	if (cutoffs_find(p, o, &cut)) {
		if (late_ns <= LATE_GRACE_NS)
			return true;
		late_ns = now.ns - cut.ns < late_ns ? now.ns - cut.ns : late_ns;
	}
	return late_ns > 0 && late_ns <= o->slot->join_within_s * NS_PER_S;
}

/* Lays what is left from now on; what was to begin in a moment keeps its time. */
static void join(struct playout *p, const struct plan_input *in, struct occurrence *o, bool *known)
{
	int64_t late_ns = playout_now(p).ns - o->start.ns;
	int64_t offset = late_ns > 0 ? frames_of_ns(late_ns + JOIN_AHEAD_NS) : 0;

	cutoffs_choose(p, in, o, offset, !still_planned(p, in, o), known);
	plan_rejoin(o, in, offset, known);
	memset(known, 0, SLOT_ITEMS_MAX + 2);
}

static void open_as(struct playout *p, const struct plan_input *in, struct occurrence *o,
		    enum reason why_late)
{
	bool known[SLOT_ITEMS_MAX + 2] = {false};
	struct wall now = playout_now(p), cut;
	int64_t late_ns = now.ns - o->start.ns;
	int late_from = INT_MAX, left = 0;
	struct run *r = NULL;

	if (run_opened(p, o) != NULL) {
		/* It began while no clock was believed: what it left out nobody has told of. */
		if (late_ns >= 0) {
			tell_leapt(p, in, o);
			note_omissions(p, in, o, INT_MAX);
		}
		return;
	}
	must(o->item_count <= SLOT_ITEMS_MAX + 2);
	if (sort_out(p, in, o, known) > 0 || cutoffs_find(p, o, &cut)) {
		if (joins(p, o, now)) {
			late_from = o->omission_count;
			join(p, in, o, known);
		} else {
			miss_late(p, in, o, why_late, known);
		}
	}
	/* Whatever began since is told of when all that began is (playout_tell_omissions). */
	if (o->start.ns <= p->omitted_to.ns && !record_begun(p, o->slot, o->start))
		ordering_begins(p, o);
	if (late_ns >= 0)
		note_omissions(p, in, o, late_from);
	for (int i = 0; i < o->item_count; i++)
		left += !known[i] && o->items[i].kind != ITEM_IDENT;
	if (left > 0)
		r = adopt(p, in, o, known);
	cutoffs_settle(p, o, r);
}

void run_open(struct playout *p, const struct plan_input *in, struct occurrence *o)
{
	open_as(p, in, o, REASON_COUNT);
}

void run_open_saved(struct playout *p, const struct plan_input *in, struct occurrence *o)
{
	open_as(p, in, o, REASON_SAVED_LATE);
}
