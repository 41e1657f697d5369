/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is given piece by piece and taken back all at once: for trees and plans. */
#ifndef VX_PLAN_ARENA_H
#define VX_PLAN_ARENA_H

#include <stddef.h>

struct arena_chunk;

/* Zero-initialise with {0}; finish frees every piece. One thread at a time. Memory that the machine
 * cannot give is our mistake, because all inputs are bounded: it dies by must(). */
struct arena {
	struct arena_chunk *chunks; /* newest first */
	size_t used, capacity;	    /* bytes in the newest */
};

/* Zeroed memory for count things of `bytes` each, aligned for anything; never NULL. */
void *arena_take(struct arena *a, size_t count, size_t bytes);

/* A NUL-terminated copy of len bytes. */
char *arena_text(struct arena *a, const void *text, size_t len);

void arena_finish(struct arena *a);

#endif
