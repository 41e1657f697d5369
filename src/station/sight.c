/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sight.h"

#include "base/json.h"
#include "people/rights.h"
#include "station/commands.h"
#include "station/world.h"

#include <string.h>

const char *sight_of(const struct request *rq)
{
	if (json_is_true(json_object_get(rq->args, "narrow")))
		return "";
	return rq->user.id == 0 || rights_may(rq->user.role, RIGHT_SEE_ALL) ? NULL : rq->who;
}

bool sight_has(const char *only, const char *sender)
{
	return only == NULL || (only[0] != '\0' && strcmp(only, sender) == 0);
}

bool sight_has_bulletin(const char *only, const struct bulletin *b)
{
	return b == NULL || sight_has(only, b->sender);
}

static void narrow(json_t *lines, const char *only, const struct world *w)
{
	json_t *line;
	size_t i;

	json_array_foreach(lines, i, line) {
		const char *id = json_get_text(line, "bulletin", "");

		if (id[0] == '\0' || sight_has_bulletin(only, world_bulletin(w, id)))
			continue;
		json_object_set_new(line, "bulletin", json_null());
		json_object_set_new(line, "title", json_string(""));
		if (json_object_get(line, "sha256") != NULL)
			json_object_set_new(line, "sha256", json_null());
	}
}

void sight_narrow_plan(json_t *plan, const char *only, const struct world *w)
{
	json_t *occurrence;
	size_t i;

	if (only == NULL)
		return;
	json_array_foreach(json_object_get(plan, "occurrences"), i, occurrence) {
		narrow(json_object_get(occurrence, "items"), only, w);
		narrow(json_object_get(occurrence, "omitted"), only, w);
		json_object_set_new(occurrence, "order", json_null());
	}
}
