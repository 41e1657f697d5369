/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/sse.h"

#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "people/rights.h"
#include "sys/log.h"
#include "web/link.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/session.h"
#include "web/stream.h"
#include "web/web.h"

#include <stdlib.h>
#include <string.h>

#define RETRY_MS 1000
#define WARN_FAILURES 10
#define BEAT_MS 15000
#define ASK_MS 5000
#define RING_BYTES (512 << 10) /* a status of a large station is some 20 kB */
#define RING_RECORDS 1024

struct sse {
	struct web *web;
	bool narrow;
	struct link watch; /* the long one */
	struct link ask;   /* the question that shows that the station lives */
	struct timer retry, beat;
	struct fanout fanout;
	struct stream_set set;
	struct buf status;  /* the newest status as an event, "" if none yet */
	struct buf text;    /* the event being made */
	bool watching;	    /* somebody looks: else the station need not tell anything */
	bool away;
	int failures;	    /* to reach it, since it last answered */
	struct err why;
	bool stopped;
};

static void make(struct buf *out, const char *name, const json_t *data)
{
	char *text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(12));

	must(text != NULL);
	buf_reset(out);
	buf_print(out, "event: %s\ndata: ", name);
	buf_text(out, text);
	buf_text(out, "\n\n");
	free(text);
}

static void publish(struct sse *ev, const struct buf *event)
{
	if (event->len > RING_BYTES) {
		log_warn(T("sự kiện quá dài, bỏ qua: %zu byte",
			   "event too long, left out: %zu bytes"),
			 event->len);
		return;
	}
	fanout_push(&ev->fanout, event->data, event->len);
	stream_wake(&ev->set);
}

static void publish_status(struct sse *ev, const json_t *status)
{
	make(&ev->status, "status", status);
	publish(ev, &ev->status);
}

static void make_away(struct sse *ev)
{
	json_t *data = json_pack("{s:s}", "text", ev->why.text);

	must(data != NULL);
	make(&ev->text, "away", data);
	json_decref(data);
}

static void try_again(struct sse *ev, int ms)
{
	timer_set(&ev->retry, mono_add_ns(clock_mono(ev->web->clock), ms * NS_PER_MS));
}

static void went_away(struct sse *ev, const struct err *e)
{
	link_close(&ev->watch);
	link_close(&ev->ask);
	/* Station and web start together: the first seconds without it are no news. */
	if (++ev->failures == (ev->status.len > 0 ? 1 : WARN_FAILURES))
		log_warn(T("không liên lạc được với đài: %s", "the station cannot be reached: %s"),
			 e->text);
	if (!ev->away) {
		ev->away = true;
		ev->why = *e;
		make_away(ev);
		publish(ev, &ev->text);
	}
	try_again(ev, RETRY_MS);
}

static void lost(struct link *l, const struct err *e)
{
	went_away(l->arg, e);
}

/* The answer to the question: a status without the words of the protocol. */
static bool asked_line(struct link *l, const json_t *reply)
{
	struct sse *ev = l->arg;
	struct err e = {0};

	link_close(l);
	if (ev->away && ev->status.len > 0)
		log_info(T("đã nối lại với đài", "the station is back"));
	ev->away = false;
	ev->failures = 0;
	if (!client_outcome(reply, &e)) {
		log_warn(T("đài không cho biết trạng thái: %s", "the station gives no status: %s"),
			 e.text);
		return false;
	}
	json_t *status = json_copy((json_t *)(uintptr_t)reply);
	json_object_del(status, "id");
	json_object_del(status, "ok");
	publish_status(ev, status);
	json_decref(status);
	return false;
}

static void ask_status(struct sse *ev)
{
	json_t *command = json_pack("{s:i, s:s, s:b}", "id", 1, "do", "status", "narrow",
				    ev->narrow);
	struct err e = {0};

	if (!ev->ask.open && !link_open(&ev->ask, ev->web->loop, ev->web->clock,
					ev->web->config.dir, command, ASK_MS, &e))
		went_away(ev, &e);
	json_decref(command);
}

static bool plain_word(const char *name)
{
	return name != NULL && *name != '\0' && strlen(name) < 32 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz-._") == strlen(name);
}

static bool watch_line(struct link *l, const json_t *event)
{
	struct sse *ev = l->arg;
	const char *name = json_string_value(json_object_get(event, "event"));

	if (!plain_word(name))
		return true; /* the reply to "watch" itself */
	json_t *data = json_copy((json_t *)(uintptr_t)event);
	json_object_del(data, "event");
	if (strcmp(name, "status") == 0) {
		publish_status(ev, data);
	} else {
		make(&ev->text, name, data);
		publish(ev, &ev->text);
	}
	json_decref(data);
	return true;
}

