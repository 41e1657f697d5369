/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "people/throttle.h"

#include "sys/chance.h"

#include <sodium.h>
#include <string.h>

void throttle_init(struct throttle *t, int burst, int64_t refill_ns)
{
	_Static_assert(sizeof(t->key) == crypto_shorthash_KEYBYTES, "the key of SipHash");
	*t = (struct throttle){.burst = burst, .refill_ns = refill_ns};
	chance_bytes(t->key, sizeof(t->key));
}

static int bucket_of(const struct throttle *t, const char *name)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint32_t number;

	crypto_shorthash(hash, (const unsigned char *)name, strlen(name), t->key);
	memcpy(&number, hash, sizeof(number));
	return (int)(number % THROTTLE_BUCKETS);
}

bool throttle_take(struct throttle *t, const char *name, struct mono now, int64_t *wait_ns)
{
	int b = bucket_of(t, name);
	int64_t passed = now.ns - t->buckets[b].at_ns;
	int64_t used = t->buckets[b].used_ns > passed ? t->buckets[b].used_ns - passed : 0;

	*wait_ns = used - (t->burst - 1) * t->refill_ns;
	t->buckets[b].at_ns = now.ns;
	t->buckets[b].used_ns = used;
	if (*wait_ns > 0)
		return false;
	*wait_ns = 0;
	t->buckets[b].used_ns += t->refill_ns;
	return true;
}

void throttle_return(struct throttle *t, const char *name)
{
	int b = bucket_of(t, name);

	t->buckets[b].used_ns -= t->refill_ns;
	if (t->buckets[b].used_ns < 0)
		t->buckets[b].used_ns = 0;
}

void throttle_forget(struct throttle *t, const char *name)
{
	t->buckets[bucket_of(t, name)].used_ns = 0;
}
