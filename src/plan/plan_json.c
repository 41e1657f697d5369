/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/plan_json.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/collide_tell.h"
#include "plan/night.h"

static double seconds(int64_t frames)
{
	return (double)frames / (double)FRAMES_PER_S;
}

/* Seconds of a position; 9 decimals tell every sample apart. */
static json_t *seconds_json(int64_t frames)
{
	return json_rounded(seconds(frames), 9);
}

static double gain_of(const struct plan_item *item, const struct settings *s)
{
	if (item->bulletin != NULL)
		return plan_gain_db(s, item->bulletin->loudness_lufs, item->bulletin->peak_dbtp);
	return plan_gain_db(s, item->asset->loudness_lufs, item->asset->peak_dbtp);
}

static json_t *item_json(const struct plan_item *item, const struct occurrence *o,
			 const struct plan_input *in)
{
	static const char *const kinds[] = {"bulletin", "file",	 "ident",
					    "tone",	"siren", "relay"};
	const struct bulletin *b = item->bulletin;
	const struct asset *a = item->asset;
	struct wall start = wall_add_ns(o->start, ns_of_frames(item->offset_frames));
	json_t *json = json_pack(
		"{s:s, s:o, s:o, s:s, s:o, s:o, s:I, s:o, s:I, s:o, s:o, s:o, s:b, s:s?, s:o}",
		"kind", kinds[item->kind], "bulletin", json_text(b != NULL ? b->id : NULL),
		"title", json_text(b != NULL ? b->title : a->path),
		"sha256", b != NULL ? b->sha256 : a->sha256,
		"start", json_time(start, &in->settings->tz),
		"offset_s", seconds_json(item->offset_frames),
		"offset_frames", (json_int_t)item->offset_frames,
		"length_s", seconds_json(item->length_frames),
		"length_frames", (json_int_t)item->length_frames,
		"fade_in_s", seconds_json(item->fade_in_frames),
		"fade_out_s", seconds_json(item->fade_out_frames),
		"gain_db", json_rounded(gain_of(item, in->settings), 2),
		"bed", item->bed_under,
		"level", b != NULL ? level_code(b->level) : NULL,
		"language", json_text(b != NULL ? b->language : NULL));

	must(json != NULL);
	return json;
}

static json_t *omission_json(const struct plan_omission *omission)
{
	const struct bulletin *b = omission->bulletin;
	json_t *json = json_pack("{s:o, s:o, s:s, s:s, s:{s:s, s:s}}",
				 "bulletin", json_text(b != NULL ? b->id : NULL),
				 "title", json_text(b != NULL ? b->title : NULL),
				 "reason", omission_code(omission->why),
				 "text", omission_text(omission->why), "texts",
				 "vi", omission_words(omission->why, false),
				 "en", omission_words(omission->why, true));

	must(json != NULL);
	return json;
}

static json_t *zones_json(uint32_t zones, const struct settings *s)
{
	json_t *list = json_array();

	for (int i = 0; i < s->zone_count; i++)
		if ((zones >> i & 1) != 0)
			json_array_append_new(list, json_string(s->zones[i].name));
	return list;
}

json_t *plan_json_off(const struct slot_off *off)
{
	char from[11], to[11];

	if (off == NULL)
		return json_null();
	date_print(off->from, from);
	date_print(off->to, to);
	json_t *json = json_pack("{s:b, s:s, s:o, s:o, s:o}", "once", off->once, "from", from, "to",
				 json_text(off->open ? NULL : to), "by", json_text(off->by),
				 "reason", json_text(off->reason));
	must(json != NULL);
	return json;
}

json_t *plan_json_occurrence(const struct occurrence *o, const struct plan_input *in)
{
	json_t *items = json_array(), *omitted = json_array();
	struct collision met;

	for (int i = 0; i < o->item_count; i++)
		json_array_append_new(items, item_json(&o->items[i], o, in));
	for (int i = 0; i < o->omission_count; i++)
		json_array_append_new(omitted, omission_json(&o->omissions[i]));
	json_t *json = json_pack(
		"{s:o, s:o, s:i, s:o, s:o, s:I, s:o, s:f, s:f, s:b, s:b, s:o, s:o, s:o, s:b, "
		"s:o, s:o, s:o, s:i}",
		"slot", json_text(o->slot->name),
		"file", json_text(o->slot->file),
		"line", o->slot->line,
		"start", json_time(o->start, &in->settings->tz),
		"length_s", seconds_json(o->length_frames),
		"length_frames", (json_int_t)o->length_frames,
		"zones", zones_json(o->slot->zones, in->settings),
		"volume_db", o->slot->volume_db,
		"night_db", night_db_at(in->settings, o->start),
		"demo", o->slot->demo,
		"shortened", o->shortened,
		"taken_by", json_text(o->taken_by != NULL ? o->taken_by->name : NULL),
		"after", json_text(o->after != NULL ? o->after->name : NULL),
		"off", plan_json_off(o->off),
		"over_long", o->over_long,
		"order", collide_at(o, &met) ? collide_json(&met, &in->settings->tz) : json_null(),
		"items", items,
		"omitted", omitted,
		"omitted_more", o->more);

	must(json != NULL);
	return json;
}

json_t *plan_json(const struct plan *p, const struct plan_input *in, struct wall from,
		  struct wall to)
{
	json_t *list = json_array();

	for (int i = 0; i < p->count; i++)
		json_array_append_new(list, plan_json_occurrence(&p->list[i], in));
	json_t *json = json_pack("{s:o, s:o, s:o}",
				 "from", json_time(from, &in->settings->tz),
				 "to", json_time(to, &in->settings->tz),
				 "occurrences", list);
	must(json != NULL);
	return json;
}