static void retry(struct timer *t)
{
	struct sse *ev = t->arg;
	json_t *command = json_pack("{s:i, s:s, s:b}", "id", 1, "do", "watch", "narrow",
				    ev->narrow);
	struct err e = {0};

	if (link_open(&ev->watch, ev->web->loop, ev->web->clock, ev->web->config.dir, command, 0,
		      &e))
		ask_status(ev);
	else
		went_away(ev, &e);
	json_decref(command);
}

static void set_beat(struct sse *ev)
{
	timer_set(&ev->beat, mono_add_ns(clock_mono(ev->web->clock), BEAT_MS * NS_PER_MS));
}

static void beat(struct timer *t)
{
	struct sse *ev = t->arg;

	fanout_push(&ev->fanout, ":\n\n", 3);
	stream_wake(&ev->set);
	if (ev->watch.open)
		ask_status(ev);
	set_beat(ev);
}

static void start_watching(struct sse *ev)
{
	ev->watching = true;
	retry(&ev->retry);
	set_beat(ev);
}

/* What is known grows old from now on: the next page asks anew. */
static void stop_watching(struct sse *ev)
{
	ev->watching = ev->away = false;
	ev->failures = 0;
	link_close(&ev->watch);
	link_close(&ev->ask);
	timer_unset(&ev->retry);
	timer_unset(&ev->beat);
	buf_reset(&ev->status);
}

static void page_left(struct stream_set *set)
{
	struct sse *ev = set->arg;

	if (set->count == 0 && !ev->stopped)
		stop_watching(ev);
}

/* What a page needs first, and what one that was too slow needs again. */
static void begin_stream(struct stream *s)
{
	struct sse *ev = s->set->arg;

	if (ev->away) {
		make_away(ev);
		stream_add(s, ev->text.data, ev->text.len);
	} else if (ev->status.len > 0) {
		stream_add(s, ev->status.data, ev->status.len);
	}
}

struct sse *sse_create(struct web *w, bool narrow)
{
	struct sse *ev = calloc(1, sizeof(*ev));

	must(ev != NULL);
	ev->web = w;
	ev->narrow = narrow;
	fanout_init(&ev->fanout, RING_BYTES, RING_RECORDS);
	ev->set = (struct stream_set){.fanout = &ev->fanout, .take_bytes = 65536,
				      .skipped = begin_stream, .left = page_left, .arg = ev};
	ev->watch.line = watch_line;
	ev->ask.line = asked_line;
	ev->watch.lost = ev->ask.lost = lost;
	ev->watch.arg = ev->ask.arg = ev;
	timer_open(&ev->retry, w->loop);
	timer_open(&ev->beat, w->loop);
	ev->retry.due = retry;
	ev->beat.due = beat;
	ev->retry.arg = ev->beat.arg = ev;
	return ev;
}

void sse_stop(struct sse *ev)
{
	link_close(&ev->watch);
	link_close(&ev->ask);
	timer_close(&ev->retry, ev->web->loop);
	timer_close(&ev->beat, ev->web->loop);
	ev->stopped = true;
	stream_end_all(&ev->set);
}

void sse_destroy(struct sse *ev)
{
	if (ev == NULL)
		return;
	must(ev->stopped && ev->set.count == 0);
	fanout_finish(&ev->fanout);
	buf_finish(&ev->status);
	buf_finish(&ev->text);
	free(ev);
}

static void full(struct request *r)
{
	struct err e = {0};

	err_set(&e, ERR_CONFLICT, T("quá nhiều trang đang mở; đóng bớt rồi thử lại",
				    "too many pages are open; close some and try again"));
	request_refuse_as(r, MHD_HTTP_SERVICE_UNAVAILABLE, &e, NULL);
}

void sse_answer(struct request *r)
{
	struct web *w = r->web;
	struct err e = {0};
	bool wide = session_may(r, RIGHT_SEE_ALL, &e);
	struct sse *ev = wide ? w->sse : w->sse_narrow;
	struct MHD_Response *response;
	struct stream *s;

	if (w->sse->set.count + w->sse_narrow->set.count >= HTTP_EVENT_CLIENTS_MAX) {
		full(r);
		return;
	}
	if (!ev->watching)
		start_watching(ev);
	/* libmicrohttpd 0.9.75 ends the chunks of a HEAD that has none. */
	r->right = wide ? RIGHT_SEE_ALL : NULL;
	response = stream_create(&ev->set, r, 0,
				 r->head ? MHD_RF_HTTP_1_0_SERVER : MHD_RF_NONE, &s);
	stream_add(s, "retry: 2000\n\n", 13);
	begin_stream(s);
	if (r->head)
		stream_end(s);
	reply_header(response, "Content-Type", "text/event-stream; charset=utf-8");
	reply_header(response, "X-Accel-Buffering", "no");
	reply_guard(response, NULL);
	request_answer(r, MHD_HTTP_OK, response);
}
