/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three threads meet here, and each field of struct encoder belongs to one of them:
 *
 *   mixing thread --blocks--> encoder's thread --results, events--> main thread
 *   main thread --requests--> encoder's thread
 *
 * All three ways are rings (base/ring.h). The encoder's thread wakes ENCODER_TURN_MS after
 * ENCODER_TURN_MS, takes what has come and does it; nothing waits for it, and when the disk
 * holds it up, the ring of blocks is deep enough for seconds. Why not encode on the mixing
 * thread: LAME allocates, the disk waits, and a listener must never be able to disturb the
 * sound. Why so seldom: LAME's tables leave the cache between two turns, and fetching them anew
 * costs a fifth of the encoding when there are four turns a second. */
#include "mix/encoder.h"

#include "base/must.h"
#include "base/ring.h"
#include "mix/coder.h"
#include "mix/livecast.h"
#include "mix/meter.h"
#include "mix/recorder.h"
#include "sys/log.h"

#include <poll.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Who listens from the start shall not wait for a whole turn: there is little to take then. */
#define EAGER_BLOCKS 100
#define EAGER_MS 50
#define BEHIND_FRAMES (3 * MP3_FRAMES) /* more than LAME holds back of what it was given */

enum request_kind {
	REQUEST_TIME,
	REQUEST_BEGIN,
	REQUEST_END,
	REQUEST_RECORD,
};

struct request {
	enum request_kind kind;
	int slot; /* REQUEST_RECORD: of a zone */
	int wish;
	uint32_t zones;
	struct frame frame;
	struct wall wall;
};

struct result {
	struct encoder_place places[ZONES_MAX];
	int slot;
	struct meter_result result;
};

/* Which recordings a measured stretch begins in, and where: known once its first frame was encoded,
 * which is some MP3 frames after it was mixed. Its result waits as long for its last. */
struct mark {
	uint32_t wait; /* bit i: zone i's is not known yet */
	uint32_t zones;
	int64_t first, end;
	bool measured;
	struct meter_result result;
	struct encoder_place places[ZONES_MAX];
};

struct encoder {
	/* Set by encoder_create, never changed while the threads run. */
	int zone_count;
	uint32_t block_bytes;
	pthread_t thread;
	bool running, live_open;
	int wake_fd, notify_fd;

	struct ring blocks, requests, results, events;
	void *blocks_memory;
	struct request requests_memory[ENCODER_REQUESTS];
	struct result results_memory[ENCODER_MEASURES_MAX];
	struct encoder_event events_memory[ENCODER_EVENTS];
	atomic_bool stopping;	/* main → encoder */
	atomic_int listeners;	/* encoder → any */

	/* Mixing thread. */
	struct meter_block *staged;

	/* Main thread: measures under way; a slot is free again when its result was fetched. */
	struct {
		bool used;
		uint64_t id;
	} measures[ENCODER_MEASURES_MAX];

	/* Encoder's thread (or whoever calls encoder_turn). */
	struct recorder_time time;
	uint64_t block_count;
	uint8_t *history;
	struct frame now; /* one past the last encoded */
	struct meter *meter;
	struct livecast live;
	struct coder coders[ZONES_MAX];
	struct recorder recorders[ZONES_MAX];
	struct mark marks[ENCODER_MEASURES_MAX];
	bool told; /* something was pushed for the main thread in this turn */
};

/* ---- lifecycle, main thread ---- */

static void *allocate(size_t bytes)
{
	void *p = calloc(1, bytes);

	must(p != NULL);
	return p;
}

static void init_rings(struct encoder *en)
{
	en->block_bytes = (uint32_t)(sizeof(struct meter_block) +
				     sizeof(float) * BLOCK_FRAMES * (size_t)en->zone_count);
	ring_init(&en->blocks, en->block_bytes, ENCODER_RING_BLOCKS);
	ring_init(&en->requests, sizeof(struct request), ENCODER_REQUESTS);
	ring_init(&en->results, sizeof(struct result), ENCODER_MEASURES_MAX);
	ring_init(&en->events, sizeof(struct encoder_event), ENCODER_EVENTS);
	en->blocks_memory = allocate(ring_bytes(&en->blocks));
	en->staged = allocate(en->block_bytes);
	en->history = allocate((size_t)en->block_bytes * ENCODER_HISTORY_BLOCKS);
	en->meter = meter_create(en->history, ENCODER_HISTORY_BLOCKS, en->block_bytes);
}

