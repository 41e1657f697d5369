/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins and slots as the fields of requests and answers. */
#ifndef VX_STATION_FACTS_H
#define VX_STATION_FACTS_H

#include "base/bulletin.h"
#include "station/commands.h"

#include <jansson.h>

/* Fills title, language, kind, level, fund, programmes, slots, from, to from a request; title is
 * needed. The sentence names the field that is wrong. */
bool facts_parse(struct request *rq, struct bulletin *b, struct err *e);

/* A bulletin for the page and for --json; the caller owns it. */
json_t *facts_bulletin(const struct bulletin *b, const struct tz *tz);

/* Zone names of a set of zones, as a JSON array. */
json_t *facts_zones(const struct settings *s, uint32_t zones);

/* RFC 3339. */
json_t *facts_time(struct wall t, const struct tz *tz);

#endif
