/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/alike.h"

#include "base/limits.h"

#include <math.h>

#define BITS_MASK (PRINT_LOUD - 1)
#define PROBES 3
#define PROBE_WORDS 64 /* 2.7 s: by them the place is looked for */
#define GLANCE_WORDS 12 /* of them first: with half a second most places are done */
#define PART_WORDS 32	/* 1.4 s: shorter ones vary more, in longer ones a changed word is lost */
#define STEP 2 /* words, at first: neighbouring words share seven eighths of their sound */
#define PROBE_SHARE_MIN 0.62
#define NEAR_SHARE_MIN 0.57 /* one word beside the right place; in music others are as good */

/* Bits that agree in words that are heard in both, and how many those are. */
struct tally {
	int64_t equal, bits;
};

static void count(struct tally *t, const struct print *a, int64_t from_a, const struct print *b,
		  int64_t from_b, int64_t words)
{
	for (int64_t i = 0; i < words; i++) {
		uint32_t x = a->words[from_a + i], y = b->words[from_b + i];
		if ((x & y & PRINT_LOUD) == 0)
			continue;
		t->bits += PRINT_BITS;
		t->equal += PRINT_BITS - __builtin_popcount((x ^ y) & BITS_MASK);
	}
}

static double share(struct tally t)
{
	return t.bits > 0 ? (double)t.equal / (double)t.bits : 0;
}

static double compare_at(const struct print *a, int64_t at, const struct print *b, int64_t shift)
{
	struct tally t = {0};

	if (at + shift < 0 || at + shift + PROBE_WORDS > (int64_t)b->count)
		return 0;
	count(&t, a, at, b, at + shift, GLANCE_WORDS);
	if (t.bits > 0 && share(t) < PROBE_SHARE_MIN - 0.1)
		return 0;
	count(&t, a, at + GLANCE_WORDS, b, at + shift + GLANCE_WORDS, PROBE_WORDS - GLANCE_WORDS);
	return t.bits >= PROBE_WORDS / 2 * PRINT_BITS ? share(t) : 0;
}

/* How far b is behind a, by one piece of a; false: that piece is not in b. */
static bool find_shift(const struct print *a, int64_t at, const struct print *b, int64_t *shift)
{
	int64_t most = (int64_t)(ALIKE_SHIFT_S * PRINT_WORDS_PER_S);
	double best = PROBE_SHARE_MIN, now;
	bool found = false;

	for (int64_t rough = -most; rough <= most; rough += STEP) {
		if (compare_at(a, at, b, rough) < NEAR_SHARE_MIN)
			continue;
		for (int64_t s = rough - STEP + 1; s < rough + STEP; s++)
			if ((now = compare_at(a, at, b, s)) > best) {
				found = true;
				best = now;
				*shift = s;
			}
	}
	return found;
}

static int64_t heard(const struct print *p, int64_t from, int64_t end)
{
	int64_t n = 0;

	for (int64_t i = from; i < end; i++)
		n += (p->words[i] & PRINT_LOUD) != 0;
	return n;
}

/* What of p lies outside of the common part is little. */
static bool little_left(const struct print *p, int64_t from, int64_t end)
{
	int64_t all = heard(p, 0, (int64_t)p->count);

	return (double)(all - heard(p, from, end)) <=
	       fmax(ALIKE_LEFT_MAX * (double)all, ALIKE_LEFT_S * PRINT_WORDS_PER_S);
}

/* The least share of any PART_WORDS of which at least half are heard. */
static double least_share(const struct print *a, int64_t from, int64_t end, const struct print *b,
			  int64_t shift)
{
	struct tally part = {0};
	double least = 1;

	for (int64_t i = from; i < end; i++) {
		struct tally gone = {0};
		count(&part, a, i, b, i + shift, 1);
		if (i - from >= PART_WORDS)
			count(&gone, a, i - PART_WORDS, b, i - PART_WORDS + shift, 1);
		part.equal -= gone.equal;
		part.bits -= gone.bits;
		if (part.bits >= PART_WORDS / 2 * PRINT_BITS)
			least = fmin(least, share(part));
	}
	return least;
}

static double share_in_all(const struct print *a, const struct print *b, int64_t shift)
{
	int64_t from = shift < 0 ? -shift : 0;
	int64_t end = (int64_t)b->count - shift < (int64_t)a->count ? (int64_t)b->count - shift
								    : (int64_t)a->count;
	struct tally all = {0};

	if (!little_left(a, from, end) || !little_left(b, from + shift, end + shift) ||
	    least_share(a, from, end, b, shift) < ALIKE_SHARE_MIN)
		return 0;
	count(&all, a, from, b, from + shift, end - from);
	return share(all) >= ALIKE_SHARE_MIN ? share(all) : 0;
}

/* Of the places that the pieces of a name, the best: music repeats itself, and each may be found at
 * the wrong one. */
double alike(const struct print *a, const struct print *b)
{
	double best = 0;
	int64_t shift;

	for (int i = 1; i <= PROBES; i++) {
		int64_t at = (int64_t)a->count * i / (PROBES + 1);
		if (at + PROBE_WORDS <= (int64_t)a->count && find_shift(a, at, b, &shift))
			best = fmax(best, share_in_all(a, b, shift));
	}
	return best;
}
