/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/rt.h"

#include <pthread.h>
#include <sched.h>

#define PRIORITY 40 /* below the kernel's threaded interrupts (50), above everything ordinary */

bool rt_raise_priority(void)
{
	struct sched_param p = {.sched_priority = PRIORITY};

	return pthread_setschedparam(pthread_self(), SCHED_FIFO, &p) == 0;
}
