/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/wording.h"

#include "base/json.h"
#include "base/must.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

static void add_day(json_t *o, const char *key, bool has, struct date d)
{
	char text[11] = "";

	if (has)
		date_print(d, text);
	add(o, key, json_text(text));
}

static void add_list(json_t *o, const char *key, const char *items, size_t bytes, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		must(json_array_append_new(list, json_text(items + (size_t)i * bytes)) == 0);
	add(o, key, list);
}

void wording_add(json_t *entry, const struct bulletin *b)
{
	add(entry, "title", json_text(b->title));
	add(entry, "level", json_text(level_code(b->level)));
	add(entry, "language", json_text(b->language));
	add(entry, "sort", json_text(b->kind));
	add(entry, "fund", json_text(b->fund));
	add_list(entry, "programmes", b->programmes[0], sizeof(b->programmes[0]),
		 b->programme_count);
	add_list(entry, "slots", b->slots[0], sizeof(b->slots[0]), b->slot_count);
	add_day(entry, "from", b->has_from, b->from);
	add_day(entry, "to", b->has_to, b->to);
}

static void take(const json_t *entry, const char *key, char *out, size_t bytes)
{
	if ((size_t)snprintf(out, bytes, "%s", json_get_text(entry, key, "")) >= bytes)
		utf8_cut(out, bytes - 1);
}

static int take_list(const json_t *entry, const char *key, char *items, size_t bytes, int most)
{
	const json_t *item;
	int count = 0;
	size_t i;

	json_array_foreach(json_object_get(entry, key), i, item)
		if (json_is_string(item) && json_string_length(item) < bytes && count < most)
			snprintf(items + (size_t)count++ * bytes, bytes, "%s",
				 json_string_value(item));
	return count;
}

void wording_take(const json_t *entry, struct bulletin *b)
{
	take(entry, "title", b->title, sizeof(b->title));
	take(entry, "language", b->language, sizeof(b->language));
	take(entry, "sort", b->kind, sizeof(b->kind));
	take(entry, "fund", b->fund, sizeof(b->fund));
	b->level = LEVEL_ORDINARY;
	level_parse(json_get_text(entry, "level", ""), &b->level);
	b->programme_count = take_list(entry, "programmes", b->programmes[0],
				       sizeof(b->programmes[0]), BULLETIN_PROGRAMMES_MAX);
	b->slot_count = take_list(entry, "slots", b->slots[0], sizeof(b->slots[0]),
				  BULLETIN_SLOTS_MAX);
	b->has_from = date_parse(json_get_text(entry, "from", ""), &b->from);
	b->has_to = date_parse(json_get_text(entry, "to", ""), &b->to);
}

json_t *wording_changes(const struct bulletin *was, const struct bulletin *is)
{
	json_t *old = json_object(), *now = json_object(), *value;
	const char *key;
	void *next;

	wording_add(old, was);
	wording_add(now, is);
	json_object_foreach_safe(old, next, key, value)
		if (json_equal(value, json_object_get(now, key)))
			json_object_del(old, key);
	json_decref(now);
	return old;
}
