/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has come from an upper station and is not played yet: some seconds of sound, and how the
 * station does. */
#ifndef VX_MIX_RELAYBUFFER_H
#define VX_MIX_RELAYBUFFER_H

#include "base/moment.h"
#include "mix/drift.h"
#include "mix/feeder.h"

#include <stdbool.h>
#include <stdint.h>

/* One thread puts in (the intake), one takes out (the feeder), a third asks: a lock guards all, and
 * no real-time thread ever comes here: that one reads the deck's ring. While nobody takes, the
 * newest few seconds are kept: as many as bridge the longest wait between two bursts. The source's
 * clock is followed by resampling (mix/drift.h).
 *
 * Several decks may take at once, each from its own place: two slots of one relay in other zones,
 * or one that begins where another ends. They lie at one place as it is heard, and the oldest alone
 * follows the clock, so that they stay there: horns that are heard from one yard say the same. */
struct relaybuffer;

/* How much waits, and how it is held. */
struct relaybuffer_shape {
	const struct drift_pace *pace;
	int64_t hold_frames, hold_max_frames; /* before it begins; and where it comes in bursts */
	int64_t margin_frames;	/* beyond the longest wait */
	int64_t most_frames;	/* beyond it the oldest goes */
	int64_t ahead_frames;	/* struct source */
};
extern const struct relaybuffer_shape relaybuffer_relay, relaybuffer_voice;

/* shape: one of these. */
struct relaybuffer *relaybuffer_create(const struct relaybuffer_shape *shape);
void relaybuffer_destroy(struct relaybuffer *b);

/* Intake: mono float at 48 kHz, as they came at `now`. What is no number is silence. */
void relaybuffer_put(struct relaybuffer *b, const float *samples, int64_t frames,
		     struct mono now);

/* It is wanted from now on: what is older has nothing to say, and who took has nothing more. */
void relaybuffer_begin(struct relaybuffer *b, struct mono now);

/* No more will come: a source that has read what is there comes to its end, without a click. */
void relaybuffer_end(struct relaybuffer *b);

/* A source for a deck; reads SOURCE_LATER while there is too little, and for ever once the buffer
 * has begun anew. The buffer must outlive it. heard: the mix's frame at which its first is heard,
 * for the place beside others; < 0: not known, it begins with the newest seconds. */
struct source *relaybuffer_source(struct relaybuffer *b, struct frame heard);

struct relay_state {
	struct mono begun; /* it is wanted since then */
	bool coming;	/* something has come within the last RELAY_STILL_S */
	struct mono came; /* when anything came last; INT64_MAX: nothing has */
	bool ready;	/* enough waits to start without a hole, or a deck runs that did */
	struct mono sounded;  /* until when anything is heard of it, as far as has come;
			       * the begin when nothing was */
	struct mono since;    /* it sounds without a pause of seconds since then; INT64_MAX: not */
	double held_s;
	double ppm;	/* correction of its clock */
	double lufs;	/* −INFINITY: not known */
	uint64_t jumps;	/* times that some of it was thrown away to stay near to it */
};
void relaybuffer_state(struct relaybuffer *b, struct mono now, struct relay_state *out);

/* Frames that may be put in now so that a sender in haste does not run ahead for ever. */
int64_t relaybuffer_room(struct relaybuffer *b, struct mono now);

#endif
