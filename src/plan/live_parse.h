/* SPDX-License-Identifier: GPL-3.0-or-later */
/* live: {allowed, device, channel, minutes, chime, gain_db} of station.yaml: whether and how people
 * may speak live. */
#ifndef VX_PLAN_LIVE_PARSE_H
#define VX_PLAN_LIVE_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* Fills s->live; faults go to r. map NULL: nothing is set. */
void live_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s);

#endif
