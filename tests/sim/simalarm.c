/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simalarm.h"

#include "station/emergency.h"
#include "support/fake.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

/* Another station: noise of its own, without an end. */
static struct source *open_relay(void *arg)
{
	(void)arg;
	return fake_noise(7, INT64_C(1) << 40, 1.0f, FAKE_ENDS);
}

void simalarm_relay(struct simstation *s)
{
	struct relay_state *r = &s->sim.relay_now;
	struct mono now = s->clock.now_mono;

	if (s->relay_there && !r->coming)
		r->since = now;
	r->coming = r->ready = s->relay_there;
	if (s->relay_there)
		r->sounded = now;
	s->sim.relay_why = s->relay_there ? RELAY_NONE : RELAY_CONNECT;
}

void simalarm_begin(struct simstation *s)
{
	s->sim.open_relay = open_relay;
	s->sim.relay_now.lufs = -INFINITY;
}

void simalarm_check(struct simstation *s, int64_t step_frames)
{
	int64_t step_began = mixer_now(s->sim.air.mixer).n - step_frames;

	for (const struct emergency *m = s->playout.emergencies; m != NULL; m = m->next) {
		const struct air_claim *c = arbiter_claim(&s->playout.arbiter, m->claim);
		bool sounds = m->claim == 0 || c == NULL || c->holds == 0 || m->its_turn != 0;
		for (const struct run *r = s->playout.runs; r != NULL && !sounds; r = r->next)
			sounds = r->claim == m->claim &&
				 (r->items[0].state >= AIRING_ON ||
				  r->items[0].at.n >= step_began);
		if (!sounds) {
			simstation_tell_runs(s);
			fprintf(stderr, "claim %llu holds %x waits %x of zones %x\n",
				(unsigned long long)m->claim, (unsigned)c->holds,
				(unsigned)c->waits, (unsigned)m->zones);
		}
		expect(sounds, "seed %llu: emergency %s is not heard", (unsigned long long)s->seed,
		       m->id);
	}
}

static void raise(struct simstation *s)
{
	struct bulletin *b = &s->bulletins[chance_below(&s->alarms, SIM_BULLETINS)];
	bool repeats = chance_below(&s->alarms, 3) == 0;
	struct emergency_order o = {
		.drill = chance_below(&s->alarms, 3) == 0,
		.over_cut = chance_below(&s->alarms, 2) == 0,
		.zones = 1 + (uint32_t)chance_below(&s->alarms, 3),
		.message = chance_below(&s->alarms, 2) == 0 ? b : NULL,
		.by = "user:3", .reason = "Lũ", .who = "user:7",
		.every_s = repeats ? EMERGENCY_EVERY_S_MIN + (int)chance_below(&s->alarms, 900) : 0,
		.has_until = repeats || chance_below(&s->alarms, 4) == 0,
		.until = wall_add_ns(s->clock.now_wall,
				     (int64_t)(60 + chance_below(&s->alarms, 1800)) * NS_PER_S)};
	struct emergency *m;
	struct err e;

	s->raised += emergency_raise(&s->playout, &o, &m, &e);
}

void simalarm_order(struct simstation *s)
{
	switch (chance_below(&s->alarms, 6)) {
	case 0:
		if (s->playout.emergencies != NULL)
			emergency_end(&s->playout, s->playout.emergencies, "ended", "hết",
				      "user:7");
		break;
	case 1:
		s->relay_there = !s->relay_there;
		break;
	default:
		raise(s);
	}
}
