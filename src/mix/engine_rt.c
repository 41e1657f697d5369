/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixing thread. Real-time: everything under engine_tick runs without allocation, lock or
 * system call; only engine_thread itself sleeps.
 *
 * Each tick: read what the devices report, place new ones on the timeline, move the timeline
 * with the leading device's clock, then mix until enough lies ahead. Pacing by the filtered
 * timeline, and not by how full a ring is, keeps the work even although devices take their
 * sound in gulps. */
#include "base/must.h"
#include "mix/engine_in.h"
#include "sys/rt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FRAMES_PER_MS (FRAMES_PER_S / 1000)
#define JOIN_REPORTS 4 /* the first callbacks of a stream come in a rush and with odd latencies */
#define JOIN_MS 100

static int64_t bits(double x)
{
	int64_t word;

	memcpy(&word, &x, sizeof(word));
	return word;
}

void engine_publish(struct engine *en)
{
	const struct mapping *l = &en->line;

	latest_put(&en->line_out,
		   (int64_t[]){l->frame.n, l->at.ns, bits(l->at_rest_ns), bits(l->slow)}, 4);
	latest_put(&en->state_out,
		   (int64_t[]){en->next.n, en->ahead_frames, en->realtime, en->device_leads,
			       (int64_t)en->late_ticks},
		   5);
}

/* The device's clock starts anew with its next report. */
static void forget_clock(struct engine_follower *f)
{
	f->joined = false;
	f->useful = 0;
	f->map.reports = 0;
}

static void complain(struct engine_follower *f, enum device_complaint what)
{
	atomic_store(&f->link->complaint, what);
}

/* A file or a null device takes hours of sound in a second; what it says about time means nothing.
 * A sound server may stand still for some seconds while it starts: that is forgiven. */
static void check_pace(struct engine_follower *f, const struct shmring_report *r)
{
	int64_t took = r->position - f->begun.position;
	int64_t passed = frames_of_ns(r->heard.ns - f->begun.heard.ns);

	if (took > 2 * passed + FRAMES_PER_S / 2 || passed > 2 * took + 5 * FRAMES_PER_S)
		complain(f, DEVICE_NO_CLOCK);
}

static void jumped(struct engine_follower *f, struct mono now)
{
	if (now.ns - f->jumps_since.ns > 60 * NS_PER_S) {
		f->jumps_since = now;
		f->jumps = 0;
	}
	atomic_fetch_add_explicit(&f->link->jumps, 1, memory_order_relaxed);
	if (++f->jumps > SINK_UNSTEADY_MAX)
		complain(f, DEVICE_UNSTEADY);
	forget_clock(f);
}

static void hear_report(struct engine_follower *f, struct mono now)
{
	struct shmring_report r;
	uint32_t reports = latest_count(&f->link->ring->report);

	if (reports == f->reports || !shmring_get_report(f->link->ring, &r))
		return;
	bool very_first = f->reports == 0;
	f->reports = reports;
	f->position = r.position + r.frames;
	if (very_first) {
		f->begun = r;
		return;
	}
	if (f->useful++ == 0)
		f->anchored = mono_add_ns(r.heard, -r.latency_ns);
	mapping_report(&f->map, (struct frame){r.position}, r.heard);
	int64_t taken = f->position - mapping_frame(&f->map, now).n;
	f->taken_frames = taken > f->taken_frames ? taken : f->taken_frames;
	check_pace(f, &r);
	if (mapping_astray(&f->map))
		jumped(f, now);
}

/* The offset at which the device would be exactly on the station's time. */
static int64_t ideal_offset(const struct engine *en, const struct engine_follower *f)
{
	struct mono heard = mapping_mono(&f->map, (struct frame){f->position});

	return mapping_frame(&en->line, heard).n - f->position;
}

static void order(struct engine_follower *f, int64_t offset)
{
	f->offset = offset;
	atomic_store_explicit(&f->link->ring->offset, offset, memory_order_release);
}

static void place(struct engine *en, struct engine_follower *f, struct mono now)
{
	bool leads = f == &en->followers[0] && en->zone_device[0] == 0;
	int64_t playing = atomic_load_explicit(&f->link->ring->applied, memory_order_acquire);

	if (f->useful == 0)
		return;
	int64_t off_frames = llabs(ideal_offset(en, f) - f->offset);
	if (!f->joined && f->useful >= JOIN_REPORTS &&
	    now.ns - f->anchored.ns >= JOIN_MS * NS_PER_MS) {
		if (playing == SHMRING_UNARMED || off_frames > SINK_SLIP_FRAMES)
			order(f, ideal_offset(en, f));
		f->joined = true;
	} else if (f->joined && !leads && off_frames > SINK_SLIP_FRAMES && playing == f->offset) {
		order(f, ideal_offset(en, f));
	}
}

