/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The latest value of a small record: one writer puts it, readers take it whole (a sequence
 * lock). */
#ifndef VX_BASE_LATEST_H
#define VX_BASE_LATEST_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define LATEST_WORDS 8

/* Zero-initialise. Exactly one thread (or process: it may lie in shared memory) writes. The
 * words are atomics and the order is carried by them, not by fences: fences are cheaper on ARM,
 * but ThreadSanitizer cannot see them. H.-J. Boehm, "Can seqlocks get along with programming
 * language memory models?", MSPC 2012. All functions are RT-safe. */
struct latest {
	_Atomic uint32_t seq; /* odd while the writer is at it */
	_Atomic int64_t word[LATEST_WORDS];
};

/* Writer: wait-free. 1 ≤ count ≤ LATEST_WORDS. */
void latest_put(struct latest *l, const int64_t *words, int count);

/* Reader: true and the words of one single put. False if nothing was put yet, or if the writer was
 * in the way every time in a bounded number of tries (it may have died half-way): keep the old
 * value then. */
bool latest_get(const struct latest *l, int64_t *words, int count);

/* Number of puts so far (wraps at 2^31): tells whether there is something new. */
uint32_t latest_count(const struct latest *l);

#endif
