/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libsndfile (1.2.0) stops without an error at the end of the first link; the rest of the file
 * was lost. The road not taken: libvorbisfile and libopusfile read chains, but are two more
 * libraries, and the one we have only needs to be shown one link after the other. */
#include "library/ogg.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define PAGE_HEAD_BYTES 27
#define PAGE_HEAD_BYTES_MAX (PAGE_HEAD_BYTES + 255)
#define FIRST_PAGE 0x02 /* header_type, RFC 3533 §6 */
#define LAST_PAGE 0x04
#define READ_BYTES (64 << 10)

/* A stretch of the file in memory. */
struct scan {
	struct input *in;
	uint8_t *data;
	int64_t from; /* place of data[0] */
	int64_t have;
};

/* The bytes at a place, at least PAGE_HEAD_BYTES_MAX of them unless the file ends. */
static const uint8_t *look(struct scan *s, int64_t at, int64_t *len)
{
	if (at < s->from || at + PAGE_HEAD_BYTES_MAX > s->from + s->have) {
		s->from = at;
		s->have = (int64_t)input_peek(s->in, at, s->data, READ_BYTES);
	}
	*len = s->from + s->have - at;
	return s->data + (at - s->from);
}

/* Length of the page that begins at head, 0: none does. */
static int64_t page_bytes(const uint8_t *head, int64_t len)
{
	if (len < PAGE_HEAD_BYTES || memcmp(head, "OggS\0", 5) != 0 ||
	    len < PAGE_HEAD_BYTES + head[26])
		return 0;
	int64_t bytes = PAGE_HEAD_BYTES + head[26];
	for (int i = 0; i < head[26]; i++)
		bytes += head[PAGE_HEAD_BYTES + i];
	return bytes;
}

/* Place of the next page from `at` on, −1: none. */
static int64_t find_page(struct scan *s, int64_t at)
{
	for (;;) {
		int64_t len;
		const uint8_t *data = look(s, at, &len);
		const uint8_t *found = len >= 4 ? memmem(data, (size_t)len, "OggS", 4) : NULL;

		if (found != NULL)
			return at + (found - data);
		if (len < 4)
			return -1;
		at += len - 3;
	}
}

static void end_link(struct ogg *o, int64_t end, bool whole)
{
	if (o->count == 0)
		return;
	struct ogg_link *l = &o->links[o->count - 1];
	l->size_bytes = end - l->start_bytes;
	o->torn |= !whole;
}

static void walk(struct ogg *o, struct scan *s)
{
	int64_t at = 0, len, sought = 0; /* sought: a page may begin behind it */
	bool whole = true, in_head = false;

	for (int64_t next; at < s->in->size_bytes; at = next) {
		const uint8_t *head = look(s, at, &len);
		int64_t bytes = page_bytes(head, len);

		if (bytes == 0) { /* a hole, or something else behind the end, as a tag */
			next = find_page(s, sought + 1);
			if (next < 0)
				break;
			o->torn = true;
			sought = next;
			continue;
		}
		bool first = head[5] & FIRST_PAGE;
		/* The first pages of all streams of a link stand together. */
		if (first && !in_head) {
			end_link(o, at, whole);
			if (o->count == OGG_LINKS_MAX) {
				o->torn = true;
				return;
			}
			o->links[o->count++].start_bytes = at;
		}
		in_head = first;
		next = at + bytes;
		sought = at; /* if no page follows, this one was cut off: look inside it */
		whole = (head[5] & LAST_PAGE) && next <= s->in->size_bytes;
	}
	end_link(o, at < s->in->size_bytes ? at : s->in->size_bytes, whole);
}

void ogg_find(struct ogg *o, struct input *in)
{
	struct scan s = {.in = in, .data = malloc(READ_BYTES)};

	must(s.data != NULL);
	*o = (struct ogg){.count = 0};
	walk(o, &s);
	free(s.data);
}
