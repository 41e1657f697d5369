/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_json.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"

static json_t *lunar_json(struct lunar l)
{
	if (l.year == 0)
		return json_null();
	return json_pack("{s:i, s:i, s:b, s:i}", "day", l.day, "month", l.month, "leap", l.leap,
			 "year", l.year);
}

static json_t *holiday_json(const struct holiday *h)
{
	if (h == NULL)
		return json_null();
	return json_pack("{s:o, s:o}", "name", json_text(h->name), "basis", json_text(h->basis));
}

json_t *days_json_special(const struct schedule *s, const struct timetable *t)
{
	json_t *replaces = json_array();
	char from[11], to[11];

	for (int i = 0; i < s->table_count; i++)
		if ((t->replaces >> i & 1) != 0)
			json_array_append_new(replaces, json_text(s->tables[i].name));
	date_print(t->valid_from, from);
	date_print(t->valid_to, to);
	return json_pack("{s:o, s:o, s:o, s:s, s:s, s:b, s:b, s:o}", "timetable",
			 json_text(t->name), "file", json_text(t->file), "basis",
			 json_text(t->basis), "from", from, "to", to, "music", t->music, "all",
			 t->replaces_all, "replaces", replaces);
}

json_t *days_json_said(const struct timetable *t)
{
	json_t *said = saying(SAYING_SPECIAL_NOW);
	char to[11];

	date_print(t->valid_to, to);
	json_object_set_new(said, "name", json_text(t->name));
	json_object_set_new(said, "to", json_string(to));
	json_object_set_new(said, "basis", json_text(t->basis));
	return said;
}

static json_t *special_json(const struct schedule *s, struct date day)
{
	json_t *list = json_array();

	for (int i = 0; i < s->table_count; i++)
		if (almanac_in_force(s, i, day))
			json_array_append_new(list, days_json_special(s, &s->tables[i]));
	return list;
}

json_t *days_json_one(const struct almanac *a, int64_t i)
{
	char text[11];

	date_print(date_from_days(a->first + i), text);
	json_t *one = json_pack("{s:s, s:o, s:o}", "date", text, "lunar", lunar_json(a->lunar[i]),
				"holiday",
				holiday_json(a->holidays != NULL ? a->holidays[i] : NULL));
	must(one != NULL);
	return one;
}

json_t *days_json(const struct plan_input *in, struct wall from, struct wall to)
{
	const struct tz *tz = &in->settings->tz;
	int64_t first = date_to_days(tz_date(tz, from, NULL));
	int64_t count = date_to_days(tz_date(tz, wall_add_ns(to, -1), NULL)) - first + 1;
	json_t *list = json_array();
	struct almanac a;

	if (to.ns <= from.ns)
		return list;
	count = count < DAYS_TOLD_MAX ? count : DAYS_TOLD_MAX;
	almanac_make(&a, in->schedule, first, count, true);
	for (int64_t i = 0; i < count; i++) {
		json_t *one = days_json_one(&a, i);
		json_object_set_new(one, "special",
				    special_json(in->schedule, date_from_days(first + i)));
		json_array_append_new(list, one);
	}
	almanac_finish(&a);
	return list;
}
