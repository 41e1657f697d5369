/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A deck: one source, from its first sample to its last, with fades and a gain for each zone. */
#ifndef VX_MIX_DECK_H
#define VX_MIX_DECK_H

#include "base/limits.h"
#include "base/ring.h"
#include "mix/gain.h"
#include "mix/mixer.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* What feeder and deck share. The feeder writes (frames into the ring, then `end`); the mixing
 * thread reads. feed_open may be called only while the deck plays nothing and none is ordered; the
 * order that follows carries it over to the mixing thread. */
struct deck_feed {
	struct ring ring;	/* of float frames in memory */
	float *memory;		/* DECK_AHEAD_FRAMES; pages never fed are never touched */
	_Atomic int64_t end;	/* frames fed in all, once that is known; else INT64_MAX */
	atomic_bool broken;	/* the source ended by an error; stored before end */
	atomic_bool changed;	/* … because its file holds other bytes; stored before end */
};

/* Empty and ready; capacity_frames: a power of two up to DECK_AHEAD_FRAMES. 0: no source, ends at
 * once. Feeder's thread. */
void deck_feed_open(struct deck_feed *feed, uint32_t capacity_frames);

/* The rest belongs to the mixing thread. Places are frames since the deck's start. */
struct deck {
	bool on;
	uint8_t number;
	uint64_t tag;
	uint32_t order;		/* number of the MIX_PLAY; later ones may change it */
	int64_t place;		/* next frame to mix */
	int64_t mixed;		/* frames taken from the source */
	int64_t length, fade_in, fade_out;
	int64_t cut_from, cut_frames; /* MIX_FADE; INT64_MAX: none */
	float cut_gain;		/* gain at its begin: a fade within a fade goes on from there */
	float gain_from[ZONES_MAX], gain[ZONES_MAX]; /* MIX_LEVEL */
	int64_t ramp_from, ramp_frames;
	int64_t starved_at, starved_frames; /* not yet told; 0 frames: none */
	bool starving;
	bool live;
	bool faded;	/* live: it had to be silent, or nearly: what comes next fades in */
	const float *memory;	/* in place of the feed; NULL: the feed */
	int64_t memory_frames;
	struct deck_feed feed;
};

/* What deck_mix did to the deck. */
struct deck_report {
	bool ended;
	enum mix_end end;
	int64_t frames;		/* of the count, up to the end */
	int64_t starved_at, starved_frames; /* to be told now, as places; 0 frames: nothing */
};

/* RT-safe. Begins at the frame that deck_mix mixes next; a fade or level can have begun ago_frames
 * before it (mixer_break_in), and a fade be over already. */
void deck_play(struct deck *d, const struct mix_command *c, uint32_t order);
void deck_fade(struct deck *d, const struct gain_curve *curve, int64_t fade_frames,
	       int64_t ago_frames);
void deck_level(struct deck *d, const struct gain_curve *curve, const float gain[ZONES_MAX],
		int64_t ramp_frames, int64_t ago_frames);

/* Frames mixed beyond the end that orders have set since; ≤ 0: it is still to come. RT-safe. */
int64_t deck_overdue(const struct deck *d);

/* RT-safe. Adds the deck's next `count` (1 … BLOCK_FRAMES) frames to mix[zone][0 …]. After its
 * end the deck is off. */
struct deck_report deck_mix(struct deck *d, const struct gain_curve *curve, float *const mix[],
			    int zones, int count);

#endif
