/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/distinct.h"

#include "base/must.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void compact(struct distinct *d)
{
	int kept = 0;

	if (d->count == 0)
		return;
	qsort(d->list, (size_t)d->count, sizeof(*d->list), compare);
	for (int i = 0; i < d->count; i++)
		if (kept == 0 || d->list[i] != d->list[kept - 1])
			d->list[kept++] = d->list[i];
	d->count = kept;
}

/* Things that alternate come again and again: only when half of the room is taken by different ones
 * there is more of it. */
static void make_room(struct distinct *d)
{
	compact(d);
	if (2 * (int64_t)d->count <= d->capacity && d->capacity > 0)
		return;
	d->capacity = d->capacity > 0 ? 2 * d->capacity : 32;
	d->list = realloc(d->list, sizeof(*d->list) * (size_t)d->capacity);
	must(d->list != NULL);
}

void distinct_add(struct distinct *d, uint64_t thing)
{
	if (d->count > 0 && d->list[d->count - 1] == thing)
		return;
	if (d->count == d->capacity)
		make_room(d);
	d->list[d->count++] = thing;
}

int distinct_count(struct distinct *d)
{
	compact(d);
	return d->count;
}

void distinct_finish(struct distinct *d)
{
	free(d->list);
	*d = (struct distinct){0};
}

static uint64_t mix(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

uint64_t distinct_hash(const char *text, int64_t number)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		hash = mix(hash, (unsigned char)*text);
	for (int i = 0; i < 8; i++)
		hash = mix(hash, (unsigned char)((uint64_t)number >> (8 * i)));
	return hash;
}
