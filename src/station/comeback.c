/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/comeback.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/fill.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/desk.h"
#include "station/emergency.h"
#include "station/record.h"
#include "station/relaying.h"
#include "station/taking.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define FADE_FRAMES ((int64_t)BREAK_IN_MS * FRAMES_PER_S / 1000)
#define SKIP_RATE 500 /* an old PC reads a master so many times faster than it plays */
#define LULL_NS (60 * NS_PER_S) /* a shorter pause between two turns of a siren is no return */

bool comeback_wait(struct playout *p, struct run *r, enum reason by)
{
	const struct air_claim *c = arbiter_claim(&p->arbiter, r->claim);

	bool drop = r->slot.after_break == AFTER_BREAK_DROP;

	if (c != NULL && (c->holds | c->ducked) != 0)
		return false;
	if (r->item_count > 0 && r->items[0].item.kind == ITEM_RELAY && !drop)
		return false;
	if (drop)
		relaying_end(r);
	r->broken_by = by;
	r->may_return = false;
	r->waits = !drop;
	return true;
}

/* The same thing anew. Its place in the order is known when the air is free. */
static void still_to_play(struct airing *a, int64_t from_frames, int64_t length_frames)
{
	struct airing next = {.item = a->item, .bulletin = a->bulletin, .asset = a->asset,
			      .logged = true, .planned = a->planned, .deck = -1,
			      .from_frames = from_frames};

	snprintf(next.resumes, sizeof(next.resumes), "%s", a->id);
	next.item.length_frames = length_frames;
	next.item.fade_in_frames = from_frames > 0 ? FADE_FRAMES : 0;
	*a = next;
}

void comeback_dropped(struct playout *p, const char *airing, enum reason why)
{
	record_entry(p, entry_plan_dropped(airing, reason_code(why)));
}

/* Why what is left of it will not be heard; REASON_COUNT if it may be. */
static enum reason why_not(const struct playout *p, const struct run *r, const struct airing *a,
			   int64_t left_frames)
{
	if (p->stopping)
		return REASON_STATION_STOPPED;
	if (!r->waits)
		return REASON_AFTER_BREAK;
	if (a->item.kind == ITEM_BULLETIN && run_allowed(p, false, &a->bulletin) == NULL)
		return run_why_not(p, &a->bulletin);
	return left_frames < FILL_LEAST_FRAMES ? REASON_NEARLY_OVER : REASON_COUNT;
}

void comeback_settled(struct playout *p, struct run *r, struct airing *a)
{
	bool anew = r->slot.after_break == AFTER_BREAK_RESTART;
	int64_t heard = a->frames > FADE_FRAMES ? a->frames - FADE_FRAMES : 0;
	int64_t left = a->item.length_frames - heard, from = anew ? 0 : a->from_frames + heard;
	enum reason why = why_not(p, r, a, left);

	a->broken = false;
	if (why != REASON_COUNT) {
		comeback_dropped(p, a->id, why);
		return;
	}
	record_entry(p, entry_plan_broken(a->id, anew ? "restart" : "resume", from));
	still_to_play(a, from, anew ? a->item.length_frames + a->from_frames : left);
}

/* Outcomes first: how much was heard decides what is left. */
static bool settled(const struct run *r)
{
	for (int i = 0; i < r->item_count; i++)
		if (r->items[i].state != AIRING_PLANNED && r->items[i].state != AIRING_DONE)
			return false;
	return true;
}

bool comeback_settles(const struct run *r)
{
	return r->waits && !settled(r);
}

/* A siren that sounds every minute leaves nobody a sentence between. */
uint32_t comeback_soon(const struct playout *p, uint32_t zones)
{
	uint32_t soon = 0;

	for (const struct emergency *m = p->emergencies; m != NULL; m = m->next)
		if (m->claim != 0 || m->turn_at.ns - clock_mono(p->clock).ns < LULL_NS)
			soon |= m->zones & zones;
	return soon;
}

/* Somewhere it may go on now, as the start that it is: under a later one it would be lost. */
static bool is_free(const struct playout *p, const struct run *r)
{
	return (taking_may(p, r) & ~comeback_soon(p, r->zones)) != 0;
}

/* One past the last frame that the slot may fill. */
static int64_t limit(const struct run *r)
{
	bool finish = r->slot.overrun == OVERRUN_FINISH;

	return r->anchor.n + (finish ? r->finish_frames : r->length_frames);
}

static bool is_rest(const struct airing *a)
{
	return a->resumes[0] != '\0';
}

