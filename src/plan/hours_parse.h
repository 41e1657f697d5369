/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hours of the day in station.yaml: quiet hours, and those of the night's volume. Pure. */
#ifndef VX_PLAN_HOURS_PARSE_H
#define VX_PLAN_HOURS_PARSE_H

#include "plan/settings.h"
#include "plan/yamlread.h"

/* quiet: {from, to}. Faults are added to r's; without one s has them. */
void hours_parse_quiet(struct yamlread *r, const struct yamlnode *n, struct settings *s);

/* night: {from, to, volume_db}, likewise. */
void hours_parse_night(struct yamlread *r, const struct yamlnode *n, struct settings *s);

#endif
