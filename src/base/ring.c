/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/ring.h"

#include "base/must.h"

#include <string.h>

void ring_init(struct ring *r, uint32_t record_bytes, uint32_t capacity)
{
	must(record_bytes > 0 && capacity > 0 && (capacity & (capacity - 1)) == 0);
	r->record_bytes = record_bytes;
	r->capacity = capacity;
	atomic_init(&r->write, 0);
	atomic_init(&r->read, 0);
}

size_t ring_bytes(const struct ring *r)
{
	return (size_t)r->record_bytes * r->capacity;
}

uint32_t ring_space(const struct ring *r)
{
	uint32_t write = atomic_load_explicit(&r->write, memory_order_relaxed);

	return r->capacity - (write - atomic_load_explicit(&r->read, memory_order_acquire));
}

uint32_t ring_held(const struct ring *r)
{
	uint32_t read = atomic_load_explicit(&r->read, memory_order_relaxed);

	return atomic_load_explicit(&r->write, memory_order_acquire) - read;
}

static uint32_t at_most(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

uint32_t ring_push(struct ring *r, void *memory, const void *records, uint32_t count)
{
	uint32_t write = atomic_load_explicit(&r->write, memory_order_relaxed);
	uint32_t n = at_most(count, ring_space(r));
	uint32_t at = write & (r->capacity - 1);
	uint32_t first = at_most(n, r->capacity - at);
	size_t bytes = r->record_bytes;

	memcpy((char *)memory + at * bytes, records, first * bytes);
	memcpy(memory, (const char *)records + first * bytes, (n - first) * bytes);
	atomic_store_explicit(&r->write, write + n, memory_order_release);
	return n;
}

uint32_t ring_pull(struct ring *r, const void *memory, void *records, uint32_t count)
{
	uint32_t read = atomic_load_explicit(&r->read, memory_order_relaxed);
	uint32_t n = at_most(count, ring_held(r));
	uint32_t at = read & (r->capacity - 1);
	uint32_t first = at_most(n, r->capacity - at);
	size_t bytes = r->record_bytes;

	if (records != NULL) {
		memcpy(records, (const char *)memory + at * bytes, first * bytes);
		memcpy((char *)records + first * bytes, memory, (n - first) * bytes);
	}
	atomic_store_explicit(&r->read, read + n, memory_order_release);
	return n;
}
