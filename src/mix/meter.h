/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The meter: integrated loudness and true peak of exact stretches of a mix (EBU R 128,
 * libebur128). */
#ifndef VX_MIX_METER_H
#define VX_MIX_METER_H

#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* A request may come late: the begin when its frames are already mixed, the end when frames
 * after it are. So the meter keeps a history of the mix, and runs METER_LAG_BLOCKS behind it
 * while the end is not known: an end that comes within a second, and a begin within a second
 * and a half, are exact. */
#define METER_LAG_BLOCKS 100

/* One mixed block of all zones, as it crosses the encoder's ring; samples[zone * BLOCK_FRAMES +
 * i]. */
struct meter_block {
	int64_t first; /* frame of its first sample */
	float samples[];
};

struct meter_result {
	double loudness_lufs;	/* −70 when silent or shorter than 0.4 s */
	double peak_dbtp;	/* −144 when silent */
	int64_t frames;		/* truly measured */
};

struct meter;

/* blocks: the history, `capacity` records of block_bytes, of which block number i (counted from 0)
 * lies in place i mod capacity; the caller's, and filled by it before meter_advance. */
struct meter *meter_create(const void *blocks, uint32_t capacity, uint32_t block_bytes);
void meter_destroy(struct meter *m); /* NULL is fine */

/* Measures `zone` from frame `first` on under a free number 0 ≤ slot < ENCODER_MEASURES_MAX. */
void meter_begin(struct meter *m, int slot, int zone, struct frame first);

/* … up to, without, frame `end`. A slot not begun is left alone. */
void meter_end(struct meter *m, int slot, struct frame end);

/* The history now holds blocks [count − capacity, count). */
void meter_advance(struct meter *m, uint64_t count);

/* Takes the next finished result and frees its slot; −1 if there is none. all: nothing more will
 * come, finish those whose end lies ahead too. */
int meter_take(struct meter *m, bool all, struct meter_result *r);

#endif
