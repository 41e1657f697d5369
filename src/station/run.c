/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/run.h"

#include "base/must.h"
#include "station/bed.h"
#include "station/comeback.h"
#include "station/deadair.h"
#include "station/parting.h"
#include "station/playout.h"
#include "station/record.h"
#include "station/relaying.h"
#include "station/speaking.h"
#include "station/taking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Intents are written so long before the first sample: a slow disk's worst fdatasync. */
#define INTEND_AHEAD_FRAMES (3 * FRAMES_PER_S)

/* Slots that follow one another may touch by this much (a fade, a rounding) without a quarrel. */
#define TOUCH_FRAMES (FRAMES_PER_S / 10)

#define GIVE_WAY_FRAMES (FRAMES_PER_S / 20) /* silent when the next begins */

void run_copy_item(struct airing *a, const struct plan_item *item, struct wall start)
{
	*a = (struct airing){.item = *item, .deck = -1, .logged = true};
	a->logged = item->kind != ITEM_IDENT && item->kind != ITEM_CHIME;
	a->planned = wall_add_ns(start, ns_of_frames(item->offset_frames));
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
	bool silent = !r->waits;

	for (int i = 0; i < r->item_count; i++)
		silent = silent && r->items[i].state >= AIRING_ENDED;
	return silent && !deadair_stands_in(r);
}

struct run *run_part(struct playout *p, struct run *whole, const struct plan_item *items,
		     int count)
{
	struct run *r = run_create(p, whole->kind, count);

	r->claim = whole->claim; /* to the arbiter they are one */
	r->slot = whole->slot;
	r->start = whole->start;
	r->length_frames = r->finish_frames = whole->length_frames;
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

static void fix_anchor(struct playout *p, struct run *r)
{
	r->anchor = p->air->ops->frame_at(p->air, playout_mono_of(p, r->start));
	r->anchored = true;
	for (int i = 0; i < r->item_count; i++)
		r->items[i].at.n = r->anchor.n + r->items[i].item.offset_frames;
}

/* An emergency's message has whoever raised it to answer for it. */
static bool may_air(bool alarm, enum bulletin_state state)
{
	return state == BULLETIN_APPROVED ||
	       (alarm && (state == BULLETIN_RECEIVED || state == BULLETIN_ENDORSED));
}

const struct bulletin *run_allowed(const struct playout *p, bool alarm, const struct bulletin *b)
{
	const struct plan_input *w = p->world;

	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].id, b->id) == 0 &&
		    may_air(alarm, w->bulletins[i].state) &&
		    strcmp(w->bulletins[i].sha256, b->sha256) == 0)
			return &w->bulletins[i];
	return NULL;
}

enum reason run_why_not(const struct playout *p, const struct bulletin *b)
{
	const struct plan_input *w = p->world;

	for (int i = 0; i < w->bulletin_count; i++)
		if (strcmp(w->bulletins[i].id, b->id) == 0 &&
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
		if (a->item.kind != ITEM_BULLETIN ||
		    run_allowed(p, run_alarms(r), &a->bulletin) != NULL)
			continue;
		stop.reason = run_why_not(p, &a->bulletin);
		/* Written down at once: after a power cut the plan would not know of it. */
		if (a->state == AIRING_PLANNED)
			airing_miss(p, r, a, stop.reason);
		else
			airing_stop(p, r, a, &stop);
	}
}

/* What follows comes as much earlier, in the order of the plan: an item that was put aside leaves
 * no hole. This slot was planned before it was put aside: what had no room does not come for it, as
 * it does in the slots to come (plan/content.c). False: nothing but an ident follows. */
static bool move_up(struct run *r, const struct airing *gone)
{
	struct airing *next = &r->items[gone - r->items + 1], *end = &r->items[r->item_count];
	int64_t frames = next < end ? next->at.n - gone->at.n : 0;

	for (struct airing *a = next; a < end; a++)
		if (a->state != AIRING_PLANNED)
			return false;
	if (next == end || !next->logged || frames <= 0)
		return false;
	for (struct airing *a = next; a < end; a++) {
		a->at.n -= frames;
		a->planned = wall_add_ns(a->planned, -ns_of_frames(frames));
	}
	return true;
}

static void consider(struct playout *p, struct run *r, struct airing *a)
{
	if (a->item.kind == ITEM_BULLETIN && run_allowed(p, run_alarms(r), &a->bulletin) == NULL) {
		airing_miss(p, r, a, run_why_not(p, &a->bulletin));
		return;
	}
	if (a->logged && quarantine_has(&p->quarantine, airing_sha256(a))) {
		airing_miss(p, r, a, REASON_QUARANTINED);
		if (run_planned(r) && !move_up(r, a))
			bed_start(p, r, a->at, false);
		return;
	}
	airing_intend(p, r, a);
}

/* After the last item the bed goes too. */
static void look_after_bed(struct playout *p, struct run *r)
{
	const struct airing *last = r->item_count > 0 ? &r->items[r->item_count - 1] : NULL;

	/* Where something is relayed the bed is a fallback. */
	if (deadair_stands_in(r) && mixer_now(p->air->mixer).n < r->bed_to)
		return;
	if (r->relaying == NULL && last != NULL && last->state >= AIRING_ENDED)
		bed_end(p, r, mixer_now(p->air->mixer), BED_OUT_FRAMES);
}

bool run_step(struct playout *p, struct run *r)
{
	int64_t horizon = mixer_now(p->air->mixer).n + INTEND_AHEAD_FRAMES;
	bool over = true;

	if (!r->anchored &&
	    p->air->ops->frame_at(p->air, playout_mono_of(p, r->start)).n <= horizon)
		fix_anchor(p, r);
	comeback_step(p, r);
	parting_step(p, r);
	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && r->anchored && !r->waits && a->at.n <= horizon)
			consider(p, r, a);
		if (a->state == AIRING_LOADING)
			airing_cue(p, r, a);
		if (a->state == AIRING_ENDED)
			airing_settle(p, r, a);
		over = over && a->state == AIRING_DONE;
	}
	look_after_bed(p, r);
	bed_step(p, r);
	return over && r->bed.deck < 0 && !r->bed.awaited && !relaying_goes_on(r);
}

void run_stop(struct playout *p, struct run *r, const struct airing_stop *stop)
{
	for (int i = 0; i < r->item_count; i++)
		airing_stop(p, r, &r->items[i], stop);
	bed_stop(p, r, stop);
}

/* The frame at which an item falls silent if nothing stops it. */
static int64_t item_end(const struct airing *a)
{
	return a->at.n + a->item.length_frames;
}

void run_push(struct run *r, const struct airing *late)
{
	int64_t end = item_end(late);

	for (int i = (int)(late - r->items) + 1; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_DONE) /* missed: nothing waits for it */
			continue;
		int64_t free_at = end - a->item.fade_in_frames;
		if (a->state <= AIRING_LOADING && a->at.n < free_at)
			a->at.n = free_at;
		end = item_end(a);
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
	r->waits = false;
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
	for (int i = 0; i < r->item_count; i++) {
		airing_drop_source(&r->items[i]);
		airing_forget_intent(&r->items[i]);
	}
	json_decref(r->raised);
	relaying_forget(p, r);
	speaking_forget_run(p, r);
	taking_leave(p, r);
	free(r);
}
