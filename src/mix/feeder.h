/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The feeder: reads masters from disk into the decks' rings, as a thread live, as a plain call
 * offline. */
#ifndef VX_MIX_FEEDER_H
#define VX_MIX_FEEDER_H

#include "base/err.h"
#include "base/limits.h"
#include "mix/mixer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A source of mono float32 frames at 48 kHz. Not real-time: reading may wait for the disk, but
 * not for ever: one thread reads for all decks, and while it waits the others live on what is
 * ahead (1.4 s). All calls come from one thread at a time. */
#define SOURCE_LATER INT64_C(-2)
#define SOURCE_CHANGED INT64_C(-3)
struct source;
struct source_ops {
	/* Up to `frames` frames into out; returns how many (fewer is fine), 0 at the end, −1 when
	 * it broke, SOURCE_CHANGED when it broke because its file does not hold what was approved,
	 * SOURCE_LATER when there is nothing now and will be. What is not a finite number becomes
	 * silence. */
	int64_t (*read)(struct source *s, float *out, int64_t frames);
	/* Back to the first frame; false if it cannot. For loops. */
	bool (*rewind)(struct source *s);
	void (*close)(struct source *s);
};
struct source {
	const struct source_ops *ops;
	int64_t ahead_frames; /* no more of it may wait in the deck, and it is asked often: what
			       * somebody says now. 0: as much as there is room for */
};

/* A master (FLAC, 48 kHz; two channels are averaged to one). Not one sample comes from it that is
 * not of the bytes with this SHA-256 (see mix/vetted.h): ERR_DIFFERS if the file is another, and
 * SOURCE_CHANGED if it becomes another. Reads all of a file that was not vetted yet: 0.5 s for half
 * an hour of sound. NULL + err. One that is shorter than its header says broke. */
struct source *source_open_master(const char *path, const char *sha256, struct err *e);

/* Reads a master from its first frame to its last, some thousand frames a call of take. Not on a
 * thread that anybody waits for. False + err; ERR_DAMAGED if it was opened and broke, ERR_DIFFERS
 * if it is not that master. */
bool source_read_master(const char *path, const char *sha256,
			void (*take)(void *arg, const float *samples, size_t frames), void *arg,
			struct err *e);

struct feeder;

/* threaded: a thread reads ahead; else feeder_pump must be called before each mixer_block and reads
 * what is needed then and there (render, simulation), so that the same orders give the same
 * bytes. */
struct feeder *feeder_create(struct mixer *m, bool threaded);

/* Joins the thread, closes all sources. After the mixing thread has stopped, before
 * mixer_destroy. */
void feeder_destroy(struct feeder *f);

/* Puts a source on a free deck (never used, or its MIX_ENDED was read and it was unloaded) and
 * begins to read ahead; takes ownership. Offline the ring is full on return. loop: at the end
 * start over, without a gap. Main thread. Call it well before MIX_PLAY's frame; the mixer starts
 * on time with what is there. */
void feeder_load(struct feeder *f, int deck, struct source *s, bool loop);

/* The same from a later frame on, not looped. What lies before is read too: masters cannot be
 * sought in (see mix/vetted.h), and half an hour takes a second. */
void feeder_load_from(struct feeder *f, int deck, struct source *s, int64_t first_frame);

/* Takes the source off a deck after its MIX_ENDED (or before any MIX_PLAY) and closes it; nothing
 * if there is none. Main thread; waits for a read of that source that is under way. */
void feeder_unload(struct feeder *f, int deck);

/* True when at least `frames` (or all that the source has, or all that the ring holds) are ready.
 * Main thread; before MIX_PLAY. */
bool feeder_ready(struct feeder *f, int deck, int64_t frames);

/* True when the source has come to its end because its file is no longer the one that was opened.
 * Main thread; before feeder_unload. */
bool feeder_changed(struct feeder *f, int deck);

/* Where what is read ahead pauses, as lulls_find; frames are counted from the first that the deck
 * was given. −1 too while that is not known. Main thread. */
int64_t feeder_lull(struct feeder *f, int deck, int64_t from, int64_t frames, double amplitude);

/* Offline only: so much of each deck loaded from now on is read ahead, DECK_AHEAD_FRAMES at
 * most. */
void feeder_read_ahead(struct feeder *f, uint32_t frames);

/* Offline only: fills every loaded deck's ring as far as the next blocks need. */
void feeder_pump(struct feeder *f);

#endif
