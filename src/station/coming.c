/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/coming.h"

#include "base/json.h"
#include "station/facts.h"
#include "station/playout.h"
#include "station/sight.h"

#define COMING_MAX 5

static void add(json_t *list, const struct settings *s, const struct occurrence *o,
		const struct plan_item *item, struct wall start, const char *only)
{
	bool titled = item->bulletin != NULL && sight_has_bulletin(only, item->bulletin);

	json_array_append_new(
		list, json_pack("{s:s, s:s, s:o, s:f, s:o, s:b}", "slot", o->slot->name, "title",
				titled ? item->bulletin->title : o->slot->name, "start",
				json_time(start, &s->tz), "length_s",
				(double)item->length_frames / FRAMES_PER_S, "zones",
				facts_zones(s, o->slot->zones), "demo", o->slot->demo));
}

/* What was put aside is not announced: it will be missed. */
static bool is_aside(const struct playout *p, const struct plan_item *item)
{
	const char *sha256 = item->bulletin != NULL ? item->bulletin->sha256
			     : item->asset != NULL  ? item->asset->sha256 : "";

	return sha256[0] != '\0' && quarantine_has(&p->quarantine, sha256);
}

static void add_run(json_t *list, const struct playout *p, const struct occurrence *o,
		    const struct run *r, struct wall now, const char *only)
{
	for (int i = 0; i < r->item_count && json_array_size(list) < COMING_MAX; i++) {
		const struct airing *a = &r->items[i];
		if (a->logged && a->state < AIRING_ON && a->planned.ns > now.ns &&
		    !is_aside(p, &a->item))
			add(list, p->world->settings, o, &a->item, a->planned, only);
	}
}

static void add_plan(json_t *list, const struct playout *p, const struct occurrence *o,
		     struct wall now, const char *only)
{
	for (int i = 0; i < o->item_count && json_array_size(list) < COMING_MAX; i++) {
		const struct plan_item *item = &o->items[i];
		struct wall at = wall_add_ns(o->start, ns_of_frames(item->offset_frames));
		if (item->kind != ITEM_IDENT && at.ns > now.ns && !is_aside(p, item))
			add(list, p->world->settings, o, item, at, only);
	}
}

json_t *coming_json(struct playout *p, const char *only)
{
	struct wall now = playout_now(p);
	json_t *list = json_array();

	for (int i = 0; i < p->plan.count && json_array_size(list) < COMING_MAX; i++) {
		const struct occurrence *o = &p->plan.list[i];
		const struct run *r = run_opened(p, o);
		if (r != NULL)
			add_run(list, p, o, r, now, only);
		else
			add_plan(list, p, o, now, only);
	}
	return list;
}
