/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix/relaybuffer.h"

#include "base/limits.h"
#include "base/must.h"
#include "mix/drift.h"
#include "mix/loudwatch.h"

#include <math.h>
#include <pthread.h>
#include <soxr.h>
#include <stdlib.h>
#include <string.h>

#define SPLICE_FRAMES (FRAMES_PER_S / 100) /* over a place where something was thrown away */
#define DRY_TURNS 6 /* of the feeder without anything: the deck, too, has played what it had */
#define PAUSE_NS (3 * NS_PER_S) /* between two items of a programme */
#define DECK_NS ns_of_frames(DECK_AHEAD_FRAMES - FEED_FRAMES)
#define MS(ms) ((int64_t)(ms) * FRAMES_PER_S / 1000)

const struct relaybuffer_shape relaybuffer_relay = {
	.pace = &drift_relay,
	.hold_frames = RELAY_HOLD_S * FRAMES_PER_S,
	.hold_max_frames = RELAY_HOLD_MAX_S * FRAMES_PER_S,
	.margin_frames = 2 * FRAMES_PER_S,
	.most_frames = RELAY_BUFFER_FRAMES - SPLICE_FRAMES,
};
const struct relaybuffer_shape relaybuffer_voice = {
	.pace = &drift_voice,
	.hold_frames = MS(VOICE_HOLD_MS),
	.hold_max_frames = MS(VOICE_HOLD_MAX_MS),
	.margin_frames = MS(VOICE_LEVEL_MS),
	.most_frames = MS(VOICE_MOST_MS),
	.ahead_frames = VOICE_AHEAD_FRAMES,
};

struct relaybuffer {
	const struct relaybuffer_shape *shape;
	pthread_mutex_t lock;
	float *memory; /* RELAY_BUFFER_FRAMES of them */
	int64_t written, read;
	int64_t keep_frames; /* while nobody takes; and what a start needs */
	struct source *reader; /* who takes; NULL nobody */
	bool ended;	/* no more comes */
	bool filling;	/* the reader waits until there is enough again */
	int dry_turns;	/* the reader found nothing, so often in a row */
	struct mono begun, came;
	int64_t taken_in; /* since begun */
	struct loudwatch *loud;
	struct mono sounded, since;
	struct drift drift;
	uint64_t jumps;
};

struct relay_source {
	struct source source;
	struct relaybuffer *b;
	soxr_t soxr;
	double ppm;
};

struct relaybuffer *relaybuffer_create(const struct relaybuffer_shape *shape)
{
	struct relaybuffer *b = calloc(1, sizeof(*b));

	must(b != NULL);
	b->shape = shape;
	must(pthread_mutex_init(&b->lock, NULL) == 0);
	b->memory = calloc(RELAY_BUFFER_FRAMES, sizeof(float)); /* pages not used are not there */
	must(b->memory != NULL);
	relaybuffer_begin(b, (struct mono){0});
	return b;
}

void relaybuffer_destroy(struct relaybuffer *b)
{
	if (b == NULL)
		return;
	must(b->reader == NULL);
	loudwatch_destroy(b->loud);
	pthread_mutex_destroy(&b->lock);
	free(b->memory);
	free(b);
}

void relaybuffer_begin(struct relaybuffer *b, struct mono now)
{
	pthread_mutex_lock(&b->lock);
	b->keep_frames = b->shape->hold_frames;
	b->ended = false;
	b->read = b->written;
	b->begun = b->sounded = now;
	b->came.ns = b->since.ns = INT64_MAX;
	b->taken_in = 0;
	b->jumps = 0;
	loudwatch_destroy(b->loud);
	b->loud = loudwatch_create();
	b->drift = (struct drift){.pace = b->shape->pace};
	pthread_mutex_unlock(&b->lock);
}

static int64_t held(const struct relaybuffer *b)
{
	return b->written - b->read;
}

static float *place(const struct relaybuffer *b, int64_t at)
{
	return &b->memory[at & (RELAY_BUFFER_FRAMES - 1)];
}

