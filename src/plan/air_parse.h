/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What station.yaml says of an air that falls silent, and of how loud it may be. */
#ifndef VX_PLAN_AIR_PARSE_H
#define VX_PLAN_AIR_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* "dead_air: {after: 20s}" or "{after: off}"; map NULL: not there. */
void air_parse_dead(struct yamlread *r, const struct yamlnode *map, struct settings *s);

#endif
