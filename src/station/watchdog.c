/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/watchdog.h"

#include "base/limits.h"
#include "base/must.h"

#include <time.h>

bool watchdog_well(struct watchdog *w)
{
	int64_t mixed = mixer_now(w->mixer).n;
	int64_t alone_ns = clock_mono(w->clock).ns - atomic_load(&w->main_at_ns);
	bool well = mixed != w->mixed && alone_ns < WATCHDOG_MAIN_S * NS_PER_S;

	w->mixed = mixed;
	return well;
}

static bool sleep_until(struct watchdog *w, struct mono t)
{
	struct timespec at = {.tv_sec = t.ns / NS_PER_S, .tv_nsec = t.ns % NS_PER_S};

	return sem_clockwait(&w->stop, CLOCK_MONOTONIC, &at) != 0;
}

static void *watch(void *arg)
{
	struct watchdog *w = arg;

	while (sleep_until(w, mono_add_ns(clock_mono(w->clock), NS_PER_S)))
		if (watchdog_well(w))
			notify_say(&w->notify, "WATCHDOG=1");
	return NULL;
}

void watchdog_start(struct watchdog *w, struct clock *clock, const struct mixer *mixer,
		    struct notify notify)
{
	*w = (struct watchdog){.clock = clock, .mixer = mixer, .notify = notify};
	must(sem_init(&w->stop, 0, 0) == 0);
	watchdog_main(w);
	notify_say(&w->notify, "READY=1");
	must(pthread_create(&w->thread, NULL, watch, w) == 0);
	w->running = true;
}

void watchdog_main(struct watchdog *w)
{
	atomic_store(&w->main_at_ns, clock_mono(w->clock).ns);
}

void watchdog_stopping(struct watchdog *w)
{
	notify_say(&w->notify, "STOPPING=1");
}

void watchdog_stop(struct watchdog *w)
{
	if (!w->running)
		return;
	sem_post(&w->stop);
	pthread_join(w->thread, NULL);
	sem_destroy(&w->stop);
	notify_close(&w->notify);
	w->running = false;
}
