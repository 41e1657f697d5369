/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The event loop of a process: descriptors and timers call back on one thread (epoll). */
#ifndef VX_SYS_LOOP_H
#define VX_SYS_LOOP_H

#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

struct loop;

/* A watched descriptor; the caller's memory, must outlive its watching. */
struct watch {
	int fd;
	uint32_t events; /* EPOLLIN, EPOLLOUT… as last asked for */
	void (*ready)(struct watch *w, uint32_t events);
	void *arg;
};

/* A one-shot timer on the monotonic clock; the caller's memory. */
struct timer {
	struct watch watch;
	void (*due)(struct timer *t);
	void *arg;
};

/* Never fail but for lack of descriptors at start (must). All functions on the loop's own
 * thread. */
struct loop *loop_create(void);
void loop_destroy(struct loop *l);

/* Runs until loop_stop; each callback runs to its end before the next. */
void loop_run(struct loop *l);
void loop_stop(struct loop *l);

/* Waits at most timeout_ms (−1: for ever) and delivers what is ready, once. */
void loop_once(struct loop *l, int timeout_ms);

void loop_watch(struct loop *l, struct watch *w);	/* start, or change events */
void loop_unwatch(struct loop *l, struct watch *w);	/* stop; safe inside callbacks */

void timer_open(struct timer *t, struct loop *l);
/* Due at t_mono (at once if past); setting again moves it. */
void timer_set(struct timer *t, struct mono at);
void timer_unset(struct timer *t); /* not due any more; fine if it was not set */
void timer_close(struct timer *t, struct loop *l);

/* Calls fn(arg) on the loop for SIGTERM and SIGINT (blocked for all threads made afterwards). */
void loop_on_stop_signals(struct loop *l, void (*fn)(void *arg), void *arg);

#endif
