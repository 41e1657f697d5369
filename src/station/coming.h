/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What airs next, as the status tells it. */
#ifndef VX_STATION_COMING_H
#define VX_STATION_COMING_H

#include <jansson.h>

struct playout;

/* The next five items: [{slot, title, start, length_s, zones, demo}], by the plan, and in a slot
 * that is open by when its run means them now. only: as in station/sight.h. The caller's. */
json_t *coming_json(struct playout *p, const char *only);

#endif
