/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outlook.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/running.h"
#include "station/facts.h"

#include <stdlib.h>
#include <string.h>

/* The library as it would be; the caller's. */
static struct bulletin *as_if_approved(const struct world *w, const struct bulletin *b)
{
	size_t bytes = (size_t)w->bulletin_count * sizeof(*w->bulletins);
	struct bulletin *list = malloc(bytes);

	must(list != NULL);
	memcpy(list, w->bulletins, bytes);
	for (int i = 0; i < w->bulletin_count; i++) {
		if (strcmp(list[i].id, b->id) == 0)
			list[i].state = BULLETIN_APPROVED;
		else if (strcmp(list[i].id, b->replaces) == 0)
			list[i].state = BULLETIN_REPLACED;
	}
	return list;
}

static json_t *place(const struct desk *d, const struct occurrence *o, int64_t offset_frames)
{
	struct wall start = wall_add_ns(o->start, ns_of_frames(offset_frames));

	return json_pack("{s:o, s:s, s:o}", "start",
			 json_time(start, &d->world.files->settings.tz), "slot", o->slot->name,
			 "zones", facts_zones(&d->world.files->settings, o->slot->zones));
}

static void add_items(const struct desk *d, const struct occurrence *o, const char *id,
		      json_t *airs, int *all)
{
	for (int i = 0; i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		if (item->bulletin == NULL || strcmp(item->bulletin->id, id) != 0)
			continue;
		if (++*all > OUTLOOK_MAX)
			continue;
		json_t *line = place(d, o, item->offset_frames);
		json_object_set_new(line, "length_s",
				    json_rounded((double)item->length_frames / FRAMES_PER_S, 3));
		json_array_append_new(airs, line);
	}
}

static void add_omissions(const struct desk *d, const struct occurrence *o, const char *id,
			  json_t *omitted)
{
	for (int i = 0; i < o->omission_count && json_array_size(omitted) < OUTLOOK_MAX; i++) {
		const struct plan_omission *omission = &o->omissions[i];
		if (omission->bulletin == NULL || strcmp(omission->bulletin->id, id) != 0)
			continue;
		json_t *line = place(d, o, 0);
		json_object_set_new(line, "reason", json_string(omission_code(omission->why)));
		json_object_set_new(line, "texts",
				    json_pack("{s:s, s:s}", "vi",
					      omission_words(omission->why, false), "en",
					      omission_words(omission->why, true)));
		json_array_append_new(omitted, line);
	}
}

json_t *outlook_make(struct desk *d, const struct bulletin *b, struct err *e)
{
	struct bulletin *list = as_if_approved(&d->world, b);
	struct plan_input input = d->world.input;
	struct wall from = clock_wall(d->clock);
	struct plan plan = {0};
	int all = 0;

	input.bulletins = list;
	bool ok = plan_make(&plan, &input, from, wall_add_ns(from, OUTLOOK_DAYS * 86400 * NS_PER_S),
			    e);
	json_t *airs = json_array(), *omitted = json_array();
	for (int i = 0; i < plan.count; i++) {
		add_items(d, &plan.list[i], b->id, airs, &all);
		add_omissions(d, &plan.list[i], b->id, omitted);
	}
	plan_finish(&plan);
	free(list);
	json_t *made = json_pack("{s:i, s:o, s:i, s:o}", "days", OUTLOOK_DAYS, "airs", airs,
				 "airs_all", all, "omitted", omitted);
	must(made != NULL);
	if (ok)
		return made;
	json_decref(made);
	return NULL;
}
