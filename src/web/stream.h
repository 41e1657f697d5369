/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A response without an end: whatever is added is sent, and the connection sleeps in between. */
#ifndef VX_WEB_STREAM_H
#define VX_WEB_STREAM_H

#include "base/buf.h"
#include "web/fanout.h"

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

struct request;
struct stream_set;

/* Belongs to its response; request is NULL once the connection is gone. */
struct stream {
	struct stream *prev, *next;
	struct stream_set *set;
	struct request *request;
	struct fanout_reader at;
	struct buf out;	 /* taken and not sent */
	size_t sent;	 /* of out */
	bool ended;	 /* send what is left, then end */
};

/* All streams that read one ring. */
struct stream_set {
	struct stream *first;
	int count;
	const struct fanout *fanout; /* NULL: bytes come by stream_add only */
	size_t take_bytes;	     /* how much one stream takes from the ring at once */
	/* Called when a stream was too slow and lost records; may add bytes. May be NULL. */
	void (*skipped)(struct stream *s);
	/* Called when a stream left the set. May be NULL. */
	void (*left)(struct stream_set *set);
	void *arg;
};

/* Makes the response that is this stream, starting `back` records before the newest. flags: 0 or
 * MHD_RF_HTTP_1_0_SERVER for clients that know no chunks. The response is the caller's. */
struct MHD_Response *stream_create(struct stream_set *set, struct request *r, uint64_t back,
				   enum MHD_ResponseFlags flags, struct stream **s);

/* Bytes for this stream alone. */
void stream_add(struct stream *s, const void *data, size_t len);
/* No more will come. */
void stream_end(struct stream *s);

/* Something new is in the ring: wakes those who wait. */
void stream_wake(struct stream_set *set);
void stream_end_all(struct stream_set *set);

#endif
