/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/relaying.h"

#include "base/must.h"
#include "base/saying.h"
#include "plan/fill.h"
#include "station/bed.h"
#include "station/comeback.h"
#include "station/record.h"
#include "station/relayback.h"
#include "station/relaylevel.h"
#include "station/relaymiss.h"
#include "station/taking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BED_AHEAD_FRAMES (2 * FRAMES_PER_S)
#define STARVING_FRAMES (2 * FRAMES_PER_S) /* a deck that starves tells it once a second */
#define ANSWER_NS (8 * NS_PER_S) /* a relay that is asked for has so long to be heard */

enum relaying_what {
	RELAYING_ON,	  /* the relay is heard, or about to be */
	RELAYING_STANDIN, /* its fallback is */
	RELAYING_ASIDE,	  /* somebody has taken the zones */
};

struct relaying {
	char name[NAME_BYTES];
	enum relaying_what what;
	struct run *part;  /* that sounds now; NULL: none does (the bed may) */
	struct mono lost;  /* STANDIN: since when */
	struct frame dry;  /* ON: its deck has had nothing since then; 0: it has */
	struct mono again; /* ASIDE: not before; the last part could not begin at all */
	struct relayback back; /* STANDIN: the relay is back already, and goes on then */
	struct relaylevel level;
	struct relaymiss miss;
	bool told;	   /* relay.lost is written: relay.back is owed when it is heard … */
	struct mono told_lost; /* … since then */
	enum saying moment; /* how it came back, for that */
	bool over;
};

void relaying_begin(struct run *r)
{
	struct relaying *g = calloc(1, sizeof(*g));

	must(g != NULL);
	snprintf(g->name, sizeof(g->name), "%s",
		 r->items[0].asset.path + strlen(RELAY_PATH));
	g->part = r;
	r->relaying = g;
}

bool relaying_goes_on(const struct run *r)
{
	return r->relaying != NULL && !r->relaying->over;
}

static struct run *whole_of(struct run *r)
{
	return r->part_of != NULL ? r->part_of : r;
}

void relaying_end(struct run *r)
{
	struct run *whole = whole_of(r);

	if (whole->relaying != NULL)
		whole->relaying->over = true;
}

bool relaying_misses(struct playout *p, struct run *r, const struct airing *a, enum reason why)
{
	struct run *whole = whole_of(r);

	if (!relaying_goes_on(whole))
		return false;
	relaymiss_note(&whole->relaying->miss, p, whole, a, why);
	return true;
}

void relaying_forget(struct playout *p, struct run *r)
{
	for (struct run *x = p->runs; x != NULL; x = x->next) {
		if (x->part_of == r)
			x->part_of = NULL;
		if (x->relaying != NULL && x->relaying->part == r)
			x->relaying->part = NULL;
	}
	if (r->relaying != NULL)
		relaymiss_forget(&r->relaying->miss);
	free(r->relaying);
	r->relaying = NULL;
}

static int64_t end_frame(const struct run *r)
{
	return r->anchor.n + r->length_frames;
}

/* In some zones of the slot nobody stands above it now. */
static bool zones_free(const struct playout *p, const struct run *r)
{
	return taking_may(p, r) != 0;
}

static int32_t silence_s(const struct playout *p, const char *name)
{
	int i = settings_relay(p->world->settings, name);

	return i >= 0 ? p->world->settings->relays[i].silence_s : RELAY_SILENCE_S;
}

struct aired {
	struct playout *p;
	const struct run *r;
};

/* A bulletin counts, and may be paid, each time that it airs: none is heard twice in a slot. The
 * station's own file (music, an announcement) is there for this, as often as the relay fails; it
 * begins anew. */
static bool has_aired(void *arg, const struct bulletin *b, const struct asset *a)
{
	const struct aired *x = arg;

	return b != NULL && record_known(x->p, &x->r->slot, x->r->start, b, a, false);
}

/* The slot's fallback from this frame on. */
static struct run *stand_in(struct playout *p, struct run *r, struct frame from)
{
	struct occurrence o = {.slot = &r->slot, .start = r->start,
			       .length_frames = r->length_frames,
			       .finish_frames = r->length_frames};
	struct aired aired = {p, r};
	struct run *part = NULL;

	if (plan_standin(&o, p->world, from.n - r->anchor.n, has_aired, &aired))
		part = run_part(p, r, o.items, o.item_count);
	free(o.own);
	return part;
}

/* Why, in words for the log and for whoever asks: the network's fault if there is one. */
static json_t *why_lost(enum relay_fault why, bool coming)
{
	return saying_coded(relay_fault_code(why != RELAY_NONE ? why
					     : coming	       ? RELAY_SILENT
							       : RELAY_SLOW));
}

