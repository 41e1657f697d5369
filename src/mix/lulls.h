/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a sound pauses: the peaks of what was read of it last. */
#ifndef VX_MIX_LULLS_H
#define VX_MIX_LULLS_H

#include "base/limits.h"

#include <stdint.h>

#define LULL_HOP_FRAMES 480 /* 10 ms */
#define LULL_HOPS 256	    /* 2.6 s: all that waits in a deck, and more */

/* Zero-initialise; one thread at a time. */
struct lulls {
	float peak[LULL_HOPS]; /* hop i at i modulo LULL_HOPS; the last is under way */
	int64_t frames;	       /* added so far */
};

/* Any cut into calls. */
void lulls_add(struct lulls *l, const float *samples, int64_t frames);

/* The first frame at or after `from` in the middle of so many frames that nowhere reach this
 * amplitude, all of them among what is remembered; −1: none. To a hop. */
int64_t lulls_find(const struct lulls *l, int64_t from, int64_t frames, double amplitude);

#endif
