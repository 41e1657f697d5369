/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/clock.h"

#include "base/must.h"
#include "sys/timekeeper.h"

#include <errno.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static int64_t read_ns(clockid_t id)
{
	struct timespec t;

	must(clock_gettime(id, &t) == 0);
	return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static struct mono real_mono(struct clock *c)
{
	(void)c;
	return (struct mono){read_ns(CLOCK_MONOTONIC)};
}

static struct wall real_wall(struct clock *c)
{
	(void)c;
	return (struct wall){read_ns(CLOCK_REALTIME)};
}

/* Programs that keep the time come and go seldom, and to look for one costs 2 ms. */
#define LOOK_NS (60 * NS_PER_S)

static const char *source_of(struct clock_real *c)
{
	struct mono now = {read_ns(CLOCK_MONOTONIC)};

	if (now.ns >= c->look_at.ns) {
		c->keeper = timekeeper_find("/proc");
		c->look_at = mono_add_ns(now, LOOK_NS);
	}
	return c->keeper != NULL ? c->keeper : "kernel";
}

static struct clock_state real_state(struct clock *c)
{
	struct timex t = {0};
	int state = adjtimex(&t);
	bool synced = state >= 0 && state != TIME_ERROR && !(t.status & STA_UNSYNC);

	return (struct clock_state){
		.synced = synced,
		.max_error_ms = (double)t.maxerror / 1000.0,
		.source = synced ? source_of((struct clock_real *)c) : NULL,
	};
}

static int64_t real_up(struct clock *c)
{
	(void)c;
	return read_ns(CLOCK_BOOTTIME);
}

static int real_step_fd(struct clock *c)
{
	return ((struct clock_real *)c)->step_fd;
}

/* A timer far in the future that the kernel cancels when somebody sets the clock. */
static void arm(int fd)
{
	struct itimerspec never = {.it_value.tv_sec = INT64_C(1) << 40};

	must(timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0 ||
	     errno == ECANCELED);
}

static bool real_stepped(struct clock *c)
{
	int fd = ((struct clock_real *)c)->step_fd;
	uint64_t count;

	if (read(fd, &count, sizeof(count)) >= 0 || errno != ECANCELED)
		return false;
	arm(fd);
	return true;
}

void clock_real_open(struct clock_real *c)
{
	static const struct clock_ops ops = {real_mono, real_wall, real_state, real_up,
					     real_step_fd, real_stepped};

	*c = (struct clock_real){.clock.ops = &ops};
	c->step_fd = timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	must(c->step_fd >= 0);
	arm(c->step_fd);
}

void clock_real_close(struct clock_real *c)
{
	close(c->step_fd);
	c->step_fd = -1;
}
