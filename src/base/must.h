/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own mistakes: a condition that must hold, checked in the shipped program too. */
#ifndef VX_BASE_MUST_H
#define VX_BASE_MUST_H

/* Dies with file, line and condition on stderr (one write(2), no allocation) and abort(). Never
 * compiled out: a station that goes on after a broken invariant would log things that are not true.
 * Things that merely happen (a missing file, a full disk) are errors: see err.h. */
#define must(cond) ((cond) ? (void)0 : must_fail(__FILE__, __LINE__, __func__, #cond))

_Noreturn void must_fail(const char *file, int line, const char *func, const char *cond);

#endif
