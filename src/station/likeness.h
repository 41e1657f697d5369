/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bulletin sounds like one that has just come, by their fingerprints (library/print.h). */
#ifndef VX_STATION_LIKENESS_H
#define VX_STATION_LIKENESS_H

#include "base/limits.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct likeness {
	char bulletin[ID_BYTES]; /* "" none */
	double share;		 /* as alike() gives it */
};

/* Aside of the loop, with a view of its own: compares the fingerprint of DIR/masters/<sha256>,
 * which has so many frames, with those of bulletins of nearly that length, the newest
 * LIKENESS_LOOKED_MAX of them, and keeps the nearest; the same master is none of them
 * (station/twins.h knows it without), nor is `replaces`. A fingerprint that is missing (an older
 * bulletin, a restored copy) is made from its master, LIKENESS_MADE_MAX in one call: each upload
 * makes some. What goes wrong is logged, and no likeness. */
void likeness_look(const char *dir, const char *sha256, int64_t frames, const char *replaces,
		   _Atomic bool *cancel, struct likeness *found);

#endif
