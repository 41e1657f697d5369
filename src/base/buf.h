/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing byte buffer for text and files; not for real-time code. */
#ifndef VX_BASE_BUF_H
#define VX_BASE_BUF_H

#include <stddef.h>

/* Zero-initialise with {0}. data is NUL-terminated behind len once anything was added, else NULL.
 * Growth that the machine cannot give is our mistake (all inputs are bounded): it dies by
 * must(). */
struct buf {
	char *data;
	size_t len, capacity;
};

void buf_add(struct buf *b, const void *data, size_t len);
void buf_text(struct buf *b, const char *text);
void buf_print(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Where len bytes may be written behind the last, for whoever can write them there at once; they
 * count once buf_fill says how many of them are there (in the room that was asked for). Lives until
 * the next change. */
char *buf_room(struct buf *b, size_t len);
void buf_fill(struct buf *b, size_t len);

/* Removes the first n bytes (n ≤ len). */
void buf_drop(struct buf *b, size_t n);

/* Empties without freeing; finish frees and leaves {0}. */
void buf_reset(struct buf *b);
void buf_finish(struct buf *b);

/* The text, "" if nothing was ever added. Lives until the next change. */
const char *buf_str(const struct buf *b);

#endif
