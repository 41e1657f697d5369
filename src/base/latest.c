/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/latest.h"

#include "base/must.h"

#define TRIES 100 /* a put takes nanoseconds; met so often in a row, the writer is gone */

void latest_put(struct latest *l, const int64_t *words, int count)
{
	uint32_t seq = atomic_load_explicit(&l->seq, memory_order_relaxed) | 1;

	must(count > 0 && count <= LATEST_WORDS);
	/* Each release store keeps the odd number in front of its word; a reader that sees a
	 * new word (acquire) therefore also sees the odd number, or a later one, when it looks
	 * again. */
	atomic_store_explicit(&l->seq, seq, memory_order_relaxed);
	for (int i = 0; i < count; i++)
		atomic_store_explicit(&l->word[i], words[i], memory_order_release);
	atomic_store_explicit(&l->seq, seq + 1, memory_order_release);
}

bool latest_get(const struct latest *l, int64_t *words, int count)
{
	must(count > 0 && count <= LATEST_WORDS);
	for (int try = 0; try < TRIES; try++) {
		uint32_t before = atomic_load_explicit(&l->seq, memory_order_acquire);
		if (before == 0)
			return false;
		for (int i = 0; i < count; i++)
			words[i] = atomic_load_explicit(&l->word[i], memory_order_acquire);
		if ((before & 1) == 0 &&
		    atomic_load_explicit(&l->seq, memory_order_relaxed) == before)
			return true;
	}
	return false;
}

uint32_t latest_count(const struct latest *l)
{
	return atomic_load_explicit(&l->seq, memory_order_acquire) / 2;
}
