/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real-time guard: what a real-time section must not call aborts the test and is named. */
#ifndef VX_TESTS_RT_GUARD_H
#define VX_TESTS_RT_GUARD_H

#include <stdbool.h>

#if !defined(VX_ASAN) && !defined(VX_TSAN)
#define VX_RT_GUARD 1
#endif

/* Whether the calling thread is in a section; always false where there is no guard. */
bool rt_inside(void);

#endif
