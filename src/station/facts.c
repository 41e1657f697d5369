/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/facts.h"

json_t *facts_zones(const struct settings *s, uint32_t zones)
{
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		if (zones >> z & 1)
			json_array_append_new(list, json_string(s->zones[z].name));
	return list;
}