static void push_event(void *arg, const struct encoder_event *ev)
{
	struct encoder *en = arg;

	en->told = true;
	if (ring_push(&en->events, en->events_memory, ev, 1) == 0)
		log_warn("%s: %s", ev->path, ev->fault); /* nobody fetched 64 of them */
}

static void init_zone(struct encoder *en, const struct encoder_config *config, int zone,
		      int frame_bytes)
{
	bool live = en->live_open && zone == config->stream_zone;

	if (config->record)
		recorder_init(&en->recorders[zone], config->disk, config->tz, config->zones[zone],
			      frame_bytes, push_event, en);
	recorder_ask(&en->recorders[zone], config->had, config->had_arg);
	if (config->ask)
		recorder_wait(&en->recorders[zone], push_event);
	coder_init(&en->coders[zone], config->record ? &en->recorders[zone] : NULL,
		   live ? &en->live : NULL);
}

bool encoder_create(struct encoder **out, const struct encoder_config *config, struct err *e)
{
	must(config->zone_count >= 1 && config->zone_count <= ZONES_MAX && sodium_init() >= 0);
	struct encoder *en = allocate(sizeof(*en));
	int frame_bytes = coder_frame_bytes();

	en->zone_count = config->zone_count;
	if (config->live_path != NULL) {
		if (!livecast_open(&en->live, config->live_path, frame_bytes, e)) {
			free(en);
			return false;
		}
		en->live_open = true;
	}
	en->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	en->notify_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	must(en->wake_fd >= 0 && en->notify_fd >= 0);
	init_rings(en);
	for (int z = 0; z < en->zone_count; z++)
		init_zone(en, config, z, frame_bytes);
	*out = en;
	return true;
}

static void finish_all(struct encoder *en);

static void *encoder_main(void *arg)
{
	struct encoder *en = arg;
	struct pollfd fds[2] = {{.fd = en->wake_fd, .events = POLLIN},
				{.fd = en->live_open ? en->live.listen_fd : -1, .events = POLLIN}};

	while (!atomic_load_explicit(&en->stopping, memory_order_acquire)) {
		/* A new listener is served at once. */
		poll(fds, 2, en->block_count < EAGER_BLOCKS ? EAGER_MS : ENCODER_TURN_MS);
		encoder_turn(en);
	}
	finish_all(en);
	return NULL;
}

bool encoder_start(struct encoder *en, struct err *e)
{
	int code = pthread_create(&en->thread, NULL, encoder_main, en);

	if (code != 0)
		return err_set(e, ERR_FAILED, "encoder: %s", strerror(code));
	pthread_setname_np(en->thread, "encoder");
	en->running = true;
	return true;
}

void encoder_stop(struct encoder *en)
{
	uint64_t one = 1;

	if (atomic_exchange(&en->stopping, true))
		return;
	if (!en->running) {
		finish_all(en);
		return;
	}
	must(write(en->wake_fd, &one, sizeof(one)) == (ssize_t)sizeof(one));
	pthread_join(en->thread, NULL);
	en->running = false;
}

void encoder_destroy(struct encoder *en)
{
	if (en == NULL)
		return;
	encoder_stop(en);
	close(en->wake_fd);
	close(en->notify_fd);
	meter_destroy(en->meter);
	free(en->blocks_memory);
	free(en->staged);
	free(en->history);
	free(en);
}

/* ---- mixing thread ---- */

void encoder_tap(void *arg, struct frame first, float *const out[])
{
	struct encoder *en = arg;

	en->staged->first = first.n;
	for (int z = 0; z < en->zone_count; z++)
		memcpy(en->staged->samples + (size_t)z * BLOCK_FRAMES, out[z],
		       BLOCK_FRAMES * sizeof(float));
	/* One that finds no room is a hole: its number tells, and it is counted where it is
	 * missing. */
	ring_push(&en->blocks, en->blocks_memory, en->staged, 1);
}

