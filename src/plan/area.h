/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a place inside an area: the polygons and circles of CAP 1.2 (§3.2.4). Pure. */
#ifndef VX_PLAN_AREA_H
#define VX_PLAN_AREA_H

#include <stdbool.h>

/* Degrees, WGS 84. */
struct place {
	double lat, lon; /* −90 to 90, −180 to 180 */
};

/* "12.05,107.08". False if it is no such pair. */
bool area_place(const char *text, struct place *p);

/* Can they be read, wherever they lie? A warning with an area that cannot be is no warning for
 * somewhere else. */
bool area_is_polygon(const char *polygon);
bool area_is_circle(const char *circle);

/* polygon: pairs with white space between, the last as the first, at least four; by the even-odd
 * rule, on a flat map. An edge takes the shorter way around the earth (as RFC 7946, §3.1.9, reads
 * such areas), so that one of the whole Pacific has what lies west of the date line inside and not
 * the rest of the world; one around a pole has nothing inside. False, too, for what is no
 * polygon. */
bool area_in_polygon(const char *polygon, struct place p);

/* circle: "lat,lon radius", in kilometres. Great-circle distance on a sphere. */
bool area_in_circle(const char *circle, struct place p);

#endif
