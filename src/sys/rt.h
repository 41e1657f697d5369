/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Real-time sections: code between rt_enter and rt_leave must not allocate, lock, wait or call the
 * kernel. */
#ifndef VX_SYS_RT_H
#define VX_SYS_RT_H

#include <stdbool.h>

/* In the guard build (make SAN=rt) malloc, free, pthread locks and the system calls that a careless
 * hand would use (read, write, open, nanosleep, futex users…) are interposed and abort inside a
 * section, naming the call. In other builds both are empty and vanish. */
#ifdef VX_RT_GUARD
void rt_enter(void);
void rt_leave(void);
bool rt_inside(void);
#else
static inline void rt_enter(void)
{
}
static inline void rt_leave(void)
{
}
#endif

/* Asks the kernel for SCHED_FIFO at a modest priority for the calling thread.
 * False if the kernel says no (no rights): the station then plays at normal priority. */
bool rt_raise_priority(void);

#endif
