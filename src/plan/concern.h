/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a target is one of this station: set for no place, or for one that the station's place
 * lies in, or that lies in the station's. Pure. */
#ifndef VX_PLAN_CONCERN_H
#define VX_PLAN_CONCERN_H

#include "plan/places.h"
#include "plan/targets.h"

#include <stdbool.h>

#define CONCERN_PLACES_MAX 32 /* that merged into one */

/* A place, and those that it was made of. */
struct concern {
	const struct places *places;
	const char *codes[CONCERN_PLACES_MAX]; /* of the places' or the caller's; outlive it */
	int count;
};

/* code: "" nobody says where the station is. */
void concern_begin(struct concern *c, const struct places *places, const char *code);

/* On any day that the target and first … last have in common: places are as they were then. One
 * whose places were all gone by then, or lie elsewhere, is none of the station's; where nobody
 * says where the station is, those that name places are not either. */
bool concern_has(const struct concern *c, const struct target *t, struct date first,
		 struct date last);

#endif
