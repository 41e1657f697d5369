/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/line.h"

#include "base/json.h"
#include "plan/running.h"
#include "proof/row.h"
#include "proof/zonelevel.h"

#include <string.h>

static const char *fate_of(const struct airing_row *r, struct wall now)
{
	if (strcmp(r->result, "on-air") == 0 && r->planned_ms > now.ns / NS_PER_MS)
		return "waiting";
	return row_fate_of(r);
}

/* Of what plays no bulletin its slot says more than its file; an emergency's signal has none. */
static const char *title_beside(const struct airing_row *r)
{
	return r->slot[0] == '\0' && (r->emergency[0] != '\0' || r->drill) ? row_title(r) : r->slot;
}

json_t *line_row(const struct airing_row *r, struct wall now, const struct tz *tz)
{
	bool bulletin = r->bulletin[0] != '\0';
	const char *kind = bulletin		  ? "bulletin"
			   : r->sha256[0] != '\0' ? "file"
			   : strncmp(r->file, RELAY_PATH, strlen(RELAY_PATH)) == 0 ? "relay"
			   : strncmp(r->file, LIVE_PATH, strlen(LIVE_PATH)) == 0 ? "live"
										 : "slot";
	json_t *o = row_airing_json(r, tz);

	json_object_set_new(o, "airing", json_text(r->id));
	json_object_set_new(o, "length_s", json_rounded((double)r->planned_length_ms / 1000, 3));
	if (strcmp(kind, "live") != 0)
		json_object_set_new(o, "title", json_text(bulletin ? r->title : title_beside(r)));
	json_object_set_new(o, "kind", json_string(kind));
	json_object_set_new(o, "fate", json_string(fate_of(r, now)));
	return o;
}

static bool says_nothing(const json_t *value)
{
	return value == NULL || json_is_null(value) || json_is_false(value) ||
	       (json_is_array(value) && json_array_size(value) == 0);
}

/* Where all zones have the level of the airing, that says it. */
static bool says_more(const char *name, const json_t *line, const json_t *value)
{
	return strcmp(name, "proof_by_zone") != 0 ||
	       zonelevel_differs(value, json_get_text(line, "proof", ""));
}

json_t *line_brief(json_t *line)
{
	static const char *const shown[] = {
		"planned", "length_s", "slot", "title", "bulletin", "kind", "zones", "level",
		"language", "programmes", "airing", "fate", "reason", "reason_texts", "cause",
		"cause_texts",
		"detail_texts", "who", "start", "end", "complete", "proof", "proof_by_zone",
		"recorded_texts",
		"corrected_start", "demo", "emergency", "drill"};
	json_t *brief = json_object();

	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		json_t *value = json_object_get(line, shown[i]);
		if (!says_nothing(value) && says_more(shown[i], line, value))
			json_object_set(brief, shown[i], value);
	}
	json_decref(line);
	return brief;
}
