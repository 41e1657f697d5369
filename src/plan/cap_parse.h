/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What station.yaml says about CAP messages: where its zones lie, and what is grave enough. */
#ifndef VX_PLAN_CAP_PARSE_H
#define VX_PLAN_CAP_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* "at" and "geocodes" of a zone. */
void cap_parse_zone(struct yamlread *r, const struct yamlnode *map, struct zone *z);

/* cap: {severity, urgency, repeat, above}; NULL: as it is. */
void cap_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s);

#endif
