/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/effect.h"

#include "base/buf.h"
#include "base/must.h"
#include "plan/quiet.h"

#include <stdlib.h>
#include <string.h>

#define DAY_NS (86400 * NS_PER_S)
#define LOOK_BACK_NS (25 * 3600 * NS_PER_S) /* the longest slot, and an hour for its overrun */

static const char *keep(struct effect_view *v, const char *text)
{
	return arena_text(&v->arena, text, strlen(text));
}

static const char *zone_names(struct effect_view *v, const struct settings *s, uint32_t zones)
{
	struct buf names = {0};

	for (int i = 0; i < s->zone_count; i++)
		if ((zones >> i & 1) != 0)
			buf_print(&names, "%s%s", names.len > 0 ? ", " : "", s->zones[i].name);
	const char *kept = keep(v, buf_str(&names));
	buf_finish(&names);
	return kept;
}

static void take_items(struct effect_view *v, struct effect_start *to, const struct occurrence *o)
{
	struct effect_item *items = arena_take(&v->arena, (size_t)o->item_count, sizeof(*items));

	to->items = items;
	for (int i = 0; i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		if (item->kind == ITEM_IDENT)
			continue;
		struct effect_item *one = &items[to->item_count++];
		one->bulletin = item->kind == ITEM_BULLETIN;
		one->thing = keep(v, one->bulletin ? item->bulletin->id : item->asset->path);
		one->title = one->bulletin ? keep(v, item->bulletin->title) : one->thing;
	}
}

/* Why nothing is heard: the last reason is the one of the last resort, as check.c has it. */
static enum omission why_silent(const struct occurrence *o)
{
	return o->omission_count > 0 ? o->omissions[o->omission_count - 1].why : OMIT_NOTHING;
}

static void take_one(struct effect_view *v, const struct occurrence *o,
		     const struct plan_input *in)
{
	struct effect_start *to = &v->list[v->count++];
	const struct slot *slot = o->slot;
	struct date d = tz_date(&in->settings->tz, o->start, &to->second);

	to->start = o->start;
	to->day = date_to_days(d);
	to->slot_length_s = slot->length_s;
	to->length_frames = o->length_frames;
	for (int i = 0; i < o->item_count; i++)
		to->sound_frames = o->items[i].offset_frames + o->items[i].length_frames;
	to->join_within_s = slot->join_within_s;
	to->file = keep(v, slot->file);
	to->slot = keep(v, slot->name);
	to->zones = zone_names(v, in->settings, slot->zones);
	to->zone_mask = slot->zones;
	to->volume_db = slot->volume_db;
	to->demo = slot->demo;
	if (!slot->demo)
		take_items(v, to, o);
	to->silent = o->item_count == 0;
	to->why = to->silent ? why_silent(o) : OMIT_NOTHING;
	to->taken_by = o->taken_by != NULL ? keep(v, o->taken_by->name) : NULL;
	if (!to->silent && quiet_touches(in->settings, to->second, slot->length_s))
		to->quiet_by = keep(v, slot->confirm_by);
}

static int by_slot(const void *a, const void *b)
{
	const struct effect_start *x = a, *y = b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = strcmp(x->slot, y->slot);
	return order != 0 ? order : (x->start.ns > y->start.ns) - (x->start.ns < y->start.ns);
}

void effect_take(struct effect_view *v, const struct plan *p, const struct plan_input *in,
		 struct wall from, struct wall to)
{
	*v = (struct effect_view){0};
	v->list = arena_take(&v->arena, (size_t)p->count, sizeof(*v->list));
	for (int i = 0; i < p->count; i++) {
		const struct occurrence *o = &p->list[i];
		if (o->start.ns + ns_of_frames(o->length_frames) > from.ns && o->start.ns < to.ns)
			take_one(v, o, in);
	}
	if (v->count > 0)
		qsort(v->list, (size_t)v->count, sizeof(*v->list), by_slot);
}

void effect_finish(struct effect_view *v)
{
	arena_finish(&v->arena);
	*v = (struct effect_view){0};
}

bool effect_look(struct effect_view *v, const struct plan_input *in, struct wall now,
		 struct err *e)
{
	struct wall to = wall_add_ns(now, EFFECT_DAYS * DAY_NS);
	struct plan p;

	*v = (struct effect_view){0};
	if (!plan_make(&p, in, wall_add_ns(now, -LOOK_BACK_NS), to, e))
		return false;
	effect_take(v, &p, in, now, to);
	plan_finish(&p);
	return true;
}
