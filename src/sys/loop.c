/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/loop.h"

#include "base/must.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 32

struct loop {
	int epoll_fd;
	bool stopping;
	struct epoll_event ready[EVENTS_AT_ONCE];
	int ready_count; /* events fetched and not yet delivered, from ready_at on */
	int ready_at;
	struct watch stop_signals;
	void (*on_stop)(void *arg);
	void *on_stop_arg;
};

struct loop *loop_create(void)
{
	struct loop *l = calloc(1, sizeof(*l));

	must(l != NULL);
	l->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	must(l->epoll_fd >= 0);
	l->stop_signals.fd = -1;
	return l;
}

void loop_destroy(struct loop *l)
{
	if (l == NULL)
		return;
	if (l->stop_signals.fd >= 0)
		close(l->stop_signals.fd);
	close(l->epoll_fd);
	free(l);
}

void loop_watch(struct loop *l, struct watch *w)
{
	struct epoll_event event = {.events = w->events, .data.ptr = w};

	if (epoll_ctl(l->epoll_fd, EPOLL_CTL_MOD, w->fd, &event) == 0)
		return;
	must(errno == ENOENT);
	must(epoll_ctl(l->epoll_fd, EPOLL_CTL_ADD, w->fd, &event) == 0);
}

void loop_unwatch(struct loop *l, struct watch *w)
{
	if (w->fd >= 0)
		epoll_ctl(l->epoll_fd, EPOLL_CTL_DEL, w->fd, NULL);
	/* An event for it may already have been fetched in this round. */
	for (int i = l->ready_at; i < l->ready_count; i++)
		if (l->ready[i].data.ptr == w)
			l->ready[i].data.ptr = NULL;
}

void loop_once(struct loop *l, int timeout_ms)
{
	int count = epoll_wait(l->epoll_fd, l->ready, EVENTS_AT_ONCE, timeout_ms);

	must(count >= 0 || errno == EINTR);
	l->ready_count = count > 0 ? count : 0;
	for (l->ready_at = 0; l->ready_at < l->ready_count;) {
		struct epoll_event *event = &l->ready[l->ready_at++];
		struct watch *w = event->data.ptr;
		if (w != NULL)
			w->ready(w, event->events);
	}
	l->ready_count = 0;
}

void loop_run(struct loop *l)
{
	while (!l->stopping)
		loop_once(l, -1);
	l->stopping = false;
}

void loop_stop(struct loop *l)
{
	l->stopping = true;
}

static void timer_ready(struct watch *w, uint32_t events)
{
	struct timer *t = w->arg;
	uint64_t count;

	(void)events;
	if (read(w->fd, &count, sizeof(count)) == (ssize_t)sizeof(count))
		t->due(t);
}

void timer_open(struct timer *t, struct loop *l)
{
	t->watch.fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	must(t->watch.fd >= 0);
	t->watch.events = EPOLLIN;
	t->watch.ready = timer_ready;
	t->watch.arg = t;
	loop_watch(l, &t->watch);
}

void timer_set(struct timer *t, struct mono at)
{
	int64_t ns = at.ns > 0 ? at.ns : 1; /* 0 would disarm */
	struct itimerspec when = {.it_value = {.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S}};

	must(timerfd_settime(t->watch.fd, TFD_TIMER_ABSTIME, &when, NULL) == 0);
}

void timer_unset(struct timer *t)
{
	struct itimerspec never = {0};

	must(timerfd_settime(t->watch.fd, 0, &never, NULL) == 0);
}

void timer_close(struct timer *t, struct loop *l)
{
	loop_unwatch(l, &t->watch);
	close(t->watch.fd);
	t->watch.fd = -1;
}

static void stop_signal_ready(struct watch *w, uint32_t events)
{
	struct loop *l = w->arg;
	struct signalfd_siginfo info;

	(void)events;
	while (read(w->fd, &info, sizeof(info)) == (ssize_t)sizeof(info))
		l->on_stop(l->on_stop_arg);
}

void loop_on_stop_signals(struct loop *l, void (*fn)(void *arg), void *arg)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	must(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	l->on_stop = fn;
	l->on_stop_arg = arg;
	l->stop_signals = (struct watch){.fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC),
					 .events = EPOLLIN,
					 .ready = stop_signal_ready,
					 .arg = l};
	must(l->stop_signals.fd >= 0);
	loop_watch(l, &l->stop_signals);
}
