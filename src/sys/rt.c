/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/rt.h"

#include <pthread.h>
#include <sched.h>

#define PRIORITY 40 /* below the kernel's threaded interrupts (50), above everything ordinary */

/* Weak, so that a test program's own are taken. A call that does nothing costs less than a build of
 * everything for the guard alone. */
__attribute__((weak)) void rt_enter(void)
{
}

__attribute__((weak)) void rt_leave(void)
{
}

bool rt_raise_priority(void)
{
	struct sched_param p = {.sched_priority = PRIORITY};

	return pthread_setschedparam(pthread_self(), SCHED_FIFO, &p) == 0;
}
