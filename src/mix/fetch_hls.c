/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HLS: the playlist is looked at again and again, and the segments that are new in it are sent on,
 * one behind the other; that is what a decoder of MPEG-TS or ADTS wants. Nothing is kept but the
 * number of the last one. */
#include "base/m3u8.h"
#include "base/must.h"
#include "mix/fetch.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 3 /* a list that names a list that names a list */
#define STILL_LOOKS 8 /* at a playlist that does not grow: it has died */

struct hls {
	struct fetch *f;
	struct m3u8 list;
	char url[2048];	    /* of the playlist of segments */
	char map[PATH_BYTES]; /* that went before the last segment */
	int64_t last;	    /* number of the last segment sent, −1 none */
	int fails, still;
	bool sent;		/* anything yet */
	enum relay_fault why;	/* of the last file */
};

/* A list of segments, by way of those that name it. RELAY_NONE: h->list is one. RELAY_ENDED: it
 * was a stream instead, and that has been sent until it ended. */
static enum relay_fault find_segments(struct hls *h)
{
	char next[2048];

	for (int i = 0; i < DEPTH; i++) {
		if (!m3u8_parse(&h->list, buf_str(&h->f->text), h->f->text.len))
			return RELAY_PLAYLIST;
		if (h->list.next[0] == '\0') {
			memcpy(h->url, h->f->url, sizeof(h->url));
			return RELAY_NONE;
		}
		if (!fetch_resolve(h->f->url, h->list.next, next, sizeof(next)))
			return RELAY_PLAYLIST;
		enum relay_fault fault = fetch_get(h->f, next, 0, 0);
		if (fault != RELAY_ENDED || !h->f->as_text)
			return fault;
	}
	return RELAY_PLAYLIST;
}

/* False: h->f->gone, or too many have failed. */
static bool send_file(struct hls *h, const char *address)
{
	char url[2048];
	enum relay_fault fault = RELAY_ADDRESS;

	if (fetch_resolve(h->url, address, url, sizeof(url)))
		fault = fetch_get(h->f, url, HLS_SEGMENT_BYTES, HLS_SEGMENT_S);
	bool got = fault == RELAY_ENDED && h->f->bytes > 0;
	h->fails = got ? 0 : h->fails + 1;
	h->sent |= got;
	h->why = fault;
	/* What may not be fetched will not be allowed later. */
	return !h->f->gone && h->fails < HLS_FAILS_MAX && (h->sent || fault != RELAY_ADDRESS);
}

static bool send_segment(struct hls *h, const struct m3u8_segment *s)
{
	if (h->list.map[0] != '\0' && strcmp(h->map, h->list.map) != 0) {
		memcpy(h->map, h->list.map, sizeof(h->map));
		if (!send_file(h, h->list.map))
			return false;
	}
	h->last = s->sequence;
	return send_file(h, s->url);
}

/* What is new in the list; numbers that have begun anew, or all at first: the last three. */
static int first_new(const struct hls *h)
{
	const struct m3u8 *l = &h->list;
	int64_t newest = l->count > 0 ? l->segments[l->count - 1].sequence : -1;

	if (h->last < 0 || newest < h->last || l->segments[0].sequence > h->last + HLS_SEGMENTS)
		return l->count > HLS_BEGIN && !l->ended ? l->count - HLS_BEGIN : 0;
	for (int i = 0; i < l->count; i++)
		if (l->segments[i].sequence > h->last)
			return i;
	return l->count;
}

static enum relay_fault send_new(struct hls *h)
{
	int i = first_new(h);

	if (h->list.locked || h->list.parts)
		return h->list.locked ? RELAY_LOCKED : RELAY_PLAYLIST;
	h->still = i < h->list.count ? 0 : h->still + 1;
	for (; i < h->list.count; i++)
		if (!send_segment(h, &h->list.segments[i]))
			return h->f->gone		? RELAY_NONE
			       : h->why == RELAY_ADDRESS ? RELAY_ADDRESS
							 : RELAY_BROKEN;
	return h->list.ended ? RELAY_ENDED : h->still < STILL_LOOKS ? RELAY_NONE : RELAY_SLOW;
}

/* RFC 8216, 6.3.4: so long after a list that had something new, half after one that had not. */
static void wait_for_more(const struct hls *h)
{
	int64_t ms = h->list.target_s * INT64_C(1000);

	h->f->pause_ms(h->still > 0 ? ms / 2 : ms);
}

static enum relay_fault follow(struct hls *h)
{
	for (;;) {
		enum relay_fault fault = send_new(h);
		if (fault != RELAY_NONE || h->f->gone)
			return fault;
		wait_for_more(h);
		fault = fetch_get(h->f, h->url, HLS_TEXT_BYTES, HLS_SEGMENT_S);
		if (h->f->gone)
			return RELAY_NONE;
		bool read = fault == RELAY_ENDED && h->f->as_text &&
			    m3u8_parse(&h->list, buf_str(&h->f->text), h->f->text.len);
		h->fails = read ? h->fails : h->fails + 1;
		if (h->fails >= HLS_FAILS_MAX)
			return fault == RELAY_ENDED ? RELAY_PLAYLIST : fault;
		if (!read)
			h->list.count = 0;
	}
}

enum relay_fault fetch_hls(struct fetch *f)
{
	struct hls *h = calloc(1, sizeof(*h));

	must(h != NULL);
	h->f = f;
	h->last = -1;
	enum relay_fault fault = find_segments(h);
	if (fault == RELAY_NONE && !f->gone)
		fault = follow(h);
	free(h);
	return fault;
}
