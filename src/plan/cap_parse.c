/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/cap_parse.h"

#include "base/text.h"
#include "plan/area.h"
#include "plan/cap.h"

#include <stdio.h>
#include <string.h>

static bool add_code(struct yamlread *r, int line, const char *word, void *arg)
{
	struct zone *z = arg;

	if (z->geocode_count < CAP_GEOCODES_MAX && strlen(word) < CODE_BYTES) {
		snprintf(z->geocodes[z->geocode_count++], CODE_BYTES, "%s", word);
		return true;
	}
	yamlread_fault(r, line, T("\"geocodes\": nhiều nhất %d mã, mỗi mã %d ký tự",
				  "\"geocodes\": %d codes at most, of %d characters"),
		       CAP_GEOCODES_MAX, CODE_BYTES - 1);
	return false;
}

void cap_parse_zone(struct yamlread *r, const struct yamlnode *map, struct zone *z)
{
	struct place p;
	char at[CODE_BYTES * 2];

	if (yamlnode_get(map, "geocodes") != NULL)
		yamlread_words(r, map, "geocodes", add_code, z);
	if (!yamlread_text(r, map, "at", at, sizeof(at)))
		return;
	z->has_place = area_place(at, &p);
	z->lat = p.lat;
	z->lon = p.lon;
	if (!z->has_place)
		yamlread_fault(r, yamlnode_get(map, "at")->line,
			       T("\"at: %.40s\" cần vĩ độ, kinh độ, ví dụ at: \"12.05,107.08\"",
				 "\"at: %.40s\" needs latitude,longitude, such as "
				 "at: \"12.05,107.08\""), at);
}

static void rank(struct yamlread *r, const struct yamlnode *map, const char *key,
		 int (*of)(const char *), const char *words, int *out)
{
	char text[CODE_BYTES];

	if (!yamlread_text(r, map, key, text, sizeof(text)))
		return;
	if (of(text) >= 0)
		*out = of(text);
	else
		yamlread_fault(r, yamlnode_get(map, key)->line,
			       T("\"%s: %.30s\" phải là một trong: %s",
				 "\"%s: %.30s\" must be one of: %s"), key, text, words);
}

static bool add_above(struct yamlread *r, int line, const char *word, void *arg)
{
	struct settings *s = arg;

	if (s->cap_above_count < CAP_KEYS_MAX) {
		snprintf(s->cap_above[s->cap_above_count++], NAME_BYTES, "%s", word);
		return true;
	}
	yamlread_fault(r, line, T("\"above\": nhiều nhất %d khóa", "\"above\": %d keys at most"),
		       CAP_KEYS_MAX);
	return false;
}

void cap_parse(struct yamlread *r, const struct yamlnode *map, struct settings *s)
{
	static const char *const known[] = {"severity", "urgency", "repeat", "above", NULL};

	if (map == NULL || !yamlread_keys(r, map, known))
		return;
	rank(r, map, "severity", cap_severity, "minor, moderate, severe, extreme",
	     &s->cap_severity);
	rank(r, map, "urgency", cap_urgency, "past, future, expected, immediate",
	     &s->cap_urgency);
	yamlread_duration(r, map, "repeat", EMERGENCY_EVERY_S_MIN, 86400, &s->cap_repeat_s);
	if (yamlnode_get(map, "above") != NULL)
		yamlread_words(r, map, "above", add_above, s);
}
