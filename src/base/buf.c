/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"

#include "base/must.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buf *b, size_t more)
{
	size_t need = b->len + more + 1;

	must(need > b->len);
	if (need <= b->capacity)
		return;
	size_t capacity = b->capacity ? b->capacity : 128;
	while (capacity < need)
		capacity *= 2;
	b->data = realloc(b->data, capacity);
	must(b->data != NULL);
	b->capacity = capacity;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
	reserve(b, len);
	if (len > 0)
		memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

char *buf_room(struct buf *b, size_t len)
{
	reserve(b, len);
	return b->data + b->len;
}

void buf_fill(struct buf *b, size_t len)
{
	must(b->len + len < b->capacity);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void buf_print(struct buf *b, const char *fmt, ...)
{
	va_list args, again;

	va_start(args, fmt);
	va_copy(again, args);
	reserve(b, 64); /* most pieces fit at once; the others are printed a second time */
	size_t room = b->capacity - b->len;
	int len = vsnprintf(b->data + b->len, room, fmt, args);
	must(len >= 0);
	if ((size_t)len >= room) {
		reserve(b, (size_t)len);
		vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
	}
	b->len += (size_t)len;
	va_end(again);
	va_end(args);
}

void buf_drop(struct buf *b, size_t n)
{
	must(n <= b->len);
	if (n == 0)
		return;
	memmove(b->data, b->data + n, b->len - n + 1);
	b->len -= n;
}

void buf_reset(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void buf_finish(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

const char *buf_str(const struct buf *b)
{
	return b->data != NULL ? b->data : "";
}
