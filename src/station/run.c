/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/run.h"

#include "base/must.h"
#include "station/bed.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/relaying.h"
#include "station/taking.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Intents are written so long before the first sample: a slow disk's worst fdatasync. */
#define INTEND_AHEAD_FRAMES (3 * FRAMES_PER_S)

/* A start so late is on time, and its error in the entry: a small step, a busy machine. */
#define LATE_GRACE_NS (2 * NS_PER_S)

#define JOIN_AHEAD_NS (150 * NS_PER_MS) /* to join late: the intent's fdatasync, the first read */
/* Slots that follow one another may touch by this much (a fade, a rounding) without a quarrel. */
#define TOUCH_FRAMES (FRAMES_PER_S / 10)

#define GIVE_WAY_FRAMES (FRAMES_PER_S / 20) /* silent when the next begins */

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

/* Was it owed? What the plan of now says of a time before need not have been the plan then: a
 * bulletin that was approved after the slot had begun is not in its running order. */
static bool is_owed(struct playout *p, const struct occurrence *o, const struct plan_item *item,
		    struct wall since)
{
	if (item->kind == ITEM_IDENT || (item->bulletin != NULL &&
					 item->bulletin->decided.ns > o->start.ns))
		return false;
	if (item_planned(o->start, item).ns >= since.ns)
		return true;
	/* It may have moved since, when one before it was withdrawn: of a slot that was on air at
	 * that moment, and that the log knows, everything is owed. */
	struct wall end = wall_add_ns(o->start, ns_of_frames(o->finish_frames));
	return end.ns > since.ns && record_begun(p, o->slot, o->start);
}

/* A missed entry for an item, unless the log knows it or it lies before what is to be looked at. */
static void item_missed(struct playout *p, const struct occurrence *o, const struct plan_item *item,
			enum reason reason)
{
	struct wall planned = item_planned(o->start, item);

	if (!is_owed(p, o, item, p->owed.accounted_to) || item_known(p, o, item))
		return;
	record_missed(p, o->slot, o->start, item->bulletin, item->asset, planned,
		      item->length_frames, reason, NULL);
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

static const struct run *open_run(const struct playout *p, const struct occurrence *o)
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
	const struct run *r = open_run(p, o);

	if (r == NULL || b == NULL)
		return r != NULL;
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].item.bulletin != NULL &&
		    strcmp(r->items[i].item.bulletin->id, b->id) == 0)
			return true;
	return false;
}

/* late_from: omissions from this number on came by joining late. */
static void note_omissions(struct playout *p, const struct occurrence *o, int late_from)
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
		record_missed(p, o->slot, o->start, om->bulletin, NULL, o->start,
			      om->bulletin != NULL ? om->bulletin->frames : o->length_frames,
			      omission_reason(p, o, om, i >= late_from), o->off);
		p->changes++;
	}
}

void run_account(struct playout *p, const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++) {
		struct wall planned = item_planned(o->start, &o->items[i]);
		if (planned.ns < p->owed.to.ns && is_owed(p, o, &o->items[i], p->owed.from))
			item_missed(p, o, &o->items[i], owed_reason(p, planned));
	}
	if (o->start.ns >= p->owed.from.ns)
		note_omissions(p, o, INT_MAX);
}

void run_left_out(struct playout *p, const struct occurrence *o)
{
	note_omissions(p, o, INT_MAX);
}

void run_copy_item(struct airing *a, const struct plan_item *item, struct wall start)
{
	*a = (struct airing){.item = *item, .deck = -1, .logged = item->kind != ITEM_IDENT};
	a->planned = item_planned(start, item);
	if (item->bulletin != NULL) {
		a->bulletin = *item->bulletin;
		a->item.bulletin = &a->bulletin;
	}
	if (item->asset != NULL) {
		a->asset = *item->asset;
		a->item.asset = &a->asset;
	}
}

struct run *run_create(struct playout *p, enum air_kind kind, int items)
{
	struct run *r = calloc(1, sizeof(*r) + (size_t)items * sizeof(r->items[0]));

	must(r != NULL);
	r->bed.deck = -1;
	r->kind = kind;
	r->claim = ++p->next_claim;
	return r;
}

bool run_planned(const struct run *r)
{
	return r->kind <= AIR_TIMETABLE;
}

bool run_silent(const struct run *r)
{
	bool silent = true;

	for (int i = 0; i < r->item_count; i++)
		silent = silent && r->items[i].state >= AIRING_ENDED;
	return silent;
}

struct run *run_part(struct playout *p, struct run *whole, const struct plan_item *items,
		     int count)
{
	struct run *r = run_create(p, whole->kind, count);

	r->claim = whole->claim; /* to the arbiter they are one */
	r->slot = whole->slot;
	r->start = whole->start;
	r->length_frames = whole->length_frames;
	r->anchor = whole->anchor;
	r->anchored = true;
	r->zones = whole->zones;
	r->part_of = whole;
	for (struct airing *a = r->items; r->item_count < count; a++) {
		run_copy_item(a, &items[r->item_count++], whole->start);
		a->at.n = r->anchor.n + a->item.offset_frames;
	}
	r->next = whole->next;
	whole->next = r;
	p->changes++;
	return r;
}