/* Throws the oldest away. The reader shall not hear where: the new begin is blended in. */
static void drop(struct relaybuffer *b, int64_t frames)
{
	int64_t to = b->read + frames;

	for (int64_t i = 0; i < SPLICE_FRAMES && b->reader != NULL; i++) {
		float w = (float)i / SPLICE_FRAMES, *x = place(b, to + i);
		*x = *x * w + *place(b, b->read + i) * (1 - w);
	}
	b->read = to;
	b->jumps += b->reader != NULL;
	if (b->reader != NULL)
		drift_again(&b->drift);
}

static void note_arrival(struct relaybuffer *b, struct mono now)
{
	int64_t wait_ns = b->came.ns == INT64_MAX ? 0 : now.ns - b->came.ns;
	int64_t keep = frames_of_ns(wait_ns) + b->shape->margin_frames;

	/* A wait beyond that is a lost connection, which no buffer bridges. */
	if (keep <= b->shape->hold_max_frames && keep > b->keep_frames)
		b->keep_frames = keep;
	b->came = now;
}

static void note_sound(struct relaybuffer *b, const float *samples, int64_t frames, struct mono now)
{
	int64_t back = loudwatch_put(b->loud, samples, frames);

	if (back < 0)
		return;
	int64_t ahead_ns = b->reader != NULL ? ns_of_frames(held(b) - back) + DECK_NS : 0;
	struct mono at = mono_add_ns(now, ahead_ns);
	if (b->since.ns == INT64_MAX || at.ns - b->sounded.ns > PAUSE_NS + DECK_NS)
		b->since = now;
	if (at.ns > b->sounded.ns)
		b->sounded = at;
}

/* At most a second at once, so that there is room. */
static void put_some(struct relaybuffer *b, const float *samples, int64_t frames, struct mono now)
{
	int64_t spare = b->shape->most_frames - held(b) - frames;

	if (spare < 0 && held(b) > FRAMES_PER_S + SPLICE_FRAMES)
		drop(b, FRAMES_PER_S);
	for (int64_t i = 0; i < frames; i++)
		*place(b, b->written + i) = isfinite(samples[i]) ? samples[i] : 0.0f;
	b->written += frames;
	b->taken_in += frames;
	if (b->reader == NULL && held(b) > b->keep_frames)
		b->read = b->written - b->keep_frames;
	float clean[FRAMES_PER_S / 10];
	for (int64_t at = 0, n; at < frames; at += n) {
		n = frames - at < FRAMES_PER_S / 10 ? frames - at : FRAMES_PER_S / 10;
		for (int64_t i = 0; i < n; i++)
			clean[i] = *place(b, b->written - frames + at + i);
		note_sound(b, clean, n, now);
	}
}

void relaybuffer_put(struct relaybuffer *b, const float *samples, int64_t frames, struct mono now)
{
	pthread_mutex_lock(&b->lock);
	if (frames > 0)
		note_arrival(b, now);
	while (frames > 0) {
		int64_t n = frames < FRAMES_PER_S ? frames : FRAMES_PER_S;
		put_some(b, samples, n, now);
		samples += n;
		frames -= n;
	}
	pthread_mutex_unlock(&b->lock);
}

void relaybuffer_end(struct relaybuffer *b)
{
	pthread_mutex_lock(&b->lock);
	int64_t n = held(b) < SPLICE_FRAMES ? held(b) : SPLICE_FRAMES;
	for (int64_t i = 0; i < n && !b->ended; i++)
		*place(b, b->written - 1 - i) *= (float)i / (float)n;
	b->ended = true;
	pthread_mutex_unlock(&b->lock);
}

int64_t relaybuffer_room(struct relaybuffer *b, struct mono now)
{
	pthread_mutex_lock(&b->lock);
	double most = (double)frames_of_ns(now.ns - b->begun.ns) * RELAY_PACE +
		      (double)(RELAY_BURST_S * FRAMES_PER_S);
	int64_t room = (int64_t)most - b->taken_in;
	pthread_mutex_unlock(&b->lock);
	return room > 0 ? room : 0;
}

