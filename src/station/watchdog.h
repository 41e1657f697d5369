/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watchdog's food: told to the supervisor for as long as blocks are mixed. */
#ifndef VX_STATION_WATCHDOG_H
#define VX_STATION_WATCHDOG_H

#include "mix/mixer.h"
#include "sys/clock.h"
#include "sys/notify.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

/* A mixer that hangs makes no blocks, and a process that is stopped none either: nothing is said
 * any more, and after WATCHDOG_S whoever supervises kills the station and starts it again. A thread
 * of its own says it: the main one may wait for a sync of the disk for half a minute while the mix
 * goes on, and is only missed after WATCHDOG_MAIN_S. */
struct watchdog {
	struct clock *clock;
	const struct mixer *mixer;
	struct notify notify;
	int64_t mixed;			/* as last seen; the thread */
	_Atomic int64_t main_at_ns;	/* main thread → thread: it was alive then */
	sem_t stop;
	pthread_t thread;
	bool running;
};

/* Says READY=1 and begins to watch. The caller's memory; notify is taken over. */
void watchdog_start(struct watchdog *w, struct clock *clock, const struct mixer *mixer,
		    struct notify notify);
/* Once a second: the main thread is alive. */
void watchdog_main(struct watchdog *w);
/* Says STOPPING=1; it is watched on until watchdog_stop. */
void watchdog_stopping(struct watchdog *w);
void watchdog_stop(struct watchdog *w);

/* One look, each second: true if blocks were made since the last and the main thread is alive. */
bool watchdog_well(struct watchdog *w);

#endif
