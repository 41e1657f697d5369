/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/facts.h"

#include "base/json.h"

json_t *facts_time(struct wall t, const struct tz *tz)
{
	char text[32];

	wall_print(t, tz, text);
	return json_string(text);
}

json_t *facts_zones(const struct settings *s, uint32_t zones)
{
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		if (zones >> z & 1)
			json_array_append_new(list, json_string(s->zones[z].name));
	return list;
}

static json_t *texts(const char *first, size_t bytes, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(list, json_string(first + (size_t)i * bytes));
	return list;
}

static void add_date(json_t *o, const char *field, bool has, struct date d)
{
	char text[11];

	if (!has)
		return;
	date_print(d, text);
	json_object_set_new(o, field, json_string(text));
}

json_t *facts_bulletin(const struct bulletin *b, const struct tz *tz)
{
	json_t *o = json_pack(
		"{s:s, s:s, s:s, s:s, s:f, s:f, s:f, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "id",
		b->id, "title", b->title, "sha256", b->sha256, "state",
		bulletin_state_code(b->state), "length_s", (double)b->frames / FRAMES_PER_S,
		"loudness_lufs", b->loudness_lufs, "peak_dbtp", b->peak_dbtp, "level",
		level_code(b->level), "language", b->language, "kind", b->kind, "fund", b->fund,
		"programmes", texts(b->programmes[0], sizeof(b->programmes[0]), b->programme_count),
		"slots", texts(b->slots[0], sizeof(b->slots[0]), b->slot_count), "received",
		facts_time(b->received, tz));

	add_date(o, "from", b->has_from, b->from);
	add_date(o, "to", b->has_to, b->to);
	return o;
}
