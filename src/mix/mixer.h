/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mixer: decks summed into one mix per zone, block by block, on the frame timeline. */
#ifndef VX_MIX_MIXER_H
#define VX_MIX_MIXER_H

#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* Everything that the real-time thread touches lives in struct mixer (mixer.c, deck.c, limiter.c,
 * gain.c); what allocates for it lives in mixer_setup.c. Commands and events cross by rings. Orders
 * of a deck hold for what was put on it before they were sent: one that comes too late for its deck
 * does not touch what plays there next. */
struct mixer;

/* A deck plays one source (see feeder.h) from a sample to a sample. Unused decks are free; the
 * caller picks one by number, 0 ≤ deck < DECKS_MAX, and may use it again after its MIX_ENDED. */
enum mix_order {
	MIX_PLAY,  /* start the deck's source at frame `at` */
	MIX_FADE,  /* equal-power fade to silence from `at` over fade_frames, then end. Before the
		    * start of a MIX_PLAY sent earlier: takes that back. Never prolongs a fade */
	MIX_LEVEL, /* equal-power ramp to gain[] from `at` over fade_frames (ducking), beginning at
		    * the gains of that moment; nothing on a deck that does not play then */
};

struct mix_command {
	enum mix_order order;
	uint8_t deck;
	bool loop;		/* MIX_PLAY: at the source's end start over (the feeder does) */
	bool live;		/* MIX_PLAY: the source may be lost at any frame: its edges fade */
	uint64_t tag;		/* MIX_PLAY: given back in events */
	struct frame at;	/* a frame already mixed means: now, and the event says when */
	int64_t length_frames;	/* MIX_PLAY: end after so many; INT64_MAX: at the source's end */
	int64_t fade_in_frames;	/* MIX_PLAY */
	int64_t fade_frames;	/* MIX_PLAY: fade-out; its last frame, the last of length, is
				 * silent (none if length is INT64_MAX); others: the ramp */
	float gain[ZONES_MAX];	/* linear; 0: not in this zone */
	bool breaks_in;		/* an emergency's: `at` is the first frame that nobody has yet; its
				 * MIX_PLAY is longer than BREAK_IN_LEAST_MS */
	/* MIX_PLAY: this sound, over and over, in place of the deck's source: it needs neither disk
	 * nor feeder. It must outlive the mixer. NULL: the source. */
	const float *memory;
	int64_t memory_frames;
};

enum mix_event_kind {
	MIX_STARTED, /* frame: the first frame mixed */
	MIX_ENDED,   /* frame: one past the last; frames: mixed from the source */
	MIX_STARVED, /* the feeder was late: frames of silence put in at frame. Once a second at
		      * most while a deck starves. They count towards length, not as mixed */
};
enum mix_end {
	MIX_END_SOURCE, /* the source ended */
	MIX_END_LENGTH, /* the planned length was reached */
	MIX_END_FADED,	/* a MIX_FADE ended it (frames 0: before it began) */
	MIX_END_BROKEN,	/* the source could not be read on: a damaged master, a lost disk */
	MIX_END_REFUSED, /* a MIX_PLAY on a deck that was playing: the caller's mistake; frames 0 */
};
struct mix_event {
	enum mix_event_kind kind;
	enum mix_end end;
	uint8_t deck;
	uint64_t tag;
	struct frame frame;
	int64_t frames;
};

struct mixer_config {
	int zones;		/* 1 … ZONES_MAX */
	double peak_dbtp;	/* ceiling of the limiter at the end of each mix */
};

/* Setup and teardown: main thread, before the mixing thread starts and after it stopped. */
struct mixer *mixer_create(const struct mixer_config *config);
void mixer_destroy(struct mixer *m);

/* Mixes BLOCK_FRAMES frames into out[zone][0 … BLOCK_FRAMES − 1] for each zone. RT-safe; one
 * thread. The limiter looks ahead: output frame f holds the mix of frame f, because decks run
 * mixer_latency_frames ahead of it inside; nobody outside sees that. */
void mixer_block(struct mixer *m, float *const out[]);

/* What mixer_block gave out and nobody has heard yet: frame f of zone z lies at
 * zone[z][f modulo frames]; whole blocks. */
struct mixer_unheard {
	float *zone[ZONES_MAX];
	int64_t frames;
};

/* True when a MIX_PLAY waits that breaks in. RT-safe; the mixing thread, between two blocks. */
bool mixer_break_waits(struct mixer *m);

/* Then: in the zones of that play everything from frame `from` on (of what is unheard, or to come)
 * fades within BREAK_IN_MS, and it sounds there; it, and the fades and levels that break in with
 * it, are as if they had been ordered for `from`. A caller that keeps nothing does without: then
 * they hold from the next frame that is mixed. RT-safe, same thread. */
void mixer_break_in(struct mixer *m, struct frame from, const struct mixer_unheard *unheard);

/* The next output frame that mixer_block will make. RT-safe, any thread (atomic). */
struct frame mixer_now(const struct mixer *m);

/* Frames before `at` by which a command must arrive to be on the sample (look-ahead + a block). */
int64_t mixer_lead_frames(const struct mixer *m);

/* Main thread → mixer; false when MIX_COMMANDS_MAX wait for their frame already. Wait-free. */
bool mixer_send(struct mixer *m, const struct mix_command *c);

/* What is sent from here on waits, and is the mixer's all at once: no block is mixed between the
 * fades of an emergency and its siren. Main thread; not twice without mixer_hand_over. */
void mixer_gather(struct mixer *m);
void mixer_hand_over(struct mixer *m);

/* Mixer → main thread; false when there is none. Wait-free. STARTED and ENDED are never lost to a
 * caller that uses a deck again only after it has read its ENDED. */
bool mixer_event(struct mixer *m, struct mix_event *ev);

/* One past the last output block of the zone that had a sample of DEAD_AIR_DB or more; 0: none yet.
 * RT-safe, any thread (atomic). */
struct frame mixer_sounded(const struct mixer *m, int zone);

/* The highest absolute output sample of the zone since the last call (for level bars). Any one
 * thread. */
float mixer_peak(struct mixer *m, int zone);

#endif
