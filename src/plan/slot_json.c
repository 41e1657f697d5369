/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/slot_json.h"

#include "base/json.h"
#include "base/must.h"
#include "plan/days_tell.h"
#include "plan/plan_json.h"

#include <stdio.h>

static json_t *time_json(int32_t second)
{
	char text[16];

	if (second % 60 != 0)
		snprintf(text, sizeof(text), "%02d:%02d:%02d", second / 3600, second / 60 % 60,
			 second % 60);
	else
		snprintf(text, sizeof(text), "%02d:%02d", second / 3600, second / 60 % 60);
	return json_string(text);
}

static json_t *date_json(struct date d)
{
	char text[11];

	date_print(d, text);
	return json_string(text);
}

static json_t *dates_json(const struct date *dates, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(list, date_json(dates[i]));
	return list;
}

static json_t *lunar_json(const struct lunar_pick *picks, int count)
{
	json_t *list = json_array();
	char text[8];

	for (int i = 0; i < count; i++) {
		lunar_pick_print(&picks[i], text);
		json_array_append_new(list, json_string(text));
	}
	return list;
}

static json_t *days_json(const struct slot *slot)
{
	static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	json_t *list = json_array();

	if (slot->rrule[0] != '\0' || slot->date_count > 0 || slot->lunar_count > 0) {
		json_decref(list);
		return json_null();
	}
	for (int i = 0; i < 7; i++)
		if ((slot->days >> i & 1) != 0)
			json_array_append_new(list, json_string(names[i]));
	return list;
}

static json_t *codes_json(const char (*codes)[CODE_BYTES], int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(list, json_text(codes[i]));
	return list;
}

static json_t *play_json(const struct play *p)
{
	if (p->kind == PLAY_FILE)
		return json_pack("{s:o}", "file", json_text(p->file));
	if (p->kind == PLAY_RELAY)
		return json_pack("{s:o}", "relay", json_text(p->relay));
	return json_pack("{s:{s:o, s:o}}", "bulletins", "programme",
			 codes_json(p->programmes, p->programme_count), "language",
			 codes_json(p->languages, p->language_count));
}

static json_t *order_json(const struct slot *slot)
{
	static const char *const words[] = {"level", "language", "oldest", "newest", "title"};
	json_t *list = json_array();

	for (int i = 0; i < slot->order_count; i++)
		json_array_append_new(list, json_string(words[slot->order[i]]));
	return list;
}

static json_t *zones_json(const struct slot *slot, const struct settings *s)
{
	json_t *list = json_array();

	for (int i = 0; i < s->zone_count; i++)
		if ((slot->zones >> i & 1) != 0)
			json_array_append_new(list, json_string(s->zones[i].name));
	return list;
}

static json_t *offs_json(const struct slot *slot)
{
	json_t *list = json_array();

	for (int i = 0; i < slot->off_count; i++)
		json_array_append_new(list, plan_json_off(&slot->offs[i]));
	return list;
}

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

static void add_when(json_t *o, const struct slot *slot)
{
	static const char *const holidays[] = {"as-ever", "skip", "only"};
	bool from = slot->valid_from.year > 1970; /* before it: nobody said */

	add(o, "start", time_json(slot->start_s));
	add(o, "length_s", json_integer(slot->length_s));
	add(o, "days", days_json(slot));
	add(o, "rrule", json_text(slot->rrule));
	add(o, "dates", dates_json(slot->dates, slot->date_count));
	add(o, "lunar", lunar_json(slot->lunar, slot->lunar_count));
	add(o, "except", dates_json(slot->except, slot->except_count));
	add(o, "except_lunar", lunar_json(slot->lunar_except, slot->lunar_except_count));
	add(o, "holidays", json_string(holidays[slot->holidays]));
	add(o, "offs", offs_json(slot));
	add(o, "from", from ? date_json(slot->valid_from) : json_null());
	add(o, "to", slot->has_valid_to ? date_json(slot->valid_to) : json_null());
	add(o, "valid_named", json_boolean(slot->valid_named));
	add(o, "when", days_tell_texts(slot));
	add(o, "repeat", slot->repeat_every_s == 0
				 ? json_null()
				 : json_pack("{s:i, s:o}", "every_s", slot->repeat_every_s, "until",
					     time_json(slot->repeat_until_s)));
}

/* null if nobody has allowed it to sound in quiet hours. */
static json_t *confirm_json(const struct slot *slot)
{
	if (slot->confirm_by[0] == '\0')
		return json_null();
	json_t *confirm = json_pack("{s:o, s:o}", "by", json_text(slot->confirm_by), "reason",
				    json_text(slot->confirm_reason));
	if (slot->confirm_on[0] != '\0')
		add(confirm, "on", json_text(slot->confirm_on));
	if (!slot->confirm_bound)
		return confirm;
	json_t *bound = json_pack("{s:o, s:i}", "start", time_json(slot->confirm_start_s),
				  "length_s", slot->confirm_length_s);
	if (slot->confirm_until_s >= 0)
		add(bound, "until", time_json(slot->confirm_until_s));
	add(confirm, "for", bound);
	return confirm;
}

json_t *slot_json(const struct slot *slot, const struct settings *s)
{
	static const char *const overruns[] = {"fade", "finish", "cut"};
	static const char *const breaks[] = {"resume", "restart", "drop"};
	json_t *o = json_object();

	add(o, "name", json_text(slot->name));
	add(o, "line", json_integer(slot->line));
	add_when(o, slot);
	add(o, "play", play_json(&slot->play));
	add(o, "fallback", slot->has_fallback ? play_json(&slot->fallback) : json_null());
	add(o, "order", order_json(slot));
	add(o, "overrun", json_string(overruns[slot->overrun]));
	add(o, "after_break", json_string(breaks[slot->after_break]));
	add(o, "late_s", json_integer(slot->join_within_s));
	add(o, "volume_db", json_real(slot->volume_db));
	add(o, "zones", zones_json(slot, s));
	add(o, "ident", json_boolean(slot->ident));
	add(o, "bed", json_boolean(slot->bed));
	add(o, "demo", json_boolean(slot->demo));
	add(o, "confirm", confirm_json(slot));
	return o;
}
