/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/numbers.h"

#include "base/must.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void numbers_settle(struct numbers *s)
{
	size_t kept = 0;

	if (!s->mixed)
		return;
	qsort(s->list, s->count, sizeof(*s->list), ascending);
	for (size_t i = 0; i < s->count; i++)
		if (kept == 0 || s->list[kept - 1] != s->list[i])
			s->list[kept++] = s->list[i];
	s->count = kept;
	s->mixed = false;
}

/* Things that alternate come again and again: only when half of the room is taken by different ones
 * there is more of it. */
static void make_room(struct numbers *s)
{
	numbers_settle(s);
	if (2 * s->count <= s->room && s->room > 0)
		return;
	s->room = s->room > 0 ? 2 * s->room : 32;
	s->list = realloc(s->list, s->room * sizeof(*s->list));
	must(s->list != NULL);
}

void numbers_add(struct numbers *s, int64_t n)
{
	if (s->count > 0 && s->list[s->count - 1] == n)
		return;
	if (s->count == s->room)
		make_room(s);
	s->mixed = s->mixed || (s->count > 0 && s->list[s->count - 1] >= n);
	s->list[s->count++] = n;
}

size_t numbers_count(struct numbers *s)
{
	numbers_settle(s);
	return s->count;
}

bool numbers_has(struct numbers *s, int64_t n)
{
	return numbers_count(s) > 0 &&
	       bsearch(&n, s->list, s->count, sizeof(*s->list), ascending) != NULL;
}

void numbers_finish(struct numbers *s)
{
	free(s->list);
	*s = (struct numbers){0};
}

static uint64_t mix(uint64_t hash, unsigned char byte)
{
	return (hash ^ byte) * UINT64_C(0x100000001b3);
}

int64_t numbers_hash(const char *text, int64_t number)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		hash = mix(hash, (unsigned char)*text);
	for (int i = 0; i < 8; i++)
		hash = mix(hash, (unsigned char)((uint64_t)number >> (8 * i)));
	return (int64_t)hash;
}
