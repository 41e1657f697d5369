/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/live_parse.h"

#include "base/limits.h"

#define GAIN_DB_MAX 30

void live_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s)
{
	static const char *const known[] = {"allowed", "device",  "channel", "minutes",
					    "chime",   "gain_db", NULL};
	struct live_settings *l = &s->live;

	if (map == NULL || !yamlread_keys(r, map, known))
		return;
	yamlread_bool(r, map, "allowed", &l->allowed);
	yamlread_text(r, map, "device", l->device, sizeof(l->device));
	yamlread_int(r, map, "channel", 1, 64, &l->channel);
	yamlread_int(r, map, "minutes", 1, VOICE_S_MAX / 60, &l->minutes);
	yamlread_bool(r, map, "chime", &l->chime);
	yamlread_number(r, map, "gain_db", -GAIN_DB_MAX, GAIN_DB_MAX, "dB", &l->gain_db);
}
