/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The engine: the mixing thread, its devices and the mapping between wall time and frames. */
#ifndef VX_MIX_ENGINE_H
#define VX_MIX_ENGINE_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "mix/mixer.h"
#include "sys/clock.h"
#include "sys/loop.h"

#include <stdbool.h>
#include <stdint.h>

/* Where the mixes go. Zones with the same device name share one device; the device of zone 0
 * leads (its clock paces the mixer); without it, or when it is lost, our clocked null sink
 * keeps time.
 *
 * The frame timeline never jumps: a device that comes (back) is told to begin with the frame
 * that is due at that moment; one that goes leaves the null clock at the frame that was being
 * heard. Frames are mixed once each, in order, whatever devices do; a device that ran dry does
 * not hear what it missed. The road not taken: to stretch the timeline by each hole; a day with
 * a bad cable would then end minutes late. */
struct engine_zone {
	char device[NAME_BYTES]; /* "default", a name or part of one; "none": only the null sink */
	int channel;		 /* 1-based */
};
struct engine_config {
	struct engine_zone zones[ZONES_MAX];
	int zone_count;
};

/* State of one device, for the page, the log and evidence. */
struct engine_device {
	char name[NAME_BYTES];	/* as configured */
	char opened[NAME_BYTES]; /* what the sound system calls it; "" when not open */
	bool on;		/* it consumes our frames now */
	char fault[REASON_BYTES]; /* why not, for a person; "" when on */
	uint64_t xruns;		/* times it found the ring empty, since start */
	int64_t silent_frames;	/* frames of silence it played for want of ours, since start */
	int64_t consumed_frames; /* of ours, since start */
	double drift_ppm;	/* its rate against CLOCK_MONOTONIC */
	double latency_ms;	/* from mixing to the loudspeaker */
	double jitter_ms;	/* rms of what the time filter takes off its reports */
	uint64_t slips;		/* corrections of its time (see sink.h), since start */
	uint64_t jumps;		/* of its clock, since start: it ran dry and told nobody */
	struct frame taken;	/* one past the last frame that it has taken; INT64_MIN: none yet */
};

/* State of the mixing thread. */
struct engine_state {
	struct frame next;   /* next frame to be mixed */
	double ahead_ms;     /* mixed beyond what is heard: how late an order can come */
	bool realtime;	     /* it runs at real-time priority */
	bool device_leads;   /* false: the null clock keeps time */
	uint64_t late_ticks; /* woke more than ENGINE_AHEAD_MS − ENGINE_TICK_MS late */
};

enum engine_event_kind {
	ENGINE_DEVICE_LOST, /* was on (or should be at start) and is not: text says why */
	ENGINE_DEVICE_BACK,
};
struct engine_event {
	enum engine_event_kind kind;
	int device;
	struct frame frame;
	char text[REASON_BYTES];
};

/* A consumer of the mix besides devices (encoder). Called on the mixing thread inside the real-time
 * section with each block, in order, once no emergency can break into it any more:
 * out[zone][BLOCK_FRAMES]; must be RT-safe (push into a ring). */
struct engine_tap {
	void (*block)(void *arg, struct frame first, float *const out[]);
	void *arg;
};

struct engine;
bool engine_create(struct engine **en, const struct engine_config *config, struct mixer *m,
		   struct clock *clock, struct loop *loop, const struct engine_tap *taps,
		   int tap_count, struct err *e);
/* An order that breaks in was sent: the mixing thread looks at once. Main thread. */
void engine_hurry(struct engine *en);
bool engine_start(struct engine *en, struct err *e); /* starts the mixing thread, then devices */
void engine_stop(struct engine *en);
void engine_destroy(struct engine *en);

/* The frame that is (will be) heard at t, and the moment at which frame f is heard: zone 0's
 * device, latency included. Main thread. A frame not yet mixed is extrapolated with the measured
 * rate. */
struct frame engine_frame_at(struct engine *en, struct mono t);
struct mono engine_mono_at(struct engine *en, struct frame f);

int engine_device_count(const struct engine *en);
void engine_device(struct engine *en, int device, struct engine_device *out);
/* The device that carries this zone, −1: none (only null). */
int engine_zone_device(const struct engine *en, int zone);

/* Main thread; any time after engine_create. */
void engine_state(struct engine *en, struct engine_state *out);

/* Next event, false when there is none; main thread. notify_fd becomes readable when there is
 * one. Events that nobody takes are dropped, the oldest first; engine_device tells the present. */
bool engine_event(struct engine *en, struct engine_event *ev);
int engine_notify_fd(const struct engine *en);

#endif
