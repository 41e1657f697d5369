/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/taking.h"

#include "station/bed.h"
#include "station/comeback.h"
#include "station/emergency.h"

#include "base/must.h"

static void stop(struct playout *p, struct run *r, const struct air_effect *e, const char *who)
{
	struct airing_stop s = {.zones = e->zones,
				.at = mixer_now(p->air->mixer),
				.fade_frames = (int64_t)e->fade_ms * FRAMES_PER_S / 1000,
				.reason = reason_parse(e->why),
				.who = who};

	s.breaks_in = s.reason == REASON_EMERGENCY || s.reason == REASON_EMERGENCY_DRILL;
	s.comes_back = e->lot == AIR_BROKEN && comeback_wait(p, r, s.reason);
	s.parts = e->lot == AIR_BROKEN && !s.comes_back;
	run_stop(p, r, &s);
}

/* A programme comes back slower than it went: nothing is lost by it. */
#define LOUD_AGAIN_FRAMES (FRAMES_PER_S * 4 / 5)

static void duck(struct playout *p, struct run *r, const struct air_effect *e)
{
	if (e->lot == AIR_DUCKED)
		r->ducked |= e->zones;
	else
		r->ducked &= ~e->zones;
	int64_t frames = e->lot == AIR_DUCKED ? (int64_t)e->fade_ms * FRAMES_PER_S / 1000
					      : LOUD_AGAIN_FRAMES;
	for (int i = 0; i < r->item_count; i++)
		airing_level(p, r, &r->items[i], frames);
	bed_level(p, r, frames);
}

static void obey_one(struct playout *p, struct run *r, const struct air_effect *e, const char *who)
{
	switch (e->lot) {
	case AIR_DROPPED:
	case AIR_BROKEN:
		stop(p, r, e, who);
		return;
	case AIR_DUCKED:
	case AIR_LOUD_AGAIN:
		duck(p, r, e);
		return;
	case AIR_STAYS:
	case AIR_GIVES_WAY: /* at the other's first sample: taking_over */
	case AIR_ITS_TURN:
		return;
	case AIR_COMES_BACK:
		r->may_return = true;
		return;
	}
}

static void obey(struct playout *p, const struct air_effects *effects, const char *who)
{
	for (int i = 0; i < effects->count; i++) {
		const struct air_effect *e = &effects->list[i];
		for (struct run *r = p->runs; r != NULL; r = r->next)
			if (r->claim == e->id && r->zones & e->zones)
				obey_one(p, r, e, who);
		if (e->lot == AIR_ITS_TURN)
			emergency_its_turn(p, e->id, e->zones);
		else if (e->lot == AIR_DROPPED)
			emergency_turn_taken(p, e->id, e->zones, e->why);
	}
}

/* By the timetable the later start takes over from the earlier; what people order, in their
 * order. */
static struct air_ask ask_of(const struct run *r)
{
	return (struct air_ask){.id = r->claim, .kind = r->kind, .zones = r->zones,
				.since = run_planned(r) ? r->start.ns : (int64_t)r->claim};
}

void taking_ask_as(struct playout *p, const struct air_ask *ask, const char *who,
		   struct air_answer *answer)
{
	struct air_effects effects;

	arbiter_ask(&p->arbiter, ask, answer, &effects);
	obey(p, &effects, who);
}

enum reason taking_ask(struct playout *p, struct run *r, const char *who, uint32_t *zones)
{
	struct air_ask ask = ask_of(r);
	struct air_answer answer;

	taking_ask_as(p, &ask, who, &answer);
	r->ducked = answer.ducked;
	*zones = answer.has;
	return answer.why != NULL ? reason_parse(answer.why) : REASON_INTERNAL;
}

uint32_t taking_again(struct playout *p, struct run *r, uint32_t zones)
{
	struct air_ask ask = ask_of(r);
	struct air_answer answer;

	ask.zones = zones;
	taking_ask_as(p, &ask, "", &answer);
	r->ducked = (r->ducked & ~zones) | answer.ducked;
	return answer.has & zones;
}

static uint32_t ask_aside(const struct playout *p, const struct air_ask *ask, const char **why)
{
	struct arbiter aside = p->arbiter;
	struct air_answer answer;
	struct air_effects ignored;

	arbiter_ask(&aside, ask, &answer, &ignored);
	*why = answer.why;
	return answer.has;
}

uint32_t taking_would(const struct playout *p, enum air_kind kind, uint32_t zones, const char **why)
{
	struct air_ask ask = {.id = UINT64_MAX, .kind = kind, .zones = zones, .since = INT64_MAX};

	return ask_aside(p, &ask, why);
}

uint32_t taking_may(const struct playout *p, const struct run *r)
{
	struct air_ask ask = ask_of(r);
	const char *ignored;

	return ask_aside(p, &ask, &ignored);
}

void taking_leave_claim(struct playout *p, uint64_t claim, uint32_t zones)
{
	struct air_effects effects;

	arbiter_leave(&p->arbiter, claim, zones, &effects);
	obey(p, &effects, "");
}

/* Zones in which another run of the same claim sounds on, and holds them for all: a part of a slot
 * that relays (station/relaying.h), a turn of an emergency that came to some zones later. */
static uint32_t held_by_others(const struct playout *p, const struct run *r)
{
	uint32_t zones = 0;

	for (const struct run *x = p->runs; x != NULL; x = x->next)
		if (x != r && x->claim == r->claim && !run_silent(x))
			zones |= x->zones;
	return zones;
}

void taking_leave(struct playout *p, struct run *r)
{
	uint32_t zones = r->zones & ~held_by_others(p, r);

	if (zones != 0)
		taking_leave_claim(p, r->claim, zones);
}

void taking_over(struct playout *p, struct run *r, struct frame at)
{
	for (struct run *other = p->runs; other != NULL; other = other->next) {
		const struct air_claim *c = arbiter_claim(&p->arbiter, other->claim);
		if (other != r && c != NULL && c->leaves & r->zones)
			run_give_way(p, other, r->zones, at);
	}
}

void taking_cut(struct playout *p, uint32_t zones, const char *who)
{
	struct air_effects effects;

	arbiter_cut(&p->arbiter, zones, &effects);
	obey(p, &effects, who);
}