static void follow(struct engine *en, struct engine_follower *f, struct mono now)
{
	uint32_t child = atomic_load(&f->link->attached);

	if (child != f->child) {
		f->child = child;
		f->reports = 0;
		f->taken_frames = 0;
		f->jumps = 0;
		forget_clock(f);
		atomic_store(&f->link->seen, child);
	}
	if (child == 0)
		return;
	hear_report(f, now);
	place(en, f, now);
	latest_put(&f->link->clock,
		   (int64_t[]){bits(mapping_drift_ppm(&f->map)),
			       bits(mapping_residual_ms(&f->map))},
		   2);
}

/* The timeline follows the leading device; without it goes on from where it is, at the nominal
 * rate. */
static void keep_time(struct engine *en, struct mono now)
{
	const struct engine_follower *lead = &en->followers[0];
	bool leads = en->zone_device[0] == 0 && lead->child != 0 && lead->joined;

	if (leads) {
		en->line = lead->map;
		mapping_renumber(&en->line, lead->offset);
	} else if (en->device_leads) {
		mapping_anchor(&en->line, mapping_frame(&en->line, now), now);
	}
	en->device_leads = leads;
}

/* Enough for the deepest device, and a margin. Without any device it stays as it was, so that a
 * listener of the stream does not hear how a cable is pulled. */
static void choose_ahead(struct engine *en)
{
	int64_t deepest = -1;

	for (int i = 0; i < en->device_count; i++)
		if (en->followers[i].child != 0 && en->followers[i].joined &&
		    en->followers[i].taken_frames > deepest)
			deepest = en->followers[i].taken_frames;
	if (deepest < 0)
		return;
	en->ahead_frames = deepest + ENGINE_AHEAD_MS * FRAMES_PER_MS;
	if (en->ahead_frames > ENGINE_AHEAD_MAX_MS * FRAMES_PER_MS)
		en->ahead_frames = ENGINE_AHEAD_MAX_MS * FRAMES_PER_MS;
}

static void mix_block(struct engine *en)
{
	float *zones[ZONES_MAX];

	for (int z = 0; z < en->config.zone_count; z++)
		zones[z] = engine_unheard(en, z, en->next);
	en->mix(en->mix_arg, zones);
	for (int i = 0; i < en->device_count; i++)
		if (en->followers[i].child != 0)
			shmring_write(en->followers[i].link->ring, en->next,
				      engine_interleave(en, &en->followers[i], en->next),
				      BLOCK_FRAMES);
	en->next.n += BLOCK_FRAMES;
}

void engine_tick(struct engine *en, struct mono now)
{
	for (int i = 0; i < en->device_count; i++)
		follow(en, &en->followers[i], now);
	keep_time(en, now);
	choose_ahead(en);
	engine_break_in(en, now);
	int64_t until = mapping_frame(&en->line, now).n + en->ahead_frames;
	for (int i = 0; i < ENGINE_CATCH_UP_BLOCKS && en->next.n < until; i++) {
		mix_block(en);
		engine_tap(en, now, false);
	}
	engine_publish(en);
}

/* True: the moment has come; false: somebody is in a hurry. */
static bool sleep_until(struct engine *en, struct mono t)
{
	struct timespec at = {.tv_sec = t.ns / NS_PER_S, .tv_nsec = t.ns % NS_PER_S};
	int result;

	do
		result = sem_clockwait(&en->hurry, CLOCK_MONOTONIC, &at);
	while (result != 0 && errno == EINTR);
	return result != 0;
}

void *engine_thread(void *arg)
{
	struct engine *en = arg;
	struct mono tick = clock_mono(en->clock);
	bool due = true;

	en->realtime = rt_raise_priority();
	while (!atomic_load(&en->stopping)) {
		struct mono now = clock_mono(en->clock);
		int64_t late_ns = now.ns - tick.ns;
		en->late_ticks += late_ns > (ENGINE_AHEAD_MS - ENGINE_TICK_MS) * NS_PER_MS;
		rt_enter();
		engine_tick(en, now);
		rt_leave();
		/* After a standstill the ticks that were missed are not made up for. */
		if (due)
			tick = mono_add_ns(late_ns > ENGINE_TICK_MS * NS_PER_MS ? now : tick,
					   ENGINE_TICK_MS * NS_PER_MS);
		due = sleep_until(en, tick);
	}
	engine_tap(en, clock_mono(en->clock), true);
	return NULL;
}
