/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One writer, many readers at their own pace: a bounded ring of records in which a reader that
 * falls behind loses records, and nobody else does. Pure; one thread. */
#ifndef VX_WEB_FANOUT_H
#define VX_WEB_FANOUT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Records are whole events or whole MP3 frames; none is ever handed out in part. */
struct fanout {
	char *data;	      /* record r's bytes lie at place[r % records] modulo bytes */
	size_t bytes;	      /* capacity */
	uint64_t *place;      /* where each record starts, counted in bytes since the beginning */
	size_t records;	      /* capacity */
	uint64_t first, next; /* records held: first ≤ r < next */
	uint64_t end;	      /* bytes ever written */
};

/* A reader's place: the next record it wants. */
struct fanout_reader {
	uint64_t want;
};

void fanout_init(struct fanout *f, size_t bytes, size_t records);
void fanout_finish(struct fanout *f);

/* Adds a record of 1 ≤ len ≤ bytes; the oldest make room. */
void fanout_push(struct fanout *f, const void *data, size_t len);

/* Starts a reader `back` records before the newest end (fewer if fewer are held). */
void fanout_join(const struct fanout *f, struct fanout_reader *r, uint64_t back);

/* Appends to out the whole records that fit in max bytes, at least one if there is any. Returns the
 * number of records lost because the reader was too slow; it then goes on at the newest record. */
uint64_t fanout_take(const struct fanout *f, struct fanout_reader *r, struct buf *out, size_t max);

/* True if the reader has had everything. */
bool fanout_empty(const struct fanout *f, const struct fanout_reader *r);

#endif
