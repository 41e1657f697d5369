/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/collide_tell.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"

#include <stdio.h>

json_t *collide_json(const struct collision *c, const struct tz *tz)
{
	json_t *list = json_array();

	for (int i = 0; i < c->count; i++) {
		const struct bulletin *b = c->list[i];
		json_array_append_new(list, json_pack("{s:o, s:o, s:o}", "bulletin",
						      json_text(b->id), "title",
						      json_text(b->title), "length_s",
						      json_rounded((double)b->frames /
									   FRAMES_PER_S, 3)));
	}
	json_t *o = json_pack("{s:o, s:o, s:i, s:b, s:o, s:o, s:o, s:o, s:o}", "slot",
			      json_text(c->at->slot->name), "start", json_time(c->at->start, tz),
			      "starts", c->starts, "given", c->given, "who",
			      json_text(c->who[0] != '\0' ? c->who : NULL), "said",
			      c->given ? json_time(c->said, tz) : json_null(), "with",
			      json_text(c->with != NULL ? c->with->name : NULL), "with_start",
			      c->with != NULL ? json_time(c->with_start, tz) : json_null(),
			      "bulletins", list);
	must(o != NULL);
	return o;
}

json_t *collide_saying(const struct collision *c, const struct tz *tz)
{
	json_t *said = saying(c->with != NULL ? SAYING_ORDER_MEETS : SAYING_ORDER_WAITS);
	json_t *list = json_array();
	char name[ID_BYTES + TITLE_BYTES + 8];

	for (int i = 0; i < c->count; i++) {
		snprintf(name, sizeof(name), "%s “%s”", c->list[i]->id, c->list[i]->title);
		json_array_append_new(list, json_text(name));
	}
	json_object_set_new(said, "at", json_time(c->at->start, tz));
	json_object_set_new(said, "slot", json_text(c->at->slot->name));
	if (c->with != NULL) {
		json_object_set_new(said, "with", json_text(c->with->name));
		json_object_set_new(said, "with_at", json_time(c->with_start, tz));
	}
	json_object_set_new(said, "count", json_integer(c->count));
	json_object_set_new(said, "bulletins", list);
	return said;
}
