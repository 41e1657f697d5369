/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/chance.h"

#include "base/must.h"

#include <sys/random.h>

void chance_bytes(void *data, size_t len)
{
	must(len <= 256); /* getrandom does not return short up to this length */
	must(getrandom(data, len, 0) == (ssize_t)len);
}

uint64_t chance_next(struct chance *c)
{
	uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

uint64_t chance_below(struct chance *c, uint64_t bound)
{
	must(bound > 0);
	return chance_next(c) % bound;
}