static void adopt(struct playout *p, const struct occurrence *o, const bool *leave_out)
{
	struct run *r = run_create(p, o->slot->demo ? AIR_DEMO : AIR_TIMETABLE, o->item_count);

	r->slot = *o->slot;
	r->slot.dates = r->slot.except = NULL;
	r->slot.offs = NULL;
	r->start = o->start;
	r->length_frames = o->length_frames;
	r->zones = o->slot->zones;
	for (int i = 0; i < o->item_count; i++)
		if (!leave_out[i])
			run_copy_item(&r->items[r->item_count++], &o->items[i], o->start);
	if (r->item_count > 0 && r->items[0].item.kind == ITEM_RELAY)
		relaying_begin(r);
	r->next = p->runs;
	p->runs = r;
	p->changes++;
}

/* Items that the log already knows; how many of the others are too late now. */
static int sort_out(struct playout *p, const struct occurrence *o, bool *known)
{
	int64_t now = playout_now(p).ns;
	int late = 0;

	for (int i = 0; i < o->item_count; i++) {
		bool past = item_planned(o->start, &o->items[i]).ns < now - LATE_GRACE_NS;
		/* Of what is live there is always more to air. */
		known[i] = o->items[i].kind != ITEM_RELAY && item_known(p, o, &o->items[i]);
		late += !known[i] && past && o->items[i].kind != ITEM_IDENT;
	}
	return late;
}

/* Too late to join: what lies behind is missed, the rest stays at its time. */
static void miss_late(struct playout *p, const struct occurrence *o, bool *leave_out)
{
	int64_t now = playout_now(p).ns;

	for (int i = 0; i < o->item_count; i++) {
		struct wall planned = item_planned(o->start, &o->items[i]);
		if (leave_out[i] || planned.ns >= now - LATE_GRACE_NS)
			continue;
		item_missed(p, o, &o->items[i], owed_reason(p, planned));
		leave_out[i] = true;
	}
}

void run_open(struct playout *p, struct occurrence *o)
{
	bool known[SLOT_ITEMS_MAX + 2] = {false};
	int64_t late_ns = playout_now(p).ns - o->start.ns;
	int late_from = INT_MAX;

	if (open_run(p, o) != NULL)
		return;
	must(o->item_count <= SLOT_ITEMS_MAX + 2);
	if (sort_out(p, o, known) > 0) {
		if (late_ns > 0 && late_ns <= o->slot->join_within_s * NS_PER_S) {
			late_from = o->omission_count;
			plan_rejoin(o, p->world, frames_of_ns(late_ns + JOIN_AHEAD_NS), known);
			memset(known, 0, sizeof(known));
		} else {
			miss_late(p, o, known);
		}
	}
	if (late_ns >= 0)
		note_omissions(p, o, late_from);
	int left = 0;
	for (int i = 0; i < o->item_count; i++)
		left += !known[i] && o->items[i].kind != ITEM_IDENT;
	if (left > 0)
		adopt(p, o, known);
}

static void fix_anchor(struct playout *p, struct run *r)
{
	r->anchor = p->air->ops->frame_at(p->air, playout_mono_of(p, r->start));
	r->anchored = true;
	for (int i = 0; i < r->item_count; i++)
		r->items[i].at.n = r->anchor.n + r->items[i].item.offset_frames;
}

/* An emergency's message has whoever raised it to answer for it. */
static bool may_air(const struct run *r, enum bulletin_state state)
{
	return state == BULLETIN_APPROVED ||
	       (run_alarms(r) && (state == BULLETIN_RECEIVED || state == BULLETIN_ENDORSED));
}

/* A bulletin withdrawn since the running order was made must not air. */
static const struct bulletin *still_allowed(const struct playout *p, const struct run *r,
					    const struct airing *a)
{
	const struct plan_input *w = p->world;

	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].id, a->bulletin.id) == 0 &&
		    may_air(r, w->bulletins[i].state) &&
		    strcmp(w->bulletins[i].sha256, a->bulletin.sha256) == 0)
			return &w->bulletins[i];
	return NULL;
}

static enum reason why_not_allowed(const struct playout *p, const struct airing *a)
{
	const struct plan_input *w = p->world;

	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].id, a->bulletin.id) == 0 &&
		    w->bulletins[i].state == BULLETIN_REPLACED)
			return REASON_NEW_VERSION;
	return REASON_WITHDRAWN;
}

void run_leapt_over(struct playout *p, struct run *r)
{
	int64_t now = playout_now(p).ns;

	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && a->planned.ns < now - LATE_GRACE_NS)
			airing_miss(p, r, a, owed_reason(p, a->planned));
	}
}

