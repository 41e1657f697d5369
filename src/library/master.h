/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a master: FLAC, 48 kHz, 24 bit, one or two channels, named by the SHA-256 of its
 * bytes. */
#ifndef VX_LIBRARY_MASTER_H
#define VX_LIBRARY_MASTER_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 24 bit: what is raised by 20 dB on air keeps more than 16 bits, and nothing need be dithered,
 * so the same input gives the same bytes. Two channels that never differ by a bit (speech
 * recorded as stereo) are stored as one: half the work each time it airs, and nothing is lost. */
struct master;

/* Begins a master in DIR/masters. NULL + err. */
struct master *master_create(const char *dir, struct err *e);

/* Closes; what was not committed vanishes. NULL is fine. */
void master_destroy(struct master *m);

/* Adds 1 … PCM_CHUNK_FRAMES frames of 1 or 2 interleaved channels, full scale ±1; beyond it is
 * clipped. On return `samples` hold what was stored (rounded to 24 bits). */
bool master_write(struct master *m, float *samples, unsigned channels, size_t frames,
		  struct err *e);

int64_t master_frames(const struct master *m);
unsigned master_channels(const struct master *m); /* as stored so far: 1 until they differ */

/* Finishes, syncs and names the file; then only master_destroy is allowed. */
bool master_commit(struct master *m, char sha256[static SHA256_HEX_BYTES], struct err *e);

#endif
