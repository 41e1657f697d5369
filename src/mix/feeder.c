/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One worker function, feed_once, used by a thread when live and by plain calls when offline.
 *
 * The real-time thread never signals anybody (that would be a system call), so the feeder looks
 * for itself: as long as a source has more to give it wakes up every POLL_MS and fills what has
 * room for FEED_FRAMES; a ring lasts 1.4 s, so a wake-up that comes late or a slow disk harms
 * nobody. With nothing left to read it sleeps until feeder_load wakes it.
 *
 * The lock guards the slots, not the reading: while a source is read its slot is marked busy and
 * the lock is free, so that loading a deck never waits for the disk of another. */
#include "mix/feeder.h"

#include "base/must.h"
#include "mix/lulls.h"
#include "mix/mixer_state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define POLL_MS 200
#define POLL_NEAR_MS 20 /* while somebody speaks live */

struct slot {
	struct source *source; /* NULL: none */
	bool loop;
	bool over;	/* nothing more to read */
	bool later;	/* nothing now: asked again at the next turn */
	int64_t skip;	/* frames that are still to be read and left out */
	int64_t fed;	/* frames given to the ring */
	int64_t lap;	/* frames since its start; an empty source must not loop for ever */
	struct lulls lulls; /* of what was fed */
};

struct feeder {
	struct mixer *mixer;
	bool threaded;
	uint32_t ahead_frames; /* room in a deck's ring */
	/* Under the lock. */
	struct slot slots[DECKS_MAX];
	int loaded;	/* slots with a source */
	int busy;	/* deck whose source is being read, −1 none */
	bool stop;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* loaded, read done, or stop */
	pthread_t thread;
	/* Whoever feeds. */
	float batch[FEED_FRAMES];
};

static struct deck_feed *feed_of(struct feeder *f, int deck)
{
	must(deck >= 0 && deck < DECKS_MAX);
	return &f->mixer->deck[deck].feed;
}

static void end_feed(struct deck_feed *feed, struct slot *s, bool broken, bool changed)
{
	s->over = true;
	atomic_store_explicit(&feed->broken, broken, memory_order_relaxed);
	atomic_store_explicit(&feed->changed, changed, memory_order_relaxed);
	atomic_store_explicit(&feed->end, s->fed, memory_order_release);
}

/* By the bits: an exponent of ones. isfinite() would not become vectors. */
static void silence_unreal(float *x, int64_t frames)
{
	for (int64_t i = 0; i < frames; i++) {
		int32_t bits;
		memcpy(&bits, &x[i], sizeof(bits));
		bits = (bits & 0x7fffffff) < 0x7f800000 ? bits : 0;
		memcpy(&x[i], &bits, sizeof(bits));
	}
}

/* Reads once from the slot's source into its ring, which has room for FEED_FRAMES. */
static void read_batch(struct deck_feed *feed, struct slot *s, float *batch)
{
	int64_t want = s->skip > 0 && s->skip < FEED_FRAMES ? s->skip : FEED_FRAMES;
	int64_t got = s->source->ops->read(s->source, batch, want);

	must(got <= want);
	if (got > 0 && s->skip > 0) {
		s->skip -= got;
	} else if (got > 0) {
		silence_unreal(batch, got);
		must(ring_push(&feed->ring, feed->memory, batch, (uint32_t)got) == (uint32_t)got);
		lulls_add(&s->lulls, batch, got);
		s->fed += got;
		s->lap += got;
	} else if (got == SOURCE_LATER) {
		s->later = true;
	} else if (got == 0 && s->loop && s->lap > 0 && s->source->ops->rewind(s->source)) {
		s->lap = 0;
	} else {
		end_feed(feed, s, got < 0 || (s->loop && s->lap > 0), got == SOURCE_CHANGED);
	}
}

/* Offline nobody waits, and each pump must fill what is mixed until the next. */
static bool far_enough(const struct feeder *f, const struct slot *s, const struct ring *ring)
{
	return f->threaded && s->source->ahead_frames > 0 &&
	       ring_held(ring) >= s->source->ahead_frames;
}

/* The deck that has most need of a batch, −1 if none has room for one. What is read only to be left
 * out comes last: minutes of it must not starve what sounds. */
static int hungriest(struct feeder *f)
{
	uint32_t most = FEED_FRAMES - 1;
	int deck = -1;

	for (int i = 0; i < DECKS_MAX; i++) {
		if (f->slots[i].source == NULL || f->slots[i].over || f->slots[i].later)
			continue;
		uint32_t space = f->slots[i].skip > 0 ? FEED_FRAMES
						      : ring_space(&feed_of(f, i)->ring);
		if (space > most && !far_enough(f, &f->slots[i], &feed_of(f, i)->ring)) {
			most = space;
			deck = i;
		}
	}
	return deck;
}

/* Lock held; lets go of it while reading. False when there was nothing to do. */
static bool feed_once(struct feeder *f)
{
	int deck = hungriest(f);

	if (deck < 0)
		return false;
	f->busy = deck;
	pthread_mutex_unlock(&f->lock);
	read_batch(feed_of(f, deck), &f->slots[deck], f->batch);
	pthread_mutex_lock(&f->lock);
	f->busy = -1;
	pthread_cond_broadcast(&f->changed);
	return true;
}

static bool more_to_read(const struct feeder *f)
{
	for (int i = 0; i < DECKS_MAX; i++)
		if (f->slots[i].source != NULL && !f->slots[i].over)
			return true;
	return false;
}

