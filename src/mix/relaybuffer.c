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
	int64_t written;
	int64_t from; /* while nobody takes: what is kept begins there */
	int64_t keep_frames; /* while nobody takes; and what a start needs */
	struct relay_source *readers; /* who take, the oldest first: the clock is followed by it */
	bool ended;	/* no more comes */
	struct mono begun, came;
	int64_t taken_in; /* since begun */
	struct loudwatch *loud;
	struct mono sounded, since;
	struct drift drift;
	uint64_t jumps;
};

/* Under the buffer's lock. */
struct relay_source {
	struct source source;
	struct relaybuffer *b;
	struct relay_source *next;
	soxr_t soxr;
	double ppm;
	int64_t read;
	bool left;	/* the buffer has begun anew since: nothing is for it any more */
	bool filling;	/* it waits until there is enough again */
	int dry_turns;	/* it found nothing, so often in a row */
	struct frame heard; /* of the mix: when its first frame is heard; < 0: not known */
	int64_t made;	/* frames that it has given */
	double place;	/* of the buffer: what the next of them is */
	int spliced;	/* frames, after a jump, that what was is blended out in already */
	float old[SPLICE_FRAMES];
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
	must(b->readers == NULL);
	loudwatch_destroy(b->loud);
	pthread_mutex_destroy(&b->lock);
	free(b->memory);
	free(b);
}

static void leave_all(struct relaybuffer *b)
{
	for (struct relay_source *s = b->readers; s != NULL; s = s->next)
		s->left = true;
	b->readers = NULL;
}

void relaybuffer_begin(struct relaybuffer *b, struct mono now)
{
	pthread_mutex_lock(&b->lock);
	leave_all(b);
	b->keep_frames = b->shape->hold_frames;
	b->ended = false;
	b->from = b->written;
	b->begun = b->sounded = now;
	b->came.ns = b->since.ns = INT64_MAX;
	b->taken_in = 0;
	b->jumps = 0;
	loudwatch_destroy(b->loud);
	b->loud = loudwatch_create();
	b->drift = (struct drift){.pace = b->shape->pace};
	pthread_mutex_unlock(&b->lock);
}

/* What waits for the oldest of those that take; for whoever comes if nobody does. */
static int64_t held(const struct relaybuffer *b)
{
	return b->written - (b->readers != NULL ? b->readers->read : b->from);
}

/* For the one that is furthest behind. */
static int64_t most_held(const struct relaybuffer *b)
{
	int64_t most = held(b);

	for (const struct relay_source *s = b->readers; s != NULL; s = s->next)
		most = b->written - s->read > most ? b->written - s->read : most;
	return most;
}

static float *place(const struct relaybuffer *b, int64_t at)
{
	return &b->memory[at & (RELAY_BUFFER_FRAMES - 1)];
}

/* The reader shall not hear where: what was is blended out under what is. */
static void jump(struct relay_source *s, int64_t frames)
{
	for (int i = 0; i < SPLICE_FRAMES; i++)
		s->old[i] = *place(s->b, s->read + i);
	s->spliced = 0;
	s->read += frames;
	s->place += (double)frames;
}

/* Throws the oldest away; those that take stay as far from each other as they were. */
static void drop(struct relaybuffer *b, int64_t frames)
{
	bool jumped = false;

	for (struct relay_source *s = b->readers; s != NULL; s = s->next) {
		if (b->written - s->read <= frames + SPLICE_FRAMES)
			continue;
		jump(s, frames);
		jumped = true;
	}
	b->jumps += jumped;
	if (jumped)
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
	int64_t ahead_ns = b->readers != NULL ? ns_of_frames(held(b) - back) + DECK_NS : 0;
	struct mono at = mono_add_ns(now, ahead_ns);
	if (b->since.ns == INT64_MAX || at.ns - b->sounded.ns > PAUSE_NS + DECK_NS)
		b->since = now;
	if (at.ns > b->sounded.ns)
		b->sounded = at;
}

