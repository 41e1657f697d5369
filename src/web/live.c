/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/live.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "sys/sock.h"
#include "web/mpeg.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/stream.h"
#include "web/web.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define RETRY_MS 500
#define PATIENCE_MS 10000
#define RING_BYTES (128 << 10)	/* 16 s at 64 kbit/s */
#define RING_RECORDS 1024
#define START_FRAMES 42		/* of 24 ms: what a newcomer gets at once */
#define SEND_BUFFER_BYTES (32 << 10) /* a slow listener lags by seconds here, not by minutes */

struct live {
	struct web *web;
	struct watch source; /* fd −1: not connected */
	struct timer retry;
	int64_t lost_ms;     /* when the station was lost, 0: it is there */
	struct buf in;
	struct fanout fanout;
	struct stream_set set;
	bool stopped;
};

static void disconnect(struct live *l)
{
	if (l->source.fd < 0)
		return;
	loop_unwatch(l->web->loop, &l->source);
	close(l->source.fd);
	l->source.fd = -1;
	buf_reset(&l->in);
}

/* The station went away: silence for a while, then everybody is let go. */
static void lose(struct live *l)
{
	int64_t now = web_now_ms(l->web);

	disconnect(l);
	if (l->lost_ms == 0)
		l->lost_ms = now;
	if (now - l->lost_ms > PATIENCE_MS)
		stream_end_all(&l->set);
	else if (l->set.count > 0)
		timer_set(&l->retry,
			  mono_add_ns(clock_mono(l->web->clock), RETRY_MS * NS_PER_MS));
}

static void cut_frames(struct live *l)
{
	size_t at = 0, skip, len;

	while ((len = mpeg_next(buf_str(&l->in) + at, l->in.len - at, &skip)) > 0) {
		fanout_push(&l->fanout, l->in.data + at + skip, len);
		at += skip + len;
	}
	buf_drop(&l->in, at + skip);
}

static void source_ready(struct watch *w, uint32_t events)
{
	struct live *l = w->arg;
	char piece[8192];
	ssize_t n = recv(w->fd, piece, sizeof(piece), MSG_DONTWAIT);

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		lose(l);
		return;
	}
	l->lost_ms = 0;
	buf_add(&l->in, piece, (size_t)n);
	cut_frames(l);
	stream_wake(&l->set);
}

static bool connect_source(struct live *l, struct err *e)
{
	char path[PATH_BYTES];

	if (l->source.fd >= 0)
		return true;
	int len = snprintf(path, sizeof(path), "%s/live.sock", l->web->config.dir);
	if ((size_t)len >= sizeof(path))
		return err_set(e, ERR_FAILED, T("đường dẫn quá dài", "path too long"));
	int fd = sock_connect_now(path, e);
	if (fd < 0)
		return false;
	l->source.fd = fd;
	l->source.events = EPOLLIN;
	l->source.ready = source_ready;
	l->source.arg = l;
	loop_watch(l->web->loop, &l->source);
	return true;
}

static void retry(struct timer *t)
{
	struct live *l = t->arg;
	struct err e = {0};

	if (l->set.count > 0 && !connect_source(l, &e))
		lose(l);
}

/* The last listener left: the station need not encode for nobody. */
static void left(struct stream_set *set)
{
	struct live *l = set->arg;

	if (set->count > 0 || l->stopped)
		return;
	disconnect(l);
	l->lost_ms = 0;
	l->fanout.first = l->fanout.next; /* what is left would be old for the next listener */
}

struct live *live_create(struct web *w)
{
	struct live *l = calloc(1, sizeof(*l));

	must(l != NULL);
	l->web = w;
	l->source.fd = -1;
	fanout_init(&l->fanout, RING_BYTES, RING_RECORDS);
	l->set = (struct stream_set){
		.fanout = &l->fanout, .take_bytes = 4096, .left = left, .arg = l};
	timer_open(&l->retry, w->loop);
	l->retry.due = retry;
	l->retry.arg = l;
	return l;
}

void live_stop(struct live *l)
{
	l->stopped = true;
	disconnect(l);
	timer_close(&l->retry, l->web->loop);
	stream_end_all(&l->set);
}

void live_destroy(struct live *l)
{
	if (l == NULL)
		return;
	must(l->stopped && l->set.count == 0);
	fanout_finish(&l->fanout);
	buf_finish(&l->in);
	free(l);
}

static void full(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_CONFLICT, T("đã đủ số người nghe; thử lại sau",
				    "no more listeners can be served; try again later"));
	request_refuse_as(r, MHD_HTTP_SERVICE_UNAVAILABLE, &e, NULL);
}

void live_answer(struct request *r)
{
	struct live *l = r->web->live;
	int bytes = SEND_BUFFER_BYTES;
	struct err e = {0};
	struct stream *s;

	if (l->set.count >= HTTP_LISTENERS_MAX) {
		full(r);
		return;
	}
	if (!connect_source(l, &e)) {
		request_away(r, &e);
		return;
	}
	setsockopt(r->visit->fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof(bytes));
	/* HTTP/1.0: simple loudspeakers and Icecast players read to the end and know no chunks. */
	struct MHD_Response *response =
		stream_create(&l->set, r, START_FRAMES, MHD_RF_HTTP_1_0_SERVER, &s);
	if (r->head)
		stream_end(s);
	reply_header(response, "Content-Type", "audio/mpeg");
	reply_header(response, "icy-name", "VangXa");
	reply_header(response, "icy-br", "64");
	reply_guard(response, NULL);
	request_answer(r, MHD_HTTP_OK, response);
}