void relaybuffer_state(struct relaybuffer *b, struct mono now, struct relay_state *out)
{
	pthread_mutex_lock(&b->lock);
	*out = (struct relay_state){
		.coming = b->came.ns != INT64_MAX && now.ns - b->came.ns < RELAY_STILL_S * NS_PER_S,
		.came = b->came,
		.ready = held(b) >= b->keep_frames,
		.sounded = b->sounded,
		.since = b->since,
		.held_s = (double)held(b) / FRAMES_PER_S,
		.ppm = b->drift.ppm,
		.lufs = loudwatch_lufs(b->loud),
		.jumps = b->jumps,
	};
	if (now.ns - b->sounded.ns > PAUSE_NS)
		out->since.ns = INT64_MAX;
	pthread_mutex_unlock(&b->lock);
}

/* As much as lies in one piece goes into the resampler; returns how much. */
static size_t convert(struct relay_source *s, float *out, int64_t frames, size_t *made)
{
	struct relaybuffer *b = s->b;
	size_t used = 0;
	int64_t n = held(b), to_end = RELAY_BUFFER_FRAMES - (b->read & (RELAY_BUFFER_FRAMES - 1));

	n = n < to_end ? n : to_end;
	n = n < frames ? n : frames;
	if (n > 0)
		must(soxr_process(s->soxr, place(b, b->read), (size_t)n, &used, out, (size_t)frames,
				  made) == NULL);
	b->read += (int64_t)used;
	return used;
}

/* Up to `frames` at our clock. */
static int64_t play(struct relay_source *s, float *out, int64_t frames)
{
	struct relaybuffer *b = s->b;
	size_t made = 0;

	if (b->drift.ppm != s->ppm)
		must(soxr_set_io_ratio(s->soxr, 1 + b->drift.ppm * 1e-6, (size_t)frames) == NULL);
	s->ppm = b->drift.ppm;
	while (made == 0 && convert(s, out, frames, &made) > 0)
		;
	drift_see(&b->drift, (double)held(b) / FRAMES_PER_S, (double)made / FRAMES_PER_S);
	return (int64_t)made;
}

static int64_t take(struct source *source, float *out, int64_t frames)
{
	struct relay_source *s = (struct relay_source *)source;
	struct relaybuffer *b = s->b;
	int64_t made = 0;

	pthread_mutex_lock(&b->lock);
	bool mine = b->reader == source;
	if (mine && b->filling)
		b->filling = held(b) < b->keep_frames && !b->ended;
	if (mine && !b->filling) {
		made = play(s, out, frames);
		b->dry_turns = made > 0 ? 0 : b->dry_turns + 1;
	}
	if (mine && !b->filling && b->dry_turns >= DRY_TURNS) {
		b->filling = true;
		drift_again(&b->drift);
	}
	bool over = mine && b->ended && made == 0 && held(b) == 0;
	pthread_mutex_unlock(&b->lock);
	return made > 0 ? made : over ? 0 : SOURCE_LATER;
}

static bool rewind_never(struct source *source)
{
	(void)source;
	return false;
}

static void let_go(struct source *source)
{
	struct relay_source *s = (struct relay_source *)source;

	pthread_mutex_lock(&s->b->lock);
	if (s->b->reader == source)
		s->b->reader = NULL;
	pthread_mutex_unlock(&s->b->lock);
	soxr_delete(s->soxr);
	free(s);
}

struct source *relaybuffer_source(struct relaybuffer *b)
{
	static const struct source_ops ops = {take, rewind_never, let_go};
	soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, SOXR_VR);
	soxr_io_spec_t io = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
	soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
	struct relay_source *s = calloc(1, sizeof(*s));
	soxr_error_t error = NULL;

	must(s != NULL);
	/* The first rate is the fastest that will be asked for. */
	s->soxr = soxr_create(1 + b->shape->pace->most_ppm * 2e-6, 1, 1, &error, &io, &quality,
			      &runtime);
	must(error == NULL && soxr_set_io_ratio(s->soxr, 1, 0) == NULL);
	s->source = (struct source){.ops = &ops, .ahead_frames = b->shape->ahead_frames};
	s->b = b;
	pthread_mutex_lock(&b->lock);
	b->reader = &s->source;
	b->filling = false;
	b->dry_turns = 0;
	drift_again(&b->drift);
	pthread_mutex_unlock(&b->lock);
	return &s->source;
}