void run_slept(struct playout *p, struct run *r, int64_t slept_ns)
{
	struct airing_stop stop = {.zones = UINT32_MAX,
				   .at = mixer_now(p->air->mixer),
				   .fade_frames = GIVE_WAY_FRAMES,
				   .reason = REASON_MACHINE_SLEPT,
				   .who = ""};

	run_leapt_over(p, r);
	run_stop(p, r, &stop);
	r->anchor.n -= frames_of_ns(slept_ns);
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].state == AIRING_PLANNED)
			r->items[i].at.n -= frames_of_ns(slept_ns);
}

void run_withdraw(struct playout *p, struct run *r)
{
	struct airing_stop stop = {.zones = r->zones,
				   .at = mixer_now(p->air->mixer),
				   .fade_frames = FRAMES_PER_S / 4,
				   .who = ""};

	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->item.kind != ITEM_BULLETIN || still_allowed(p, r, a) != NULL)
			continue;
		stop.reason = why_not_allowed(p, a);
		/* Written down at once: after a power cut the plan would not know of it. */
		if (a->state == AIRING_PLANNED)
			airing_miss(p, r, a, stop.reason);
		else
			airing_stop(p, r, a, &stop);
	}
}

static void consider(struct playout *p, struct run *r, struct airing *a)
{
	if (a->item.kind == ITEM_BULLETIN && still_allowed(p, r, a) == NULL) {
		airing_miss(p, r, a, why_not_allowed(p, a));
		return;
	}
	airing_intend(p, r, a);
}

/* After the last item the bed goes too. */
static void look_after_bed(struct playout *p, struct run *r)
{
	const struct airing *last = r->item_count > 0 ? &r->items[r->item_count - 1] : NULL;

	/* Where something is relayed the bed is a fallback. */
	if (r->relaying == NULL && r->bed.deck >= 0 && last != NULL && last->state >= AIRING_ENDED)
		bed_end(p, r, mixer_now(p->air->mixer), BED_OUT_FRAMES);
}

bool run_step(struct playout *p, struct run *r)
{
	int64_t horizon = mixer_now(p->air->mixer).n + INTEND_AHEAD_FRAMES;
	bool over = true;

	if (!r->anchored &&
	    p->air->ops->frame_at(p->air, playout_mono_of(p, r->start)).n <= horizon)
		fix_anchor(p, r);
	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && r->anchored && a->at.n <= horizon)
			consider(p, r, a);
		if (a->state == AIRING_LOADING)
			airing_cue(p, r, a);
		if (a->state == AIRING_ENDED)
			airing_settle(p, r, a);
		over = over && a->state == AIRING_DONE;
	}
	look_after_bed(p, r);
	return over && r->bed.deck < 0 && !relaying_goes_on(r);
}

void run_stop(struct playout *p, struct run *r, const struct airing_stop *stop)
{
	for (int i = 0; i < r->item_count; i++)
		airing_stop(p, r, &r->items[i], stop);
	if ((r->zones & ~stop->zones) == 0)
		bed_stop(p, r, stop);
}

/* The frame at which an item falls silent if nothing stops it. */
static int64_t item_end(const struct airing *a)
{
	return a->at.n + a->item.length_frames;
}

void run_push(struct run *r, const struct airing *late)
{
	for (int i = (int)(late - r->items) + 1; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		const struct airing *before = a - 1;
		int64_t free_at = item_end(before) - a->item.fade_in_frames;
		if (a->state <= AIRING_LOADING && a->at.n < free_at)
			a->at.n = free_at;
	}
}

void run_give_way(struct playout *p, struct run *r, uint32_t zones, struct frame at)
{
	struct airing_stop stop = {.zones = zones,
				   .at = {at.n - GIVE_WAY_FRAMES},
				   .fade_frames = GIVE_WAY_FRAMES,
				   .reason = REASON_SLOT_TAKEN,
				   .who = ""};

	if ((r->zones & zones) == 0)
		return;
	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && r->anchored && a->at.n >= at.n &&
		    (r->zones & ~zones) == 0)
			airing_miss(p, r, a, REASON_SLOT_TAKEN);
		else if (a->state != AIRING_PLANNED && item_end(a) > at.n + TOUCH_FRAMES)
			airing_stop(p, r, a, &stop);
	}
}

void run_forget(struct run *r)
{
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].state == AIRING_PLANNED)
			r->items[i].state = AIRING_DONE;
}

struct airing *run_find(struct run *r, uint64_t tag)
{
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].tag == tag)
			return &r->items[i];
	return NULL;
}

void run_destroy(struct playout *p, struct run *r)
{
	if (r->bed.deck >= 0) {
		feeder_unload(p->air->feeder, r->bed.deck);
		playout_free_deck(p, r->bed.deck);
	}
	for (int i = 0; i < r->item_count; i++)
		airing_drop_source(&r->items[i]);
	relaying_forget(p, r);
	taking_leave(p, r);
	free(r);
}
