/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins, zones and times as the members of answers. */
#ifndef VX_STATION_FACTS_H
#define VX_STATION_FACTS_H

#include "base/bulletin.h"
#include "plan/settings.h"

#include <jansson.h>

/* A bulletin for the page and for --json; the caller owns it. */
json_t *facts_bulletin(const struct bulletin *b, const struct tz *tz);

/* Zone names of a set of zones, as a JSON array. */
json_t *facts_zones(const struct settings *s, uint32_t zones);

/* RFC 3339. */
json_t *facts_time(struct wall t, const struct tz *tz);

#endif