/* ---- main thread ---- */

static bool request(struct encoder *en, struct request r)
{
	return ring_push(&en->requests, en->requests_memory, &r, 1) == 1;
}

/* A point that finds no room is one of many: the next comes within a second. */
void encoder_set_time(struct encoder *en, struct frame f, struct wall t)
{
	request(en, (struct request){.kind = REQUEST_TIME, .frame = f, .wall = t});
}

bool encoder_measure_begin(struct encoder *en, uint64_t id, uint32_t zones, struct frame first)
{
	must(zones != 0 && zones >> en->zone_count == 0);
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++) {
		if (en->measures[i].used)
			continue;
		en->measures[i].id = id;
		en->measures[i].used = request(en, (struct request){.kind = REQUEST_BEGIN,
								     .slot = i,
								     .zones = zones,
								     .frame = first});
		return en->measures[i].used;
	}
	return false;
}

bool encoder_measure_end(struct encoder *en, uint64_t id, struct frame end)
{
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++)
		if (en->measures[i].used && en->measures[i].id == id)
			return request(en, (struct request){
						   .kind = REQUEST_END, .slot = i, .frame = end});
	return false;
}

static void clear_notify(struct encoder *en)
{
	uint64_t count;

	if (read(en->notify_fd, &count, sizeof(count)) < 0)
		return; /* nothing was said */
}

/* Cleared before looking, so that what comes after the look is said again. */
bool encoder_measured(struct encoder *en, struct encoder_measure *out)
{
	struct result r;

	if (ring_held(&en->events) == 0)
		clear_notify(en);
	if (ring_pull(&en->results, en->results_memory, &r, 1) == 0)
		return false;
	*out = (struct encoder_measure){.id = en->measures[r.slot].id,
					.loudness_lufs = r.result.loudness_lufs,
					.peak_dbtp = r.result.peak_dbtp,
					.frames = r.result.frames};
	memcpy(out->places, r.places, sizeof(out->places));
	en->measures[r.slot].used = false;
	return true;
}

bool encoder_event(struct encoder *en, struct encoder_event *ev)
{
	if (ring_held(&en->results) == 0)
		clear_notify(en);
	while (ring_pull(&en->events, en->events_memory, ev, 1) == 1)
		if (ev->wish == 0 || !atomic_load_explicit(&en->stopping, memory_order_relaxed))
			return true;
	return false;
}

void encoder_record(struct encoder *en, const struct encoder_event *ev)
{
	for (int z = 0; z < en->zone_count; z++)
		if (strcmp(en->recorders[z].zone, ev->zone) == 0)
			request(en, (struct request){
					    .kind = REQUEST_RECORD, .slot = z, .wish = ev->wish});
}

int encoder_notify_fd(const struct encoder *en)
{
	return en->notify_fd;
}

int encoder_listeners(const struct encoder *en)
{
	return atomic_load_explicit(&en->listeners, memory_order_relaxed);
}

/* ---- encoder's thread ---- */

static void take_requests(struct encoder *en)
{
	struct request r;

	while (ring_pull(&en->requests, en->requests_memory, &r, 1) == 1) {
		switch (r.kind) {
		case REQUEST_TIME:
			en->time = (struct recorder_time){true, r.frame, r.wall};
			break;
		case REQUEST_BEGIN:
			meter_begin(en->meter, r.slot, __builtin_ctz(r.zones), r.frame);
			en->marks[r.slot] = (struct mark){.wait = r.zones,
							.zones = r.zones,
							.first = r.frame.n};
			break;
		case REQUEST_END:
			meter_end(en->meter, r.slot, r.frame);
			en->marks[r.slot].end = r.frame.n;
			break;
		case REQUEST_RECORD:
			recorder_named(&en->recorders[r.slot], r.wish);
			break;
		}
	}
}

