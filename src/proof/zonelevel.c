/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/zonelevel.h"

#include "base/json.h"

#include <string.h>

static bool is_found(const json_t *o)
{
	return strcmp(json_get_text(o, "code", ""), "found") == 0;
}

static bool heard_in(const json_t *checked, const char *zone)
{
	const json_t *ear;
	size_t i;

	json_array_foreach(json_object_get(checked, "microphones"), i, ear)
		if (strcmp(json_get_text(ear, "zone", ""), zone) == 0)
			return is_found(ear);
	return false;
}

/* Older entries give the zone's search and the airing's level only: from these by the rules of
 * station/listen.h. */
static const char *found_in(const json_t *checked, const char *zone)
{
	const json_t *o = json_object_get(json_object_get(checked, "by_zone"), zone);

	if (o == NULL)
		return "A";
	if (json_object_get(o, "proof") != NULL)
		return json_get_text(o, "proof", "A");
	if (strcmp(json_get_text(o, "code", ""), "different") == 0)
		return "A";
	return heard_in(checked, zone) ? "C" : is_found(o) ? "B" : "A";
}

const char *zonelevel_sent(const json_t *by_zone, const char *zone)
{
	return json_get_text(json_object_get(by_zone, zone), "proof", "");
}

static json_t *object_of(const char *text)
{
	struct err ignored;

	return text != NULL && text[0] != '\0' ? json_read(text, strlen(text), &ignored) : NULL;
}

json_t *zonelevel_read(const char *by_zone, const char *checked)
{
	json_t *zones = object_of(by_zone), *again = object_of(checked), *one;
	json_t *levels = json_object_size(zones) > 0 ? json_object() : NULL;
	const char *name;

	json_object_foreach(zones, name, one) {
		bool sent = zonelevel_sent(zones, name)[0] != '\0';
		json_object_set_new(levels, name,
				    json_text(sent ? found_in(again, name) : NULL));
	}
	json_decref(zones);
	json_decref(again);
	return levels;
}

bool zonelevel_differs(const json_t *levels, const char *proof)
{
	const char *name;
	json_t *level;

	json_object_foreach((json_t *)(uintptr_t)levels, name, level)
		if (strcmp(json_is_string(level) ? json_string_value(level) : "", proof) != 0)
			return true;
	return false;
}

const char *zonelevel_best(const json_t *levels, const char *proof)
{
	const char *best = proof, *name;
	json_t *level;

	json_object_foreach((json_t *)(uintptr_t)levels, name, level)
		if (json_is_string(level) && strcmp(json_string_value(level), best) > 0)
			best = json_string_value(level);
	return best;
}

void zonelevel_print(struct buf *out, const json_t *levels)
{
	const char *name, *between = "";
	json_t *level;

	json_object_foreach((json_t *)(uintptr_t)levels, name, level) {
		buf_print(out, "%s%s: %s", between, name,
			  json_is_string(level) ? json_string_value(level) : "-");
		between = "; ";
	}
}

void zonelevel_tell(struct buf *out, const json_t *levels, const char *proof)
{
	if (zonelevel_differs(levels, proof))
		zonelevel_print(out, levels);
	else
		buf_text(out, proof);
}
