/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"
#include "base/path.h"
#include "station/station.h"

#include <stdio.h>

static struct air_live *live_of(struct air *a)
{
	return (struct air_live *)a;
}

static struct frame frame_at(struct air *a, struct mono t)
{
	return engine_frame_at(live_of(a)->engine, t);
}

static struct mono mono_at(struct air *a, struct frame f)
{
	return engine_mono_at(live_of(a)->engine, f);
}

static void device(struct air *a, int zone, struct air_device *out)
{
	struct air_live *live = live_of(a);
	struct engine_device d;

	*out = (struct air_device){0};
	int index = engine_zone_device(live->engine, zone);
	if (index < 0)
		return;
	engine_device(live->engine, index, &d);
	snprintf(out->name, sizeof(out->name), "%s", d.opened);
	out->on = d.on;
	out->xruns = d.xruns;
	out->silent_frames = d.silent_frames;
	out->jumps = d.jumps;
	out->taken = d.taken;
	out->losses = live->losses[index];
}

static void measure_begin(struct air *a, uint64_t id, uint32_t zones, struct frame first)
{
	if (live_of(a)->encoder != NULL)
		encoder_measure_begin(live_of(a)->encoder, id, zones, first);
}

static void measure_end(struct air *a, uint64_t id, struct frame last)
{
	if (live_of(a)->encoder != NULL)
		encoder_measure_end(live_of(a)->encoder, id, last);
}

static struct source *open_master(struct air *a, const char *sha256, struct err *e)
{
	return opening_master(&live_of(a)->opening, sha256, e);
}

static bool levels(struct air *a, const char *sha256, struct wave_levels *out)
{
	return opening_levels(&live_of(a)->opening, sha256, out);
}

static void hurry(struct air *a)
{
	engine_hurry(live_of(a)->engine);
}

static bool relay(struct air *a, const char *name, struct relay_state *state,
		  enum relay_fault *why)
{
	struct relays *relays = live_of(a)->relays;
	int i = relays_find(relays, name);

	*why = RELAY_NONE;
	return i >= 0 && relays_state(relays, i, state, why);
}

static struct source *open_relay(struct air *a, const char *name, struct frame heard)
{
	struct relays *relays = live_of(a)->relays;
	int i = relays_find(relays, name);
	struct relay_state state;
	enum relay_fault why;

	if (i < 0 || !relays_state(relays, i, &state, &why) || !state.ready)
		return NULL;
	return relays_source(relays, i, heard);
}

static struct source *open_voice(struct air *a)
{
	return mike_source(live_of(a)->mike);
}

static void voice_now(struct air *a)
{
	mike_now(live_of(a)->mike);
}

static bool voice_lives(struct air *a)
{
	return mike_lives(live_of(a)->mike, NULL);
}

static void voice_end(struct air *a)
{
	mike_end(live_of(a)->mike);
}

void air_live_init(struct air_live *live, struct mixer *m, struct feeder *f, const char *dir)
{
	static const struct air_ops ops = {frame_at,	mono_at,     device, measure_begin,
					   measure_end, open_master, levels, hurry,
					   relay,	open_relay,  open_voice, voice_now,
					   voice_lives, voice_end};

	*live = (struct air_live){.air = {.ops = &ops, .mixer = m, .feeder = f}};
	opening_init(&live->opening, dir);
}
