/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An errand: a child process of this program that is given bytes, gives bytes back and ends; it can
 * be waited for no longer than is wished. */
#ifndef VX_SYS_ERRAND_H
#define VX_SYS_ERRAND_H

#include "base/buf.h"
#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Runs `vangxa args[0] args[1] …` (NULL-ended) with `in` as stdin, and appends what it prints, at
 * most max bytes. Blocks for timeout_ms at most, and no longer than until *stop: then, or when it
 * prints more, the child is killed. False unless it ended with status 0. It has no environment and
 * no descriptors of ours. Any thread but the real-time one. */
bool errand_run(char *const args[], const struct buf *in, size_t max, int timeout_ms,
		const atomic_bool *stop, struct buf *out, struct err *e);

/* Several texts in one: each is preceded by its length (four bytes, big-endian). */
void errand_pack(struct buf *b, const void *data, size_t len);
/* The next of them, from *at on, up to end; false when there is none that is whole. */
bool errand_unpack(const char **at, const char *end, const char **part, size_t *len);

#endif