static void tell_lost(struct playout *p, const struct run *r, enum relay_fault why, bool coming)
{
	struct relaying *g = r->relaying;

	if (g->told)
		return;
	record_relay_lost(p, r, g->name, why_lost(why, coming), g->part != NULL);
	g->told_lost = g->lost;
	g->told = true;
}

/* It was asked for only now, as at a start in the midst of its slot, and nothing is wrong yet. */
static bool may_answer(struct playout *p, const struct relaying *g)
{
	int64_t now = clock_mono(p->clock).ns;
	struct relay_state state = {0};
	enum relay_fault why;

	if (!p->air->ops->relay(p->air, g->name, &state, &why))
		return now - g->lost.ns < ANSWER_NS; /* it is asked for once a second */
	return why == RELAY_NONE && state.begun.ns != 0 && now - state.begun.ns < ANSWER_NS;
}

/* From frame `from` on something else is heard. */
static void lose(struct playout *p, struct run *r, struct frame from)
{
	struct relaying *g = r->relaying;

	g->part = end_frame(r) - from.n >= FILL_LEAST_FRAMES ? stand_in(p, r, from) : NULL;
	g->lost = clock_mono(p->clock);
	g->back = (struct relayback){0};
	g->what = RELAYING_STANDIN;
}

static bool silent(struct playout *p, const struct run *r, const struct airing *a,
		   struct relay_state *state, enum relay_fault *why)
{
	int64_t limit_ns = silence_s(p, r->relaying->name) * NS_PER_S;
	struct mono begun = p->air->ops->mono_at(p->air, a->at);

	*state = (struct relay_state){.sounded = begun};
	if (!p->air->ops->relay(p->air, r->relaying->name, state, why) ||
	    state->sounded.ns < begun.ns)
		state->sounded = begun;
	return clock_mono(p->clock).ns - state->sounded.ns >= limit_ns;
}

/* Whatever comes of it, and whoever is to blame: none of it reaches the loudspeakers. */
static bool starves(struct playout *p, struct relaying *g, const struct airing *a)
{
	int64_t now = mixer_now(p->air->mixer).n;
	bool dry = a->starved_frames > 0 && now - a->starved_to.n < STARVING_FRAMES;

	g->dry.n = !dry ? 0 : g->dry.n != 0 ? g->dry.n : a->starved_to.n;
	return dry && now - g->dry.n >= silence_s(p, g->name) * FRAMES_PER_S;
}

/* It could not begin. Not called lost before it had its time; its fallback waits for nothing. */
static void lose_from(struct playout *p, struct run *r, struct frame from)
{
	struct frame soonest = playout_soonest(p);
	struct relay_state state;
	enum relay_fault why;

	lose(p, r, from.n > soonest.n ? from : soonest);
	p->air->ops->relay(p->air, r->relaying->name, &state, &why);
	if (!may_answer(p, r->relaying))
		tell_lost(p, r, why, false);
}

/* What it has missed ends where it is heard, and not sooner is it said to be back. */
static void hear(struct playout *p, const struct run *r, const struct airing *a)
{
	struct relaying *g = r->relaying;

	if (a->state < AIRING_ON || (a->state > AIRING_ON && a->frames == 0))
		return;
	relaymiss_tell(&g->miss, p, r, a->first);
	if (g->told)
		record_relay_back(p, r, g->name,
				  (double)(p->air->ops->mono_at(p->air, a->first).ns -
					   g->told_lost.ns) / NS_PER_S, g->moment);
	g->told = false;
}

/* A disk that takes no promise, no deck; but who had no zone waits for those who have them. */
static struct mono try_again(struct playout *p, const struct airing *a)
{
	return mono_add_ns(clock_mono(p->clock), (a->zones != 0 ? RELAY_AGAIN_S : 1) * NS_PER_S);
}