/* What is broken, or has had its time meanwhile, goes; what is to come keeps its place. */
static void give_up(struct playout *p, struct run *r, enum reason why)
{
	int64_t now = mixer_now(p->air->mixer).n;

	r->waits = false;
	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state == AIRING_PLANNED && (is_rest(a) || a->at.n <= now))
			airing_miss(p, r, a, is_rest(a) ? why : r->broken_by);
	}
}

/* The rest of a bulletin that is longer than the rest of its slot ends with it, as in plan/fill.h
 * one does that is longer than the slot; what begins at its beginning airs whole or not. */
static bool shorten(const struct run *r, struct airing *a, int64_t room_frames)
{
	if (!is_rest(a) || a->from_frames == 0 || room_frames < FILL_LEAST_FRAMES)
		return false;
	a->item.length_frames = room_frames;
	a->item.fade_out_frames = fill_fade_out_frames(&r->slot);
	return true;
}

static void go_on(struct playout *p, struct run *r, int64_t from)
{
	int64_t end = limit(r);

	r->waits = false;
	for (int i = 0; i < r->item_count; i++) {
		struct airing *a = &r->items[i];
		if (a->state != AIRING_PLANNED)
			continue;
		int64_t at = is_rest(a) ? from + a->from_frames / SKIP_RATE
					: from - a->item.fade_in_frames;
		at = is_rest(a) || at > a->at.n ? at : a->at.n;
		if (at + a->item.length_frames > end && !shorten(r, a, end - at)) {
			airing_miss(p, r, a, is_rest(a) ? REASON_SLOT_FULL : r->broken_by);
			continue;
		}
		a->at.n = at;
		if (is_rest(a))
			a->planned = playout_wall_of(
				p, p->air->ops->mono_at(p->air, (struct frame){at}));
		from = at + a->item.length_frames;
	}
}

void comeback_step(struct playout *p, struct run *r)
{
	int64_t soonest = playout_soonest(p).n;

	if (!r->waits || !settled(r))
		return;
	if ((r->zones & ~p->arbiter.cut) == 0)
		give_up(p, r, REASON_CUT_BY_OPERATOR);
	else if (limit(r) - soonest < FILL_LEAST_FRAMES)
		give_up(p, r, REASON_SLOT_FULL);
	else if (r->may_return && !relaying_is_aside(r) && is_free(p, r))
		go_on(p, r, soonest);
}

struct closing {
	struct desk *desk;
	int64_t since; /* index of the last station.started */
	json_t *open;  /* {"A42": 7}: broken off by entry 7, and nothing has become of it */
	bool ends;     /* kinds are read that end a break; newest first, as always */
};

static bool collect(const struct event_row *row, void *arg)
{
	struct closing *c = arg;
	struct err ignored;

	if (row->n < c->since)
		return false;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	const char *airing = json_get_text(entry, "airing", "");
	int64_t broken_n = json_get_integer(c->open, airing, -1);
	if (c->ends && row->n > broken_n)
		json_object_del(c->open, airing);
	else if (!c->ends && broken_n < 0)
		json_object_set_new(c->open, airing, json_integer(row->n));
	json_decref(entry);
	return true;
}

/* An intent that resumes it. */
static bool taken_up(int64_t n, const char *text, size_t len, void *arg)
{
	struct closing *c = arg;
	struct err ignored;

	(void)n;
	if (memmem(text, len, "\"resumes\"", 9) == NULL)
		return true;
	json_t *entry = json_read(text, len, &ignored);
	json_object_del(c->open, json_get_text(entry, "resumes", ""));
	json_decref(entry);
	return true;
}

bool comeback_close(struct desk *d, enum reason end, struct err *e)
{
	struct view *v = ledger_view(d->ledger);
	json_t *started = NULL, *value;
	const char *airing;
	int64_t n;

	if (!reader_last(v, KIND_STARTED, &started, e))
		return false;
	struct closing c = {.desk = d, .since = json_get_integer(started, "n", 0),
			    .open = json_object()};
	json_decref(started);
	bool ok = reader_kind(v, KIND_BROKEN, INT_MAX, collect, &c, e);
	c.ends = true;
	ok = ok && reader_kind(v, KIND_DROPPED, INT_MAX, collect, &c, e) &&
	     reader_kind(v, KIND_JOINED, INT_MAX, collect, &c, e);
	if (ok && json_object_size(c.open) > 0)
		ok = ledger_read(d->ledger, c.since, ledger_next(d->ledger), taken_up, &c, e);
	json_object_foreach(c.open, airing, value)
		ok = ok && ledger_append(d->ledger,
					 entry_plan_dropped(airing, reason_code(end)), &n, e);
	json_decref(c.open);
	return ok;
}
