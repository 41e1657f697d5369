/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work aside: one function that waits for a slow disk or computes for long runs on a thread of its
 * own, and the loop is told when it is done. */
#ifndef VX_SYS_ASIDE_H
#define VX_SYS_ASIDE_H

#include "base/err.h"
#include "base/text.h"
#include "sys/loop.h"

#include <pthread.h>
#include <stdbool.h>

/* Zero-initialise; the caller's memory, until joined. All but work is on the loop's thread. */
struct aside {
	/* On the thread: touches only what its owner leaves alone meanwhile. False + err. */
	bool (*work)(void *arg, struct err *e);
	/* On the loop, after the thread has ended; may start the next. */
	void (*done)(void *arg);
	void *arg;
	bool patient; /* the machine has better to do: lowest priority, its children too */
	bool running;
	bool ok;	  /* what work returned, once it no longer runs */
	struct err error;
	enum text_reader reader; /* of whoever started it: both speak to them */
	pthread_t thread;
	struct watch watch;
	struct loop *loop;
};

/* Starts work; it must not run already. False + err when the machine has no thread to spare: then
 * neither work nor done is called. */
bool aside_start(struct aside *a, struct loop *l, struct err *e);

/* Waits until it has ended; done will not be called. Fine if nothing runs. */
void aside_join(struct aside *a);

#endif
