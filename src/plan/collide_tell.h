/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collisions of priority bulletins, told: for pages and programs, and for people. */
#ifndef VX_PLAN_COLLIDE_TELL_H
#define VX_PLAN_COLLIDE_TELL_H

#include "plan/collide.h"

#include <jansson.h>

/* {slot, start, starts, given, who, said, with, with_start, bulletins: [{bulletin, title,
 * length_s}]}, the bulletins in the order that applies; with: null where all are of one slot.
 * The caller's. */
json_t *collide_json(const struct collision *c, const struct tz *tz);

/* That somebody should say which comes first; a saying of the caller's. */
json_t *collide_saying(const struct collision *c, const struct tz *tz);

#endif
