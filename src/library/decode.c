/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/decode.h"

#include "base/must.h"

#include <stdlib.h>

#define SEARCH_BYTES (1 << 20)
#define TAGS_MAX 8 /* some programs put one tag in front of another */

static int64_t behind_tags(struct input *in)
{
	int64_t at = 0;

	for (int i = 0; i < TAGS_MAX; i++) {
		uint8_t head[10];
		size_t len = input_peek(in, at, head, sizeof(head));
		int64_t tag = id3_bytes(head, len);

		if (tag == 0 || at + tag >= in->size_bytes)
			break;
		at += tag;
	}
	return at;
}

int64_t decode_mpeg_start(struct input *in)
{
	int64_t at = behind_tags(in), found;
	uint8_t *data = malloc(SEARCH_BYTES);

	must(data != NULL);
	found = mpeg_find(data, input_peek(in, at, data, SEARCH_BYTES));
	free(data);
	return found < 0 ? -1 : at + found;
}

enum sniff decode_kind(struct input *in)
{
	uint8_t head[SNIFF_HEAD_BYTES];
	size_t len = input_peek(in, 0, head, sizeof(head));
	enum sniff kind = sniff_head(head, len);

	if (kind == SNIFF_MP3) { /* an ID3 tag: other formats may carry one too */
		len = input_peek(in, behind_tags(in), head, sizeof(head));
		enum sniff inner = sniff_head(head, len);
		if (inner == SNIFF_FLAC || inner == SNIFF_AAC)
			return inner;
	}
	if (kind == SNIFF_UNKNOWN && decode_mpeg_start(in) >= 0)
		return SNIFF_MP3;
	return kind;
}