/* What is on air is watched; what could not begin, or was stopped, has its follower. */
static void watch(struct playout *p, struct run *r)
{
	struct relaying *g = r->relaying;
	struct airing *a = g->part != NULL ? &g->part->items[0] : NULL;
	struct relay_state state;
	enum relay_fault why;

	if (a != NULL)
		hear(p, r, a);
	if (a != NULL && a->state < AIRING_ENDED)
		relaylevel_step(&g->level, p, r, g->part, a, g->name);
	if (a != NULL && a->state == AIRING_DONE && a->end_reason == REASON_RELAY_LOST) {
		lose_from(p, r, a->at);
	} else if (a == NULL || a->state >= AIRING_ENDED) {
		if (a != NULL && a->state == AIRING_DONE && a->frames == 0)
			g->again = try_again(p, a);
		g->what = RELAYING_ASIDE;
		g->part = NULL;
	} else if (a->state >= AIRING_CUED &&
		   (silent(p, r, a, &state, &why) || starves(p, g, a))) {
		/* What has ended with a fault was no silence, however lately something came. */
		bool came = state.coming && (why == RELAY_NONE || why == RELAY_SILENT);
		struct airing_stop stop = {.zones = UINT32_MAX, .at = playout_soonest(p),
					   .fade_frames = CHANGE_FRAMES, .who = "",
					   .reason = came ? REASON_RELAY_SILENT
							  : REASON_RELAY_LOST};
		airing_stop(p, g->part, a, &stop);
		lose(p, r, (struct frame){stop.at.n + CHANGE_FRAMES});
		tell_lost(p, r, why, state.coming);
	}
}

/* The relay again, from this moment to the slot's end. */
static void go_back(struct playout *p, struct run *r, const struct relayback *b)
{
	struct relaying *g = r->relaying;
	struct plan_item item = r->items[0].item;

	item.offset_frames = b->at.n - r->anchor.n;
	item.length_frames = end_frame(r) - b->at.n;
	if (g->part != NULL)
		relayback_leave(p, g->part, b);
	bed_end(p, r, (struct frame){b->at.n - CHANGE_FRAMES}, CHANGE_FRAMES);
	g->part = run_part(p, r, &item, 1);
	g->what = RELAYING_ON;
	g->moment = b->moment;
}

/* To the buffer a pause of some seconds is part of a programme; a slot may have a shorter limit,
 * and would be back at once in the silence that it has left. */
static bool sounds_well(struct playout *p, const struct relaying *g)
{
	int64_t now = clock_mono(p->clock).ns;
	struct relay_state state;
	enum relay_fault why;

	if (!p->air->ops->relay(p->air, g->name, &state, &why) || !state.ready ||
	    state.since.ns == INT64_MAX || now - state.sounded.ns > NS_PER_S)
		return false;
	int64_t since = state.since.ns > g->lost.ns ? state.since.ns : g->lost.ns;
	return now - since >= RELAY_STEADY_S * NS_PER_S;
}

/* It was never called lost, only asked for later than its slot began, as at a start in the midst of
 * it: it goes on as soon as it can be heard, and waits for no good moment of what stands in. */
static bool begins_late(struct playout *p, const struct relaying *g)
{
	struct relay_state state = {0};
	enum relay_fault why;

	return !g->told && p->air->ops->relay(p->air, g->name, &state, &why) && state.ready &&
	       state.since.ns != INT64_MAX;
}

/* When all of what stands in will have been heard; INT64_MAX: not known yet. */
static int64_t standin_ends(const struct run *part)
{
	int64_t end = 0;

	for (int i = 0; part != NULL && i < part->item_count; i++) {
		const struct airing *a = &part->items[i];
		if (a->state < AIRING_CUED)
			return INT64_MAX;
		if (a->state < AIRING_ENDED && a->at.n + a->item.length_frames > end)
			end = a->at.n + a->item.length_frames;
	}
	return end;
}

/* No hole between the one and the other: the bed is told its place before the last item ends. */
static void lay_bed(struct playout *p, struct run *r, struct frame at)
{
	struct relaying *g = r->relaying;
	int64_t end = standin_ends(g->part);

	if (r->bed.deck >= 0 || end - at.n > BED_AHEAD_FRAMES)
		return;
	at.n = end > at.n ? end : at.n;
	if (end_frame(r) - at.n < FILL_LEAST_FRAMES)
		return;
	bed_start(p, r, at, false);
	if (r->bed.deck >= 0)
		record_relay_bed(p, r, g->name);
}

/* It had its time, and is not there. */
static void tell_late(struct playout *p, const struct run *r)
{
	struct relay_state state = {0};
	enum relay_fault why;

	if (r->relaying->told || may_answer(p, r->relaying))
		return;
	p->air->ops->relay(p->air, r->relaying->name, &state, &why);
	if (!state.ready)
		tell_lost(p, r, why, state.coming);
}

static void stand(struct playout *p, struct run *r)
{
	struct relaying *g = r->relaying;
	struct frame at = playout_soonest(p);

	if (!zones_free(p, r)) {
		g->what = RELAYING_ASIDE;
		bed_end(p, r, mixer_now(p->air->mixer), CHANGE_FRAMES);
		return;
	}
	tell_late(p, r);
	bool late = begins_late(p, g);
	if (late && g->back.by.n == 0)
		g->back.by = at;
	if (!late && !sounds_well(p, g))
		g->back = (struct relayback){0};
	else if (relayback_when(p, g->part, &g->back) &&
		 end_frame(r) - g->back.at.n >= FILL_LEAST_FRAMES) {
		go_back(p, r, &g->back);
		return;
	}
	lay_bed(p, r, at);
}

