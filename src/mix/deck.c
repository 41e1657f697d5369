/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in the real-time thread (all but deck_feed_open): no malloc, lock, system call, log or
 * unbounded loop. */
#include "mix/deck.h"

#include <string.h>

#define EDGE_FRAMES 240 /* 5 ms */

void deck_feed_open(struct deck_feed *feed, uint32_t capacity_frames)
{
	ring_init(&feed->ring, sizeof(float), capacity_frames > 0 ? capacity_frames : 1);
	atomic_store_explicit(&feed->broken, false, memory_order_relaxed);
	atomic_store_explicit(&feed->changed, false, memory_order_relaxed);
	atomic_store_explicit(&feed->end, capacity_frames > 0 ? INT64_MAX : 0,
			      memory_order_release);
}

static int64_t at_most(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

void deck_play(struct deck *d, const struct mix_command *c, uint32_t order)
{
	d->on = true;
	d->tag = c->tag;
	d->order = order;
	d->place = d->mixed = 0;
	d->length = c->length_frames;
	d->fade_in = at_most(c->fade_in_frames, c->length_frames);
	d->fade_out = c->length_frames == INT64_MAX ? 0 : at_most(c->fade_frames, c->length_frames);
	d->cut_from = INT64_MAX;
	d->cut_frames = 0;
	d->cut_gain = 1.0f;
	memcpy(d->gain, c->gain, sizeof(d->gain));
	d->ramp_frames = 0;
	d->starved_frames = 0;
	d->starving = d->faded = false;
	d->live = c->live;
	d->memory = c->memory;
	d->memory_frames = c->memory_frames;
}

static bool cutting(const struct deck *d)
{
	return d->cut_from != INT64_MAX;
}

void deck_fade(struct deck *d, const struct gain_curve *curve, int64_t fade_frames,
	       int64_t ago_frames)
{
	if (cutting(d) && fade_frames - ago_frames >= d->cut_from + d->cut_frames - d->place)
		return;
	if (cutting(d) && d->place > d->cut_from)
		d->cut_gain *= gain_fade_out_at(curve, d->place - 1 - d->cut_from, d->cut_frames);
	d->cut_from = d->place - ago_frames;
	d->cut_frames = fade_frames;
}

void deck_level(struct deck *d, const struct gain_curve *curve, const float gain[ZONES_MAX],
		int64_t ramp_frames, int64_t ago_frames)
{
	for (int z = 0; z < ZONES_MAX; z++) {
		if (d->ramp_frames > 0)
			d->gain[z] = gain_ramp_at(curve, d->gain_from[z], d->gain[z],
						  d->place - 1 - d->ramp_from, d->ramp_frames);
		d->gain_from[z] = d->gain[z];
		d->gain[z] = gain[z];
	}
	d->ramp_from = d->place - ago_frames;
	d->ramp_frames = ramp_frames;
}

/* One past the last frame, as far as orders say. */
static int64_t stop_place(const struct deck *d)
{
	return cutting(d) ? at_most(d->length, d->cut_from + d->cut_frames) : d->length;
}

int64_t deck_overdue(const struct deck *d)
{
	int64_t stop = stop_place(d);

	return d->place - (stop > 0 ? stop : 0);
}

/* The sound in memory, over and over: it never ends by itself and never starves. */
static int repeat(struct deck *d, float *x, int count)
{
	for (int i = 0; i < count; i++)
		x[i] = d->memory[(d->mixed + i) % d->memory_frames];
	d->mixed += count;
	return count;
}

/* A live source that is lost in the middle of a word would click in every horn: its last moment
 * fades, and so does the first after it. That the next block starves is known while this one can
 * still be faded, unless the feeder comes in between: then it is a dip of some milliseconds, which
 * no master shall have for a late feeder. */
static void soften(struct deck *d, const struct gain_curve *curve, float *x, int got, bool low)
{
	float env[BLOCK_FRAMES];
	int n = got < EDGE_FRAMES ? got : EDGE_FRAMES;

	/* Too little to come and go in. */
	bool nothing = d->faded && low && got < 2 * EDGE_FRAMES;
	for (int i = 0; i < got; i++)
		env[i] = nothing ? 0.0f : 1.0f;
	if (d->faded && n > 0)
		gain_fade_in(curve, env, 0, n, n);
	if (low && n > 0)
		gain_fade_out(curve, env, n - got, n, got);
	for (int i = 0; i < got; i++)
		x[i] *= env[i];
	d->faded = low || (d->faded && n == 0);
}

/* Up to count frames of the source into x; the rest is silence. Fewer than count are returned only
 * at the source's end, and *ended set. */
static int take(struct deck *d, const struct gain_curve *curve, float *x, int count, bool *ended)
{
	/* `end` first: seen, it promises that every frame before it is in the ring. Read after
	 * the ring it could name frames that came in between, and would look like a late feeder. */
	int64_t end = atomic_load_explicit(&d->feed.end, memory_order_acquire);
	int got = (int)ring_pull(&d->feed.ring, d->feed.memory, x, (uint32_t)count);

	d->mixed += got;
	*ended = d->mixed >= end;
	bool low = d->live && end == INT64_MAX && ring_held(&d->feed.ring) < BLOCK_FRAMES;
	if (low || d->faded)
		soften(d, curve, x, got, low);
	if (got == count || *ended)
		return got;
	memset(x + got, 0, (size_t)(count - got) * sizeof(*x));
	if (d->starved_frames == 0)
		d->starved_at = d->place + got;
	d->starved_frames += count - got;
	return count;
}

/* The deck's own envelope over the next n frames: fades in, out and cut; false where it is 1. */
static bool envelope(const struct deck *d, const struct gain_curve *curve, float *env, int n)
{
	bool in = d->place < d->fade_in;
	bool out = d->fade_out > 0 && d->place + n > d->length - d->fade_out;

	if (!in && !out && !cutting(d))
		return false;
	for (int i = 0; i < n; i++)
		env[i] = cutting(d) ? d->cut_gain : 1.0f;
	if (in)
		gain_fade_in(curve, env, d->place, d->fade_in, n);
	if (out)
		gain_fade_out(curve, env, d->place - (d->length - d->fade_out), d->fade_out, n);
	if (cutting(d))
		gain_fade_out(curve, env, d->place - d->cut_from, d->cut_frames, n);
	return true;
}

static void add_ramped(const struct deck *d, const struct gain_curve *curve, float *mix, int zone,
		       const float *x, const float *env, int n)
{
	float level[BLOCK_FRAMES];

	gain_ramp(curve, level, d->gain_from[zone], d->gain[zone], d->place - d->ramp_from,
		  d->ramp_frames, n);
	for (int i = 0; i < n; i++)
		level[i] *= env[i];
	gain_add_env(mix, x, level, 1.0f, n);
}

static void add(struct deck *d, const struct gain_curve *curve, float *const mix[], int zones,
		const float *x, int n)
{
	float env[BLOCK_FRAMES];
	bool shaped = envelope(d, curve, env, n);

	if (d->ramp_frames > 0 && !shaped)
		for (int i = 0; i < n; i++)
			env[i] = 1.0f;
	for (int z = 0; z < zones; z++) {
		if (d->ramp_frames > 0)
			add_ramped(d, curve, mix[z], z, x, env, n);
		else if (d->gain[z] == 0.0f)
			continue;
		else if (shaped)
			gain_add_env(mix[z], x, env, d->gain[z], n);
		else
			gain_add(mix[z], x, d->gain[z], n);
	}
	if (d->ramp_frames > 0 && d->place + n - d->ramp_from >= d->ramp_frames)
		d->ramp_frames = 0;
}

/* A starving is told when it begins, once a second while it lasts, and when it is over. */
static void report_starving(struct deck *d, struct deck_report *r, bool starving)
{
	bool first = starving && !d->starving;

	d->starving = starving;
	if (d->starved_frames == 0 ||
	    (starving && !first && d->starved_frames < FRAMES_PER_S))
		return;
	r->starved_at = d->starved_at;
	r->starved_frames = d->starved_frames;
	d->starved_frames = 0;
}

/* A fade that had begun is what ended it, also when the sound was over before the fade: its last
 * moment was not heard as it is. */
static enum mix_end reason(const struct deck *d)
{
	if (cutting(d) && d->place > d->cut_from)
		return MIX_END_FADED;
	if (d->place >= d->length)
		return MIX_END_LENGTH;
	if (d->place >= stop_place(d))
		return MIX_END_FADED;
	return atomic_load_explicit(&d->feed.broken, memory_order_relaxed) ? MIX_END_BROKEN
									   : MIX_END_SOURCE;
}

struct deck_report deck_mix(struct deck *d, const struct gain_curve *curve, float *const mix[],
			    int zones, int count)
{
	struct deck_report r = {.frames = at_most(count, stop_place(d) - d->place)};
	int64_t untold_frames = d->starved_frames;
	float x[BLOCK_FRAMES];
	bool source_ended = false;

	if (r.frames > 0) {
		r.frames = d->memory != NULL ? repeat(d, x, (int)r.frames)
					     : take(d, curve, x, (int)r.frames, &source_ended);
		add(d, curve, mix, zones, x, (int)r.frames);
		d->place += r.frames;
	}
	r.ended = source_ended || d->place >= stop_place(d);
	if (r.ended) {
		r.end = reason(d);
		d->on = false;
	}
	report_starving(d, &r, d->starved_frames > untold_frames && !r.ended);
	return r;
}
