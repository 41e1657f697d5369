/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The air: what playout needs of sound, live through engine and encoder, or simulated. */
#ifndef VX_STATION_AIR_H
#define VX_STATION_AIR_H

#include "base/limits.h"
#include "base/moment.h"
#include "base/relayfault.h"
#include "library/wave.h"
#include "mix/feeder.h"
#include "mix/mixer.h"
#include "mix/relaybuffer.h"

#include <stdbool.h>
#include <stdint.h>

/* What is known of the device behind a zone at this moment; counters run since its start. */
struct air_device {
	char name[NAME_BYTES]; /* "" when the mix goes to no device */
	bool on;	       /* it consumes our frames now */
	uint64_t xruns;
	int64_t silent_frames; /* silence it played for want of our frames */
	uint64_t jumps;	       /* of its clock: it ran dry without a word, or was held up */
	struct frame taken;    /* one past the last frame that it has taken */
	uint64_t losses;       /* times it was lost */
};

struct air;

struct air_ops {
	/* The frame heard at t and the moment at which f is heard. */
	struct frame (*frame_at)(struct air *a, struct mono t);
	struct mono (*mono_at)(struct air *a, struct frame f);
	/* The device that carries the zone. */
	void (*device)(struct air *a, int zone, struct air_device *out);
	/* Loudness of a stretch of the mix of the first of these zones (bit i: zone i), and the
	 * recordings of them all in which it begins; the results come to playout_measured and
	 * playout_recorded with this id. */
	void (*measure_begin)(struct air *a, uint64_t id, uint32_t zones, struct frame first);
	void (*measure_end)(struct air *a, uint64_t id, struct frame last);
	/* Opens a master by its SHA-256, which is what its bytes have (source_open_master); NULL +
	 * err, ERR_STALLED while the disk has not given it (station/opening.h): ask again. */
	struct source *(*open_master)(struct air *a, const char *sha256, struct err *e);
	/* How loud the master that was opened last is, from place to place; false: not known. */
	bool (*levels)(struct air *a, const char *sha256, struct wave_levels *out);
	/* An order that breaks in was sent. NULL: the mixer needs no waking. */
	void (*hurry)(struct air *a);
	/* How the relay of this name does; false: it is not asked for, or not known. *why: what
	 * ails it. */
	bool (*relay)(struct air *a, const char *name, struct relay_state *state,
		      enum relay_fault *why);
	/* Its sound, for a deck, from what is to be heard at this frame; NULL: it has none to begin
	 * with. */
	struct source *(*open_relay)(struct air *a, const char *name, struct frame heard);
	/* The one live voice (mix/mike.h), for a deck; NULL: nobody speaks. It is silent until
	 * voice_now, and gives what is said from then on. */
	struct source *(*open_voice)(struct air *a);
	void (*voice_now)(struct air *a);
	/* True while its sound may still come. */
	bool (*voice_lives)(struct air *a);
	/* No more is taken in; what was said already is played. */
	void (*voice_end)(struct air *a);
};

/* One air; every implementation begins with it. Main thread. */
struct air {
	const struct air_ops *ops;
	struct mixer *mixer;
	struct feeder *feeder;
};

#endif
