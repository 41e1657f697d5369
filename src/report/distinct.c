/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/distinct.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>

void distinct_add(struct distinct *d, uint64_t thing)
{
	if (d->count > 0 && d->list[d->count - 1] == thing)
		return;
	if (d->count == d->capacity) {
		must(d->count < REPORT_DISTINCT_MAX);
		d->capacity = d->capacity > 0 ? 2 * d->capacity : 32;
		d->list = realloc(d->list, sizeof(*d->list) * (size_t)d->capacity);
		must(d->list != NULL);
	}
	d->list[d->count++] = thing;
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int distinct_count(struct distinct *d)
{
	int different = 0;

	if (d->count == 0)
		return 0;
	qsort(d->list, (size_t)d->count, sizeof(*d->list), compare);
	for (int i = 0; i < d->count; i++)
		different += i == 0 || d->list[i] != d->list[i - 1];
	return different;
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
