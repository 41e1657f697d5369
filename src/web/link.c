/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/link.h"

#include "base/json.h"
#include "base/text.h"

#include <sys/epoll.h>

static void lose(struct link *l, const struct err *e)
{
	link_close(l);
	l->lost(l, e);
}

static void wait_again(struct link *l)
{
	if (l->wait_ms > 0)
		timer_set(&l->timer, mono_add_ns(clock_mono(l->clock), l->wait_ms * NS_PER_MS));
}

/* The descriptor is watched for writing only while something is queued. */
static void watch_again(struct link *l)
{
	uint32_t events = EPOLLIN | (l->client.out.len > 0 ? EPOLLOUT : 0);

	if (events != l->watch.events) {
		l->watch.events = events;
		loop_watch(l->loop, &l->watch);
	}
}

static void talk(struct link *l, uint32_t events)
{
	struct err e = {0};
	json_t *line;

	if ((events & EPOLLOUT) && !client_flush(&l->client, &e)) {
		lose(l, &e);
		return;
	}
	for (bool more = true; more;) {
		enum client_got got = client_receive(&l->client, &line, &e);
		if (got == CLIENT_NOTHING) {
			watch_again(l);
			return;
		}
		if (got == CLIENT_GONE) {
			lose(l, &e);
			return;
		}
		wait_again(l);
		more = l->line(l, line);
		json_decref(line);
	}
}

static void ready(struct watch *w, uint32_t events)
{
	struct link *l = w->arg;
	enum text_reader before = text_speak(l->reader);

	talk(l, events); /* which may free it */
	text_speak(before);
}

static void too_late(struct timer *t)
{
	struct link *l = t->arg;
	enum text_reader before = text_speak(l->reader);
	struct err e = {0};

	err_set(&e, ERR_FAILED,
		T("đài không trả lời; thử lại, hoặc khởi động lại chương trình",
		  "the station does not answer; try again, or restart the program"));
	lose(l, &e);
	text_speak(before);
}

bool link_open(struct link *l, struct loop *loop, struct clock *clock, const char *dir,
	       const json_t *request, int wait_ms, struct err *e)
{
	if (!client_open(&l->client, dir, e))
		return false;
	if (!client_send(&l->client, request, e)) {
		client_close(&l->client);
		return false;
	}
	l->reader = text_reader(json_get_text(request, "lang", NULL));
	l->loop = loop;
	l->clock = clock;
	l->wait_ms = wait_ms;
	l->open = true;
	l->watch = (struct watch){.fd = l->client.fd,
				  .events = EPOLLIN | (l->client.out.len > 0 ? EPOLLOUT : 0),
				  .ready = ready,
				  .arg = l};
	loop_watch(loop, &l->watch);
	timer_open(&l->timer, loop);
	l->timer.due = too_late;
	l->timer.arg = l;
	wait_again(l);
	return true;
}

int link_take(struct link *l, struct buf *rest)
{
	int fd = l->client.fd;

	*rest = l->client.in;
	l->client.in = (struct buf){0};
	loop_unwatch(l->loop, &l->watch);
	timer_close(&l->timer, l->loop);
	l->open = false;
	l->client.fd = -1;
	client_close(&l->client);
	return fd;
}

void link_close(struct link *l)
{
	if (!l->open)
		return;
	l->open = false;
	loop_unwatch(l->loop, &l->watch);
	timer_close(&l->timer, l->loop);
	client_close(&l->client);
}
