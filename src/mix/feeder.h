/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeder: reads masters from disk into the decks' rings, as a thread live, as a plain call
 * offline. */
#ifndef VX_MIX_FEEDER_H
#define VX_MIX_FEEDER_H

#include "base/err.h"
#include "base/limits.h"
#include "mix/mixer.h"

#include <stdbool.h>
#include <stdint.h>

/* A source of mono float32 frames at 48 kHz. Not real-time: reading may wait for the disk. */
struct source;
struct source_ops {
	/* Up to `frames` frames into out; returns how many, 0 at the end, −1 when it broke. */
	int64_t (*read)(struct source *s, float *out, int64_t frames);
	/* Back to the first frame; false if it cannot. For loops. */
	bool (*rewind)(struct source *s);
	void (*close)(struct source *s);
};
struct source {
	const struct source_ops *ops;
};

/* A master (FLAC, 48 kHz; two channels are averaged to one). NULL + err. */
struct source *source_open_master(const char *path, struct err *e);

struct feeder;

/* threaded: a thread reads ahead; else feeder_pump must be called before each mixer_block and reads
 * what is needed then and there (render, simulation), so that the same orders give the same
 * bytes. */
struct feeder *feeder_create(struct mixer *m, bool threaded);
void feeder_destroy(struct feeder *f); /* joins the thread, closes all sources */

/* Puts a source on a free deck and begins to read ahead; takes ownership. loop as in mix_command.
 * Main thread. Call it well before MIX_PLAY's frame; the mixer starts on time with what is
 * there. */
void feeder_load(struct feeder *f, int deck, struct source *s, bool loop);

/* Takes the source off a deck after its MIX_ENDED and closes it. Main thread. */
void feeder_unload(struct feeder *f, int deck);

/* True when at least `frames` (or all that the source has) are ready. Main thread. */
bool feeder_ready(struct feeder *f, int deck, int64_t frames);

/* Offline only: fills every loaded deck's ring. */
void feeder_pump(struct feeder *f);

#endif
