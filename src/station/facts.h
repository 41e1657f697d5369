/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Zones as a member of answers and entries; what the log holds is written by proof/row.h. */
#ifndef VX_STATION_FACTS_H
#define VX_STATION_FACTS_H

#include "plan/settings.h"

#include <jansson.h>

/* Zone names of a set of zones, as a JSON array; the caller owns it. */
json_t *facts_zones(const struct settings *s, uint32_t zones);

#endif
