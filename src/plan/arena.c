/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/arena.h"

#include "base/must.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CHUNK_BYTES ((size_t)64 << 10)

struct arena_chunk {
	struct arena_chunk *next;
	alignas(max_align_t) char data[];
};

static void add_chunk(struct arena *a, size_t least)
{
	size_t capacity = least > CHUNK_BYTES ? least : CHUNK_BYTES;
	struct arena_chunk *chunk = calloc(1, sizeof(*chunk) + capacity);

	must(chunk != NULL);
	chunk->next = a->chunks;
	a->chunks = chunk;
	a->used = 0;
	a->capacity = capacity;
}

void *arena_take(struct arena *a, size_t count, size_t bytes)
{
	must(bytes == 0 || count <= SIZE_MAX / 4 / bytes);
	size_t need = (count * bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (a->chunks == NULL || a->capacity - a->used < need)
		add_chunk(a, need);
	void *piece = a->chunks->data + a->used;
	a->used += need;
	return piece;
}

char *arena_text(struct arena *a, const void *text, size_t len)
{
	char *copy = arena_take(a, len + 1, 1);

	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}

void arena_finish(struct arena *a)
{
	while (a->chunks != NULL) {
		struct arena_chunk *chunk = a->chunks;
		a->chunks = chunk->next;
		free(chunk);
	}
	*a = (struct arena){0};
}
