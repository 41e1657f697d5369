/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's side of one sink child: start it, watch it, end it, try again. */
#ifndef VX_MIX_DEVICE_H
#define VX_MIX_DEVICE_H

#include "base/err.h"
#include "base/latest.h"
#include "base/limits.h"
#include "base/moment.h"
#include "mix/shmring.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/proc.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What the mixing thread may find wrong with a device; it cannot act itself. */
enum device_complaint {
	DEVICE_FINE,
	DEVICE_NO_CLOCK, /* takes frames much faster or slower than real time: a file? */
	DEVICE_UNSTEADY, /* its clock jumps again and again */
};

/* What main thread and mixing thread share of a device. `attached` is the number of the child whose
 * ring the mixing thread may touch, 0: none. It answers in `seen` once a tick; as long as seen is
 * not 0 the ring is in use and must not be reset. */
struct device_link {
	struct shmring *ring;
	_Atomic uint32_t attached;  /* main thread stores */
	_Atomic uint32_t seen;	    /* mixing thread stores */
	_Atomic uint32_t complaint; /* mixing thread sets, main thread takes */
	_Atomic uint64_t jumps;	    /* of its clock, over all children; mixing thread counts */
	struct latest clock;	    /* mixing thread: drift_ppm, jitter_ms, as bits of doubles */
};

enum device_state {
	DEVICE_WAITING, /* for the next try */
	DEVICE_OPENING, /* the child looks for the device */
	DEVICE_PLAYING, /* the stream is open, nothing of ours was taken yet */
	DEVICE_ON,	/* it takes our frames */
};

/* Called on the main thread: the device was lost (text: why), or is back (text: what it is). */
struct device_listener {
	void (*changed)(void *arg, int index, bool back, const char *text);
	void *arg;
	int index;
};

struct device {
	char name[NAME_BYTES];
	struct device_link link;
	/* All below: main thread only. */
	enum device_state state;
	int ring_fd;
	struct proc proc;
	struct watch ended;
	struct timer timer;
	struct loop *loop;
	struct clock *clock;
	struct device_listener listener;
	struct mono since;	/* of the state */
	struct mono beat_at;	/* when beats last moved */
	uint64_t beats;
	uint32_t children;	/* started so far */
	bool lost;		/* and the listener knows */
	struct mono lost_at, tried_at;
	int64_t cards_stamp;	/* of /dev/snd at the last try: changes when a card comes or goes */
	char fault[REASON_BYTES];
	/* Sums over the children that are no more. */
	uint64_t xruns, slips;
	int64_t silent_frames, consumed_frames;
};

/* Sums over all children of a device. */
struct device_counts {
	uint64_t xruns, slips;
	int64_t silent_frames, consumed_frames;
};

/* Makes the shared memory; starts nothing. channels: the highest that a zone uses. */
bool device_init(struct device *d, const char *name, int channels, struct clock *clock,
		 struct loop *loop, const struct device_listener *listener, struct err *e);
void device_finish(struct device *d);

/* Starts the first child; from then on the loop's callbacks keep trying. The mixing thread must
 * run, or never have run: it answers in link.seen. stop: ends the child, tells nobody. */
void device_start(struct device *d);
void device_stop(struct device *d);

struct device_counts device_counts(const struct device *d);

/* One past the last frame that the child now, or else the last child, has taken; INT64_MIN when it
 * has taken none. */
struct frame device_taken(const struct device *d);

#endif
