/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the mixer, shared by mixer*.c and feeder.c only. */
#ifndef VX_MIX_MIXER_STATE_H
#define VX_MIX_MIXER_STATE_H

#include "base/ring.h"
#include "mix/deck.h"
#include "mix/gain.h"
#include "mix/limiter.h"
#include "mix/mixer.h"

#include <stdatomic.h>

#define BREAK_IN_LEAST_FRAMES ((int64_t)BREAK_IN_LEAST_MS * FRAMES_PER_S / 1000)

/* An order that waits for its frame. */
struct mixer_order {
	struct mix_command command;
	uint32_t number; /* as sent; runs freely */
};

struct mixer {
	/* Set once. */
	int zones;
	struct gain_curve curve;
	float silent;		    /* a peak below it is not heard: DEAD_AIR_DB */
	/* Main thread → mixing thread. */
	struct ring commands;
	struct mix_command command_memory[MIX_COMMANDS_MAX];
	uint32_t sent;		    /* main thread, those that are gathered too */
	bool gathers;
	struct mix_command gathered[MIX_COMMANDS_MAX];
	uint32_t gathered_count;
	_Atomic uint32_t done;	    /* orders carried out; written by the mixing thread */
	/* Mixing thread → main thread. */
	struct ring events;
	struct mix_event event_memory[MIX_EVENTS_MAX];
	_Atomic int64_t now;	    /* next frame to go out */
	_Atomic uint32_t peak[ZONES_MAX]; /* bits of a float ≥ 0 */
	_Atomic int64_t sounded[ZONES_MAX]; /* one past the last block that could be heard */
	/* Mixing thread only. */
	int64_t mixed;		    /* next frame to mix: now + BLOCK_FRAMES once started */
	uint32_t fetched;	    /* number of the next order to come out of the ring */
	struct mixer_order waiting[MIX_COMMANDS_MAX]; /* by frame, then number */
	int waiting_count;
	int quiet_blocks;	    /* mixed in a row with no deck on */
	struct limiter limiter[ZONES_MAX];
	/* Mixing thread and, by deck_feed's contract, the feeder. */
	struct deck deck[DECKS_MAX];
	float *memory;		    /* all decks' rings */
};

/* mixer.c, for mixer_break.c; mixing thread. Orders out of the ring; the i-th that waits is done;
 * one holds from `frame` on, ago_frames before it even. */
void mixer_fetch(struct mixer *m);
void mixer_forget(struct mixer *m, int i);
void mixer_carry_out(struct mixer *m, const struct mixer_order *o, int64_t frame,
		     int64_t ago_frames);

#endif