/* At most a second at once, so that there is room. */
static void put_some(struct relaybuffer *b, const float *samples, int64_t frames, struct mono now)
{
	if (most_held(b) + frames > b->shape->most_frames)
		drop(b, FRAMES_PER_S);
	for (int64_t i = 0; i < frames; i++)
		*place(b, b->written + i) = isfinite(samples[i]) ? samples[i] : 0.0f;
	b->written += frames;
	b->taken_in += frames;
	if (b->readers == NULL && held(b) > b->keep_frames)
		b->from = b->written - b->keep_frames;
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
	int64_t n = most_held(b) < SPLICE_FRAMES ? most_held(b) : SPLICE_FRAMES;
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

/* Whoever is on air has some of it in its deck: it has enough as long as it runs. */
static bool ready(const struct relaybuffer *b)
{
	const struct relay_source *on = b->readers;

	return on != NULL ? !on->filling && on->dry_turns == 0 : held(b) >= b->keep_frames;
}

void relaybuffer_state(struct relaybuffer *b, struct mono now, struct relay_state *out)
{
	pthread_mutex_lock(&b->lock);
	*out = (struct relay_state){
		.begun = b->begun,
		.coming = b->came.ns != INT64_MAX && now.ns - b->came.ns < RELAY_STILL_S * NS_PER_S,
		.came = b->came,
		.ready = ready(b),
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

/* What lies at its place, at most n frames of it; behind a jump they are made in `mixed`. */
static const float *splice(const struct relay_source *s, float *mixed, int64_t *n)
{
	const float *in = place(s->b, s->read);
	int64_t left = SPLICE_FRAMES - s->spliced;

	if (left == 0)
		return in;
	*n = *n < left ? *n : left;
	for (int64_t i = 0; i < *n; i++) {
		float w = (float)(s->spliced + i) / SPLICE_FRAMES;
		mixed[i] = in[i] * w + s->old[s->spliced + i] * (1 - w);
	}
	return mixed;
}

/* As much as lies in one piece goes into the resampler; returns how much. */
static size_t convert(struct relay_source *s, float *out, int64_t frames, size_t *made)
{
	struct relaybuffer *b = s->b;
	float mixed[SPLICE_FRAMES] = {0};
	size_t used = 0;
	int64_t n = b->written - s->read;
	int64_t to_end = RELAY_BUFFER_FRAMES - (s->read & (RELAY_BUFFER_FRAMES - 1));

	n = n < to_end ? n : to_end;
	n = n < frames ? n : frames;
	if (n <= 0)
		return 0;
	const float *in = splice(s, mixed, &n);
	must(soxr_process(s->soxr, in, (size_t)n, &used, out, (size_t)frames, made) == NULL);
	s->spliced += in == mixed ? (int)used : 0;
	s->read += (int64_t)used;
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
	s->made += (int64_t)made;
	s->place += (double)made * (1 + s->ppm * 1e-6);
	if (s == b->readers)
		drift_see(&b->drift, (double)held(b) / FRAMES_PER_S, (double)made / FRAMES_PER_S);
	return (int64_t)made;
}

/* It has run dry: what comes next is heard later than it would have been. */
static void fill_up(struct relay_source *s)
{
	s->filling = true;
	s->heard.n = -1;
	if (s == s->b->readers)
		drift_again(&s->b->drift);
}

static int64_t take(struct source *source, float *out, int64_t frames)
{
	struct relay_source *s = (struct relay_source *)source;
	struct relaybuffer *b = s->b;
	int64_t made = 0;

	pthread_mutex_lock(&b->lock);
	if (s->filling)
		s->filling = b->written - s->read < b->keep_frames && !b->ended;
	if (!s->left && !s->filling) {
		made = play(s, out, frames);
		s->dry_turns = made > 0 ? 0 : s->dry_turns + 1;
	}
	if (!s->left && !s->filling && s->dry_turns >= DRY_TURNS)
		fill_up(s);
	bool over = !s->left && b->ended && made == 0 && b->written == s->read;
	pthread_mutex_unlock(&b->lock);
	return made > 0 ? made : over ? 0 : SOURCE_LATER;
}

static bool rewind_never(struct source *source)
{
	(void)source;
	return false;
}

static void leave(struct relay_source *s)
{
	struct relaybuffer *b = s->b;
	struct relay_source **link = &b->readers;
	bool led = b->readers == s;

	while (*link != s)
		link = &(*link)->next;
	*link = s->next;
	b->from = s->read;
	if (led)
		drift_again(&b->drift);
}

static void let_go(struct source *source)
{
	struct relay_source *s = (struct relay_source *)source;

	pthread_mutex_lock(&s->b->lock);
	if (!s->left)
		leave(s);
	pthread_mutex_unlock(&s->b->lock);
	soxr_delete(s->soxr);
	free(s);
}

/* Where another will be when this one's first frame is heard: who hears both hears one programme,
 * and who hears them one after the other hears it go on. Of one that ran dry that is not known. */
static int64_t beside(const struct relaybuffer *b, struct frame heard)
{
	int64_t most = b->taken_in < b->shape->most_frames ? b->taken_in : b->shape->most_frames;
	int64_t newest = held(b) < b->keep_frames ? held(b) : b->keep_frames;
	const struct relay_source *other = b->readers;

	while (other != NULL && other->heard.n < 0)
		other = other->next;
	if (other == NULL || heard.n < 0)
		return b->written - newest;
	double later = (double)(heard.n - other->heard.n - other->made);
	int64_t at = (int64_t)(other->place + later * (1 + b->drift.ppm * 1e-6));
	at = at > b->written - most ? at : b->written - most;
	return at < b->written ? at : b->written;
}

static void join(struct relay_source *s, struct frame heard)
{
	struct relaybuffer *b = s->b;
	struct relay_source **link = &b->readers;

	s->read = beside(b, heard);
	s->place = (double)s->read;
	s->heard = heard;
	if (b->readers == NULL)
		drift_again(&b->drift);
	while (*link != NULL)
		link = &(*link)->next;
	*link = s;
}

struct source *relaybuffer_source(struct relaybuffer *b, struct frame heard)
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
	s->spliced = SPLICE_FRAMES;
	pthread_mutex_lock(&b->lock);
	join(s, heard);
	pthread_mutex_unlock(&b->lock);
	return &s->source;
}
