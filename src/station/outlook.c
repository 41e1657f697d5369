/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/outlook.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/plan_json.h"
#include "plan/select.h"
#include "station/ahead.h"
#include "station/facts.h"
#include "station/persons.h"

#include <stdio.h>
#include <string.h>

/* The library as it would be. */
static void approve(struct ahead *a, const struct bulletin *b)
{
	for (int i = 0; i < a->bulletin_count; i++) {
		if (strcmp(a->bulletins[i].id, b->id) == 0)
			a->bulletins[i].state = BULLETIN_APPROVED;
		else if (strcmp(a->bulletins[i].id, b->replaces) == 0)
			a->bulletins[i].state = BULLETIN_REPLACED;
	}
}

static json_t *place(const struct ahead *a, const struct occurrence *o, int64_t offset_frames)
{
	struct wall start = wall_add_ns(o->start, ns_of_frames(offset_frames));

	return json_pack("{s:o, s:s, s:o}", "start",
			 json_time(start, &a->files->settings.tz), "slot", o->slot->name,
			 "zones", facts_zones(&a->files->settings, o->slot->zones));
}

static void add_items(const struct ahead *a, const struct occurrence *o, const char *id,
		      json_t *airs, int *all)
{
	for (int i = 0; i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		if (item->bulletin == NULL || strcmp(item->bulletin->id, id) != 0)
			continue;
		if (++*all > OUTLOOK_MAX)
			continue;
		json_t *line = place(a, o, item->offset_frames);
		json_object_set_new(line, "length_s",
				    json_rounded((double)item->length_frames / FRAMES_PER_S, 3));
		json_array_append_new(airs, line);
	}
}

/* A slot that does not sound at all leaves this out only if it would have played it: it may be the
 * one that the bulletin wishes for, and somebody has taken it off. */
static bool concerns(const struct ahead *a, const struct occurrence *o,
		     const struct plan_omission *omission, const struct bulletin *b)
{
	struct date day = tz_date(&a->files->settings.tz, o->start, NULL);

	if (omission->bulletin != NULL)
		return strcmp(omission->bulletin->id, b->id) == 0;
	return (omission->why == OMIT_SKIPPED || omission->why == OMIT_PAUSED ||
		omission->why == OMIT_CONFLICT) &&
	       !o->slot->demo && select_fits(b, o->slot, date_to_days(day));
}

static void add_omissions(const struct ahead *a, const struct occurrence *o,
			  const struct bulletin *b, json_t *omitted, json_t *people)
{
	for (int i = 0; i < o->omission_count && json_array_size(omitted) < OUTLOOK_MAX; i++) {
		const struct plan_omission *omission = &o->omissions[i];
		if (!concerns(a, o, omission, b))
			continue;
		json_t *line = place(a, o, 0);
		json_object_set_new(line, "reason", json_string(omission_code(omission->why)));
		json_object_set_new(line, "texts",
				    json_pack("{s:s, s:s}", "vi",
					      omission_words(omission->why, false), "en",
					      omission_words(omission->why, true)));
		json_object_set_new(line, "off", plan_json_off(o->off));
		if (o->off != NULL)
			persons_add(a->desk->users, people, o->off->by);
		json_array_append_new(omitted, line);
	}
}

static const struct bulletin *whom(const struct ahead *a)
{
	for (int i = 0; i < a->bulletin_count; i++)
		if (strcmp(a->bulletins[i].id, a->bulletin) == 0)
			return &a->bulletins[i];
	must(false);
	return NULL;
}

static void tell(struct ahead *a, json_t *reply)
{
	json_t *airs = json_array(), *omitted = json_array(), *people = json_object();
	const struct bulletin *b = whom(a);
	int all = 0;

	for (int i = 0; i < a->plan.count; i++) {
		add_items(a, &a->plan.list[i], b->id, airs, &all);
		add_omissions(a, &a->plan.list[i], b, omitted, people);
	}
	json_object_set_new(reply, "days", json_integer(OUTLOOK_DAYS));
	json_object_set_new(reply, "airs", airs);
	json_object_set_new(reply, "airs_all", json_integer(all));
	json_object_set_new(reply, "omitted", omitted);
	json_object_set_new(reply, "people", people);
}

bool outlook_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e)
{
	struct ahead *a = ahead_create(rq, OUTLOOK_DAYS, tell);

	snprintf(a->bulletin, sizeof(a->bulletin), "%s", b->id);
	approve(a, b);
	return ahead_start(a, rq, reply, e);
}
