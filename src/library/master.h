/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a master: FLAC, 48 kHz, 24 bit, one channel, named by the SHA-256 of its bytes. */
#ifndef VX_LIBRARY_MASTER_H
#define VX_LIBRARY_MASTER_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 24 bit: what is raised by 20 dB on air keeps more than 16 bits, and nothing need be dithered,
 * so the same input gives the same bytes.
 * One channel, because every mix has one: what the approver hears is what the loudspeakers give,
 * loudness and peak are those of what airs, and each airing costs half of what decoding two
 * channels to average them would. The original keeps its channels. */
struct master;

/* Begins a master in DIR/masters. NULL + err. */
struct master *master_create(const char *dir, struct err *e);

/* Closes; what was not committed vanishes. NULL is fine. */
void master_destroy(struct master *m);

/* Adds 1 … PCM_CHUNK_FRAMES frames, full scale ±1; beyond it is clipped. On return `samples` hold
 * what was stored (rounded to 24 bits). */
bool master_write(struct master *m, float *samples, size_t frames, struct err *e);

int64_t master_frames(const struct master *m);

/* Finishes, syncs and names the file; then only master_destroy is allowed. */
bool master_commit(struct master *m, char sha256[static SHA256_HEX_BYTES], struct err *e);

#endif