/* The zones are free again: what is live goes on. If it was lost before an emergency broke off what
 * stood in for it, that has the air again until the relay is back. */
static void take_up(struct playout *p, struct run *r)
{
	struct relaying *g = r->relaying;
	struct relayback now = {.at = playout_soonest(p), .moment = SAYING_RELAY_AT_ONCE};

	if (!zones_free(p, r) || end_frame(r) - now.at.n < FILL_LEAST_FRAMES ||
	    now.at.n < r->items[0].at.n || clock_mono(p->clock).ns < g->again.ns)
		return;
	if (g->part == NULL || !g->part->waits)
		go_back(p, r, &now);
	else if (!comeback_settles(g->part) && sounds_well(p, g))
		go_back(p, r, &now);
	else if (!comeback_settles(g->part))
		g->what = RELAYING_STANDIN;
}

bool relaying_is_aside(const struct run *r)
{
	return r->part_of != NULL && r->part_of->relaying->what == RELAYING_ASIDE;
}

/* What was missed ends now; it is all of it if the slot was given up before its time. What a
 * station that stops has not begun, its next start tells. */
static struct frame missed_to(const struct playout *p, const struct run *r)
{
	struct frame now = mixer_now(p->air->mixer);

	return now.n >= r->anchor.n || p->stopping ? now : (struct frame){end_frame(r)};
}

static void step_one(struct playout *p, struct run *r)
{
	struct relaying *g = r->relaying;

	/* A part may run over with what it plays; the slot's own time is over. */
	if (p->stopping || (r->anchored && mixer_now(p->air->mixer).n >= end_frame(r))) {
		bed_end(p, r, mixer_now(p->air->mixer), CHANGE_FRAMES);
		g->over = true;
	}
	if (g->over && r->anchored)
		relaymiss_tell(&g->miss, p, r, missed_to(p, r));
	if (g->over || !r->anchored)
		return;
	if (g->what == RELAYING_ON)
		watch(p, r);
	else if (g->what == RELAYING_STANDIN)
		stand(p, r);
	else
		take_up(p, r);
}

void relaying_step(struct playout *p)
{
	for (struct run *r = p->runs; r != NULL; r = r->next)
		if (r->relaying != NULL)
			step_one(p, r);
}

/* What is heard in its place. */
static enum relaying_standin heard(const struct run *r)
{
	const struct run *part = r->relaying->part;

	for (int i = 0; part != NULL && i < part->item_count; i++)
		if (part->items[i].state < AIRING_ENDED)
			return STANDIN_FALLBACK;
	return r->bed.deck >= 0 ? STANDIN_BED : STANDIN_SILENCE;
}

enum relaying_standin relaying_stands_in(const struct playout *p, const char *name)
{
	enum relaying_standin what = STANDIN_NONE;

	for (const struct run *r = p->runs; r != NULL; r = r->next)
		if (relaying_goes_on(r) && r->relaying->what == RELAYING_STANDIN &&
		    r->relaying->told && strcmp(r->relaying->name, name) == 0 && heard(r) > what)
			what = heard(r);
	return what;
}

bool relaying_has_bed(const struct run *r)
{
	return relaying_goes_on(r) && r->relaying->what == RELAYING_STANDIN &&
	       heard(r) == STANDIN_BED;
}

static void want(uint32_t *wanted, const struct relays *relays, const char *name)
{
	int i = relays_find(relays, name);

	if (i >= 0)
		*wanted |= 1u << i;
}

uint32_t relaying_wanted(struct playout *p, const struct relays *relays)
{
	struct wall now = playout_now(p), soon = wall_add_ns(now, RELAY_AHEAD_S * NS_PER_S);
	uint32_t wanted = 0;

	for (const struct run *r = p->runs; r != NULL; r = r->next)
		if (relaying_goes_on(r))
			want(&wanted, relays, r->relaying->name);
	for (int i = 0; i < p->plan.count && p->plan.list[i].start.ns <= soon.ns; i++) {
		const struct occurrence *o = &p->plan.list[i];
		if (o->item_count > 0 && o->items[0].kind == ITEM_RELAY &&
		    o->start.ns + ns_of_frames(o->length_frames) > now.ns)
			want(&wanted, relays, o->items[0].asset->path + strlen(RELAY_PATH));
	}
	return wanted;
}
