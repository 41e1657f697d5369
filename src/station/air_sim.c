/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/air_sim.h"

#include "base/must.h"
#include "base/path.h"
#include "station/playout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HISTORY_BLOCKS 512 /* 5 s: more than the meter's lag and the farthest cue together */
#define PUMP_BLOCKS (FEED_FRAMES / BLOCK_FRAMES) /* the feeder keeps this much ahead */
#define IDS_MAX (int)(sizeof(((struct air_sim *)0)->ids) / sizeof(uint64_t))

static struct air_sim *sim_of(struct air *a)
{
	return (struct air_sim *)a;
}

static struct frame frame_at(struct air *a, struct mono t)
{
	return (struct frame){frames_of_ns(t.ns - sim_of(a)->zero.ns)};
}

static struct mono mono_at(struct air *a, struct frame f)
{
	return mono_add_ns(sim_of(a)->zero, ns_of_frames(f.n));
}

static void device(struct air *a, int zone, struct air_device *out)
{
	*out = (struct air_device){0};
	if (sim_of(a)->deaf >> zone & 1)
		return;
	*out = sim_of(a)->device_now;
	out->taken = mixer_now(a->mixer);
}

static int find_id(const struct air_sim *s, uint64_t id)
{
	for (int i = 0; i < IDS_MAX; i++)
		if (s->ids[i] == id)
			return i;
	return -1;
}

static void measure_begin(struct air *a, uint64_t id, uint32_t zones, struct frame first)
{
	struct air_sim *s = sim_of(a);
	int slot = s->meter != NULL ? find_id(s, 0) : -1;

	if (slot < 0)
		return;
	s->ids[slot] = id;
	meter_begin(s->meter, slot, __builtin_ctz(zones), first);
}

static void measure_end(struct air *a, uint64_t id, struct frame last)
{
	struct air_sim *s = sim_of(a);
	int slot = s->meter != NULL ? find_id(s, id) : -1;

	if (slot >= 0)
		meter_end(s->meter, slot, last);
}

static struct source *open_master(struct air *a, const char *sha256, struct err *e)
{
	char path[PATH_MASTER_BYTES];

	path_master(path, sim_of(a)->dir, sha256, ".flac");
	return source_open_master(path, sha256, e);
}

static bool levels(struct air *a, const char *sha256, struct wave_levels *out)
{
	struct err ignored;

	return wave_load(out, sim_of(a)->dir, sha256, &ignored);
}

static bool relay(struct air *a, const char *name, struct relay_state *state,
		  enum relay_fault *why)
{
	(void)name;
	*state = sim_of(a)->relay_now;
	*why = sim_of(a)->relay_why;
	return sim_of(a)->open_relay != NULL;
}

static struct source *open_relay(struct air *a, const char *name, struct frame heard)
{
	struct air_sim *s = sim_of(a);

	(void)name;
	(void)heard;
	return s->open_relay != NULL && s->relay_now.ready ? s->open_relay(s->relay_arg) : NULL;
}

static struct source *open_voice(struct air *a)
{
	struct air_sim *s = sim_of(a);

	return s->open_voice != NULL ? s->open_voice(s) : NULL;
}

static void voice_now(struct air *a)
{
	sim_of(a)->voice_now = true;
}

static bool voice_lives(struct air *a)
{
	return !sim_of(a)->voice_lost;
}

static void voice_end(struct air *a)
{
	sim_of(a)->voice_ended = true;
}

static void init_meter(struct air_sim *s)
{
	s->block_bytes = (uint32_t)(sizeof(struct meter_block) +
				    (size_t)s->zones * BLOCK_FRAMES * sizeof(float));
	s->block_bytes = (s->block_bytes + 7) & ~7u;
	s->history = calloc(HISTORY_BLOCKS, s->block_bytes);
	must(s->history != NULL);
	s->meter = meter_create(s->history, HISTORY_BLOCKS, s->block_bytes);
}

void air_sim_init(struct air_sim *s, struct clock_sim *clock, int zones, double peak_dbtp,
		  const char *dir, bool measure)
{
	static const struct air_ops ops = {frame_at,	mono_at,     device, measure_begin,
					   measure_end, open_master, levels, NULL,
					   relay,	open_relay,  open_voice, voice_now,
					   voice_lives, voice_end};
	struct mixer_config config = {.zones = zones, .peak_dbtp = peak_dbtp};

	*s = (struct air_sim){.air.ops = &ops, .clock = clock, .zones = zones, .dir = dir};
	s->zero = clock->now_mono;
	s->air.mixer = mixer_create(&config);
	s->air.feeder = feeder_create(s->air.mixer, false);
	for (int z = 0; z < zones; z++) {
		s->out[z] = calloc(BLOCK_FRAMES, sizeof(float));
		must(s->out[z] != NULL);
	}
	if (measure)
		init_meter(s);
}

void air_sim_finish(struct air_sim *s)
{
	meter_destroy(s->meter);
	free(s->history);
	for (int z = 0; z < s->zones; z++)
		free(s->out[z]);
	feeder_destroy(s->air.feeder);
	mixer_destroy(s->air.mixer);
}

static void measure_block(struct air_sim *s, struct playout *p)
{
	struct meter_block *b =
		(struct meter_block *)(s->history + s->blocks % HISTORY_BLOCKS * s->block_bytes);
	struct meter_result r;
	int slot;

	b->first = (int64_t)s->blocks * BLOCK_FRAMES;
	for (int z = 0; z < s->zones; z++)
		memcpy(b->samples + (size_t)z * BLOCK_FRAMES, s->out[z],
		       BLOCK_FRAMES * sizeof(float));
	meter_advance(s->meter, s->blocks + 1);
	while ((slot = meter_take(s->meter, false, &r)) >= 0) {
		playout_measured(p, s->ids[slot], r.loudness_lufs, r.peak_dbtp);
		s->ids[slot] = 0;
	}
}

void air_sim_block(struct air_sim *s, struct playout *p)
{
	if (s->blocks % PUMP_BLOCKS == 0)
		feeder_pump(s->air.feeder);
	mixer_block(s->air.mixer, s->out);
	if (s->meter != NULL)
		measure_block(s, p);
	s->blocks++;
	clock_sim_advance(s->clock, BLOCK_FRAMES * NS_PER_S / FRAMES_PER_S);
}
