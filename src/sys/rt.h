/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real-time sections: code between rt_enter and rt_leave must not allocate, lock, wait or call the
 * kernel. */
#ifndef VX_SYS_RT_H
#define VX_SYS_RT_H

#include <stdbool.h>

/* Both do nothing. Test programs put a guard in their place (tests/support/rt_guard.c): malloc,
 * free, pthread locks and the system calls that a careless hand would use (read, write, open,
 * nanosleep, futex users…) abort inside a section, naming the call. */
void rt_enter(void);
void rt_leave(void);

/* Asks the kernel for SCHED_FIFO at a modest priority for the calling thread.
 * False if the kernel says no (no rights): the station then plays at normal priority. */
bool rt_raise_priority(void);

#endif
