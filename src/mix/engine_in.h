/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside the engine: what its main-thread part and its mixing thread know. Only engine*.c and
 * tests. */
#ifndef VX_MIX_ENGINE_IN_H
#define VX_MIX_ENGINE_IN_H

#include "base/latest.h"
#include "mix/device.h"
#include "mix/engine.h"
#include "mix/mapping.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#define ENGINE_TAPS_MAX 4
#define ENGINE_EVENTS_MAX 32

/* A device as the mixing thread sees it; nobody else touches it while the thread runs. */
struct engine_follower {
	struct device_link *link;
	int channels;
	int zone_channel[ZONES_MAX]; /* 0-based channel of each zone, −1: not on this device */
	uint32_t child;		     /* attached number that the rest is about */
	bool joined;		     /* it was told which frame to play when */
	int64_t offset;		     /* frame = position + offset, when joined */
	struct mapping map;	     /* position ↔ moment */
	uint32_t reports;	     /* count of link.ring->report at the last look */
	int useful;		     /* reports since the last anchor */
	struct shmring_report begun; /* first of this child, for its pace */
	struct mono anchored;	     /* moment of the callback of the first since the last anchor */
	int64_t position;	     /* one past the last that it has taken */
	int64_t taken_frames;	     /* most that it ever took beyond what is heard */
	int jumps;		     /* of its clock within a minute … */
	struct mono jumps_since;     /* … since then */
};

struct engine {
	/* Constant after engine_create. */
	struct engine_config config;
	struct clock *clock;
	struct engine_tap taps[ENGINE_TAPS_MAX];
	int tap_count;
	int zone_device[ZONES_MAX];
	/* How a block is made: mixer_block, or a test's own. */
	void (*mix)(void *arg, float *const out[]);
	void *mix_arg;
	struct mixer *mixer; /* NULL: a test's own */

	/* Main thread. */
	struct device devices[DEVICES_MAX];
	int device_count;
	struct engine_event events[ENGINE_EVENTS_MAX];
	int event_first, event_count;
	int notify_fd;
	pthread_t thread;
	bool running;

	/* Mixing thread. */
	struct engine_follower followers[DEVICES_MAX];
	struct mapping line; /* the station's timeline: frame ↔ moment at which it is heard */
	bool device_leads;
	struct frame next;   /* to be mixed */
	int64_t ahead_frames;
	bool realtime;
	uint64_t late_ticks;
	/* Given out, and not taken by every device yet: frame f of a zone at f modulo its
	 * length. Consumers besides devices get it when nothing can break in there any more. */
	float unheard[ZONES_MAX][ENGINE_UNHEARD_BLOCKS * BLOCK_FRAMES];
	struct frame tapped; /* one past the last that they got */
	float interleaved[BLOCK_FRAMES * ZONES_MAX];

	/* Mixing thread → main thread. */
	struct latest line_out, state_out;
	_Atomic bool stopping; /* main thread → mixing thread */
	sem_t hurry;	       /* main thread → mixing thread: do not sleep out the tick */
};

/* engine_rt.c. The thread itself, and what it does each ENGINE_TICK_MS; exact moment `now`. */
void *engine_thread(void *en);
void engine_tick(struct engine *en, struct mono now);
/* engine_unheard.c; mixing thread, RT-safe. Where in zone z frame f lies, up to the end of its
 * block. */
float *engine_unheard(struct engine *en, int zone, struct frame f);
/* What waits to break in does, in what no device has taken. */
void engine_break_in(struct engine *en, struct mono now);
/* Gives taps what nothing can break into any more; all: the rest too. */
void engine_tap(struct engine *en, struct mono now, bool all);
/* The block that begins at f, as it now is, interleaved for that device. */
const float *engine_interleave(struct engine *en, const struct engine_follower *f,
			       struct frame block);

/* Makes line and state visible to the main thread. */
void engine_publish(struct engine *en);

/* engine.c. A device_listener. */
void engine_device_changed(void *en, int device, bool back, const char *text);

#endif
