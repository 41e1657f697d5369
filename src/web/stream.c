/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/stream.h"

#include "base/must.h"
#include "web/request.h"

#include <stdlib.h>
#include <string.h>

static void wake(struct stream *s)
{
	if (s->request != NULL && s->request->queued)
		request_resume(s->request);
}

/* Fills `out` from the ring if it is used up. */
static void refill(struct stream *s)
{
	if (s->sent < s->out.len)
		return;
	buf_reset(&s->out);
	s->sent = 0;
	if (s->set->fanout == NULL || s->ended)
		return;
	if (fanout_take(s->set->fanout, &s->at, &s->out, s->set->take_bytes) > 0 &&
	    s->set->skipped != NULL)
		s->set->skipped(s);
}

/* libmicrohttpd asks for bytes. */
static ssize_t give(void *cls, uint64_t pos, char *data, size_t max)
{
	struct stream *s = cls;

	(void)pos;
	refill(s);
	size_t len = s->out.len - s->sent;
	if (len == 0 && s->ended)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (len == 0) {
		must(s->request != NULL);
		request_suspend(s->request);
		return 0;
	}
	len = len < max ? len : max;
	memcpy(data, s->out.data + s->sent, len);
	s->sent += len;
	return (ssize_t)len;
}

static void destroy(void *cls)
{
	struct stream *s = cls;
	struct stream_set *set = s->set;

	if (s->request != NULL)
		s->request->stream = NULL;
	*(s->prev != NULL ? &s->prev->next : &set->first) = s->next;
	if (s->next != NULL)
		s->next->prev = s->prev;
	set->count--;
	buf_finish(&s->out);
	free(s);
	if (set->left != NULL)
		set->left(set);
}

struct MHD_Response *stream_create(struct stream_set *set, struct request *r, uint64_t back,
				   enum MHD_ResponseFlags flags, struct stream **out)
{
	struct stream *s = calloc(1, sizeof(*s));

	must(s != NULL);
	s->set = set;
	s->request = r;
	r->stream = s;
	s->next = set->first;
	if (s->next != NULL)
		s->next->prev = s;
	set->first = s;
	set->count++;
	if (set->fanout != NULL)
		fanout_join(set->fanout, &s->at, back);
	struct MHD_Response *response =
		MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 8192, give, s, destroy);
	must(response != NULL);
	must(MHD_set_response_options(response, flags, MHD_RO_END) == MHD_YES);
	*out = s;
	return response;
}

void stream_add(struct stream *s, const void *data, size_t len)
{
	buf_add(&s->out, data, len);
	wake(s);
}

void stream_end(struct stream *s)
{
	s->ended = true;
	wake(s);
}

void stream_wake(struct stream_set *set)
{
	for (struct stream *s = set->first; s != NULL; s = s->next)
		if (!fanout_empty(set->fanout, &s->at))
			wake(s);
}

void stream_end_all(struct stream_set *set)
{
	for (struct stream *s = set->first; s != NULL; s = s->next)
		stream_end(s);
}
