/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds: zones that somebody has cut. They outlive the program: a cut that a power failure ended
 * would sound a horn somebody is working on. */
#ifndef VX_STATION_HOLDS_H
#define VX_STATION_HOLDS_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct desk;

/* Who cut a zone: the first who did. */
struct hold {
	char who[CODE_BYTES]; /* "user:7", "uid:1000" */
	struct wall at;
};

struct holds {
	uint32_t zones; /* bit i: zone i is cut */
	struct hold by[ZONES_MAX];
};

/* What held when the run before this one ended: what its station.started says (NULL: the first
 * ever), and what was cut and resumed since. A zone that has left the settings holds nothing. */
bool holds_find(struct desk *d, const json_t *started, struct holds *h, struct err *e);

/* The member "holds" of station.started: [{"zone", "who", "at"}…]. The caller's. */
json_t *holds_json(const struct holds *h, const struct desk *d);

#endif
