/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/fanout.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

void fanout_init(struct fanout *f, size_t bytes, size_t records)
{
	*f = (struct fanout){.bytes = bytes, .records = records};
	f->data = malloc(bytes);
	f->place = calloc(records, sizeof(*f->place));
	must(f->data != NULL && f->place != NULL);
}

void fanout_finish(struct fanout *f)
{
	free(f->data);
	free(f->place);
	*f = (struct fanout){0};
}

static uint64_t start_of(const struct fanout *f, uint64_t record)
{
	return record == f->next ? f->end : f->place[record % f->records];
}

void fanout_push(struct fanout *f, const void *data, size_t len)
{
	must(len > 0 && len <= f->bytes);
	while (f->next - f->first == f->records ||
	       (f->first < f->next && f->end + len - start_of(f, f->first) > f->bytes))
		f->first++;
	size_t at = f->end % f->bytes;
	size_t head = len < f->bytes - at ? len : f->bytes - at;
	memcpy(f->data + at, data, head);
	memcpy(f->data, (const char *)data + head, len - head);
	f->place[f->next % f->records] = f->end;
	f->end += len;
	f->next++;
}

void fanout_join(const struct fanout *f, struct fanout_reader *r, uint64_t back)
{
	uint64_t held = f->next - f->first;

	r->want = f->next - (back < held ? back : held);
}

bool fanout_empty(const struct fanout *f, const struct fanout_reader *r)
{
	return r->want == f->next;
}

uint64_t fanout_take(const struct fanout *f, struct fanout_reader *r, struct buf *out, size_t max)
{
	uint64_t lost = 0;
	size_t taken = 0;

	if (r->want < f->first) {
		lost = f->next - 1 - r->want;
		r->want = f->next - 1;
	}
	while (r->want < f->next) {
		uint64_t from = start_of(f, r->want);
		size_t len = (size_t)(start_of(f, r->want + 1) - from);
		if (taken > 0 && taken + len > max)
			break;
		size_t at = from % f->bytes;
		size_t head = len < f->bytes - at ? len : f->bytes - at;
		buf_add(out, f->data + at, head);
		buf_add(out, f->data, len - head);
		taken += len;
		r->want++;
	}
	return lost;
}