static void look_at_mark(struct encoder *en, struct mark *m, int zone)
{
	const struct recorder *r = &en->recorders[zone];
	struct encoder_place *at = &m->places[zone];

	/* What is not encoded yet may still come to lie in the next hour's file. */
	if (en->now.n <= m->first || r->waiting || (r->file != NULL && r->next <= m->first))
		return;
	m->wait &= ~(1u << zone);
	if (r->file == NULL)
		return;
	memcpy(at->recording, r->now.path, sizeof(at->recording));
	/* A recording that was begun under way has none of what came before. */
	at->into_frames = m->first > r->now.first.n ? m->first - r->now.first.n : 0;
}

static void look_at_marks(struct encoder *en)
{
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++)
		for (uint32_t w = en->marks[i].wait; w != 0; w &= w - 1)
			look_at_mark(en, &en->marks[i], __builtin_ctz(w));
}

static void take_block(struct encoder *en)
{
	struct meter_block *b = (void *)(en->history + (size_t)(en->block_count %
								 ENCODER_HISTORY_BLOCKS) *
							      en->block_bytes);

	must(ring_pull(&en->blocks, en->blocks_memory, b, 1) == 1);
	en->block_count++;
	en->now.n = b->first + BLOCK_FRAMES;
	for (int z = 0; z < en->zone_count; z++)
		coder_block(&en->coders[z], b->first, b->samples + (size_t)z * BLOCK_FRAMES,
			    &en->time);
	look_at_marks(en);
}

/* Synced for each stretch, so that what the log says of it outlives a power cut. */
static void vouch(struct encoder *en, struct mark *m)
{
	for (uint32_t w = m->zones; w != 0; w &= w - 1) {
		int z = __builtin_ctz(w);
		recorder_vouch(&en->recorders[z], &m->places[z].prefix);
	}
}

/* Whether all of it is encoded, so that the recordings hold it to its last frame. */
static bool is_behind(const struct encoder *en, const struct mark *m)
{
	return en->now.n >= m->end + BEHIND_FRAMES;
}

static void give(struct encoder *en, int slot)
{
	struct mark *m = &en->marks[slot];
	struct result r = {.slot = slot, .result = m->result};

	vouch(en, m);
	memcpy(r.places, m->places, sizeof(r.places));
	m->measured = false;
	must(ring_push(&en->results, en->results_memory, &r, 1) == 1);
	en->told = true;
}

/* all: nothing more will come. */
static void give_results(struct encoder *en, bool all)
{
	struct meter_result result;

	for (int slot; (slot = meter_take(en->meter, all, &result)) >= 0;) {
		en->marks[slot].measured = true;
		en->marks[slot].result = result;
	}
	for (int i = 0; i < ENCODER_MEASURES_MAX; i++)
		if (en->marks[i].measured && (all || is_behind(en, &en->marks[i])))
			give(en, i);
}

static void notify(struct encoder *en)
{
	uint64_t one = 1;

	if (en->told)
		must(write(en->notify_fd, &one, sizeof(one)) == (ssize_t)sizeof(one));
	en->told = false;
}

void encoder_turn(struct encoder *en)
{
	take_requests(en);
	for (uint32_t n = ring_held(&en->blocks); n > 0; n--) {
		take_block(en);
		/* The meter must see blocks before the history loses them. */
		if (n == 1 || en->block_count % 32 == 0)
			meter_advance(en->meter, en->block_count);
	}
	meter_advance(en->meter, en->block_count);
	give_results(en, false);
	if (en->live_open) {
		livecast_serve(&en->live, en->now);
		atomic_store_explicit(&en->listeners, en->live.client_count, memory_order_relaxed);
	}
	notify(en);
}

static void finish_all(struct encoder *en)
{
	encoder_turn(en);
	for (int z = 0; z < en->zone_count; z++)
		coder_finish(&en->coders[z], &en->time);
	if (en->live_open) {
		livecast_serve(&en->live, en->now);
		livecast_close(&en->live);
	}
	atomic_store_explicit(&en->listeners, 0, memory_order_relaxed);
	give_results(en, true);
	notify(en);
}