/* Lock held: a new turn. */
static void ask_again(struct feeder *f)
{
	for (int i = 0; i < DECKS_MAX; i++)
		f->slots[i].later = false;
}

static int64_t poll_ms(const struct feeder *f)
{
	for (int i = 0; i < DECKS_MAX; i++)
		if (f->slots[i].source != NULL && f->slots[i].source->ahead_frames > 0)
			return POLL_NEAR_MS;
	return POLL_MS;
}

static void sleep_until_due(struct feeder *f)
{
	struct timespec t;

	if (!more_to_read(f)) {
		pthread_cond_wait(&f->changed, &f->lock);
		return;
	}
	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += poll_ms(f) * NS_PER_MS;
	if (t.tv_nsec >= NS_PER_S) {
		t.tv_nsec -= NS_PER_S;
		t.tv_sec++;
	}
	pthread_cond_timedwait(&f->changed, &f->lock, &t);
}

static void *feed_thread(void *arg)
{
	struct feeder *f = arg;

	pthread_mutex_lock(&f->lock);
	while (!f->stop) {
		if (feed_once(f))
			continue;
		sleep_until_due(f);
		ask_again(f);
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

struct feeder *feeder_create(struct mixer *m, bool threaded)
{
	struct feeder *f = calloc(1, sizeof(*f));
	pthread_condattr_t attr;

	must(f != NULL);
	f->mixer = m;
	f->threaded = threaded;
	f->ahead_frames = threaded ? DECK_AHEAD_FRAMES : DECK_AHEAD_OFFLINE_FRAMES;
	f->busy = -1;
	must(pthread_mutex_init(&f->lock, NULL) == 0);
	must(pthread_condattr_init(&attr) == 0);
	must(pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0);
	must(pthread_cond_init(&f->changed, &attr) == 0);
	pthread_condattr_destroy(&attr);
	if (threaded)
		must(pthread_create(&f->thread, NULL, feed_thread, f) == 0);
	return f;
}

void feeder_destroy(struct feeder *f)
{
	if (f == NULL)
		return;
	pthread_mutex_lock(&f->lock);
	f->stop = true;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	if (f->threaded)
		pthread_join(f->thread, NULL);
	for (int i = 0; i < DECKS_MAX; i++)
		feeder_unload(f, i);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
	free(f);
}

static void fill(struct feeder *f)
{
	pthread_mutex_lock(&f->lock);
	ask_again(f);
	while (feed_once(f))
		;
	pthread_mutex_unlock(&f->lock);
}

static void load(struct feeder *f, int deck, const struct slot *slot)
{
	struct deck_feed *feed = feed_of(f, deck);

	pthread_mutex_lock(&f->lock);
	must(f->slots[deck].source == NULL);
	deck_feed_open(feed, f->ahead_frames);
	f->slots[deck] = *slot;
	f->loaded++;
	pthread_cond_broadcast(&f->changed);
	pthread_mutex_unlock(&f->lock);
	if (!f->threaded)
		fill(f);
}

void feeder_load(struct feeder *f, int deck, struct source *s, bool loop)
{
	load(f, deck, &(struct slot){.source = s, .loop = loop});
}

void feeder_load_from(struct feeder *f, int deck, struct source *s, int64_t first_frame)
{
	must(first_frame >= 0);
	load(f, deck, &(struct slot){.source = s, .skip = first_frame});
}

void feeder_unload(struct feeder *f, int deck)
{
	struct slot *slot = &f->slots[deck];

	pthread_mutex_lock(&f->lock);
	while (f->busy == deck)
		pthread_cond_wait(&f->changed, &f->lock);
	if (slot->source != NULL) {
		slot->source->ops->close(slot->source);
		*slot = (struct slot){0};
		f->loaded--;
		deck_feed_open(feed_of(f, deck), 0);
	}
	pthread_mutex_unlock(&f->lock);
}

bool feeder_ready(struct feeder *f, int deck, int64_t frames)
{
	struct deck_feed *feed = feed_of(f, deck);
	uint32_t full = feed->ring.capacity - FEED_FRAMES;

	/* Once the end is known all is there, or as much as fits. */
	if (atomic_load_explicit(&feed->end, memory_order_acquire) != INT64_MAX)
		return true;
	return ring_held(&feed->ring) >= (frames < full ? frames : full);
}

bool feeder_changed(struct feeder *f, int deck)
{
	struct deck_feed *feed = feed_of(f, deck);

	return atomic_load_explicit(&feed->end, memory_order_acquire) != INT64_MAX &&
	       atomic_load_explicit(&feed->changed, memory_order_relaxed);
}

/* While a batch is read its lulls are the reader's. */
int64_t feeder_lull(struct feeder *f, int deck, int64_t from, int64_t frames, double amplitude)
{
	must(deck >= 0 && deck < DECKS_MAX);
	const struct slot *slot = &f->slots[deck];
	int64_t at = -1;

	pthread_mutex_lock(&f->lock);
	if (f->busy != deck && slot->source != NULL)
		at = lulls_find(&slot->lulls, from, frames, amplitude);
	pthread_mutex_unlock(&f->lock);
	return at;
}

void feeder_read_ahead(struct feeder *f, uint32_t frames)
{
	must(!f->threaded && frames <= DECK_AHEAD_FRAMES);
	f->ahead_frames = frames;
}

void feeder_pump(struct feeder *f)
{
	must(!f->threaded);
	if (f->loaded > 0)
		fill(f);
}
