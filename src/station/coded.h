/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes that rows of registers have: they may end, and must not go from the station's lists. */
#ifndef VX_STATION_CODED_H
#define VX_STATION_CODED_H

#include "plan/lists.h"

struct view;

/* Adds an error for each code of that file that `before` has, `after` has not, and rows of
 * registers use: with how many of which. False + err: the registers cannot be read. */
bool coded_kept(struct view *v, const char *file, const struct lists *before,
		const struct lists *after, struct faults *faults, struct err *e);

#endif
