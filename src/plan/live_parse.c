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
	r->field = "live_allowed";
	yamlread_bool(r, map, "allowed", &l->allowed);
	r->field = "live_device";
	yamlread_text(r, map, "device", l->device, sizeof(l->device));
	r->field = "live_channel";
	yamlread_int(r, map, "channel", 1, 64, &l->channel);
	r->field = "live_minutes";
	yamlread_int(r, map, "minutes", 1, VOICE_S_MAX / 60, &l->minutes);
	r->field = "live_chime";
	yamlread_bool(r, map, "chime", &l->chime);
	r->field = "live_gain_db";
	yamlread_number(r, map, "gain_db", -GAIN_DB_MAX, GAIN_DB_MAX, "dB", &l->gain_db);
	r->field = NULL;
}
