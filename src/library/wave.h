/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline of a sound, to be drawn: WAVE_PAIRS_MAX / 2 … WAVE_PAIRS_MAX pairs of least and
 * most, fewer when it is shorter than ten seconds. */
#ifndef VX_LIBRARY_WAVE_H
#define VX_LIBRARY_WAVE_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WAVE_PAIRS_MAX 1400
#define WAVE_FIRST_FRAMES 480 /* in a pair at first: 10 ms; doubled when there are too many */

/* Caller's memory; zero-initialise. One thread. */
struct wave {
	struct wave_pair {
		float least, most;
	} pairs[WAVE_PAIRS_MAX + 1]; /* the last one is under way */
	int count;		     /* whole ones */
	int64_t pair_frames, have, frames;
};

/* Any cut into calls, at 48 kHz. */
void wave_add(struct wave *w, const float *samples, size_t frames);

/* {"frames", "pair_frames", "pairs": [least, most, …]} with full scale ±127; the caller's. */
json_t *wave_json(const struct wave *w);

/* Writes that and "sha256" to DIR/masters/<sha256>.wave, under a temporary name until it is whole.
 * It is made from the master and can be made again: a failure harms nothing else. */
bool wave_save(const struct wave *w, const char *dir, const char *sha256, struct err *e);

/* How loud each pair is at most, as it was saved: |x| ≤ (level + 0.5) / 127, and > (level − 0.5) /
 * 127. */
struct wave_levels {
	int64_t pair_frames;
	int count;
	uint8_t level[WAVE_PAIRS_MAX + 1];
};

/* Whether the file that lies there says that it was drawn of this master: another's, or one of an
 * older program, which does not say, is to be drawn anew before it is shown. */
bool wave_is_of(const char *dir, const char *sha256);

/* False + err: there is none, it is no such file, or another master's. */
bool wave_load(struct wave_levels *w, const char *dir, const char *sha256, struct err *e);

/* True if a whole pair of frames [from, to) reaches this amplitude for sure. */
bool wave_reaches(const struct wave_levels *w, int64_t from, int64_t to, double amplitude);

#endif
