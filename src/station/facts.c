/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/facts.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

json_t *facts_time(struct wall t, const struct tz *tz)
{
	char text[32];

	wall_print(t, tz, text);
	return json_string(text);
}

json_t *facts_zones(const struct settings *s, uint32_t zones)
{
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++)
		if (zones >> z & 1)
			json_array_append_new(list, json_string(s->zones[z].name));
	return list;
}

static bool take(struct request *rq, const char *field, char *out, size_t bytes, const char *unset,
		 struct err *e)
{
	const char *text;

	if (!request_text(rq, field, false, &text, e))
		return false;
	if (text[0] == '\0')
		text = unset;
	if (strlen(text) >= bytes)
		return err_set(e, ERR_USAGE,
			       T("\"%s\" dài quá %zu byte", "\"%s\" is longer than %zu bytes"),
			       field, bytes - 1);
	snprintf(out, bytes, "%s", text);
	return true;
}

/* A list of texts, or one text, into an array of fixed texts. */
static bool take_list(struct request *rq, const char *field, char *out, size_t bytes, int most,
		      int *count, struct err *e)
{
	json_t *value = json_object_get(rq->args, field);
	json_t *list = json_is_array(value) ? json_incref(value) : json_array();
	bool ok = true;

	if (json_is_string(value) && json_string_length(value) > 0)
		json_array_append(list, value);
	*count = 0;
	for (size_t i = 0; ok && i < json_array_size(list); i++) {
		const char *text = json_string_value(json_array_get(list, i));
		if (*count == most)
			ok = err_set(e, ERR_USAGE,
				     T("\"%s\": nhiều nhất %d mục", "\"%s\": at most %d"),
				     field, most);
		else if (text == NULL || strlen(text) >= bytes)
			ok = err_set(e, ERR_USAGE, T("\"%s\" có mục không hợp lệ",
						     "\"%s\" has an invalid entry"), field);
		else
			snprintf(out + (size_t)(*count)++ * bytes, bytes, "%s", text);
	}
	json_decref(list);
	return ok;
}

static bool take_date(struct request *rq, const char *field, bool *has, struct date *d,
		      struct err *e)
{
	const char *text;

	if (!request_text(rq, field, false, &text, e))
		return false;
	*has = text[0] != '\0';
	if (*has && !date_parse(text, d))
		return err_set(e, ERR_USAGE,
			       T("\"%s\": \"%.40s\" không phải ngày; viết như 2026-11-23",
				 "\"%s\": \"%.40s\" is no date; write it like 2026-11-23"),
			       field, text);
	return true;
}

static bool take_level(struct request *rq, struct bulletin *b, struct err *e)
{
	const char *text;

	if (!request_text(rq, "level", false, &text, e))
		return false;
	b->level = LEVEL_ORDINARY;
	if (text[0] == '\0' || level_parse(text, &b->level))
		return true;
	return err_set(e, ERR_USAGE,
		       T("mức \"%.40s\" không có; chọn thong-thuong, uu-tien hoặc khan-cap",
			 "no level \"%.40s\"; choose thong-thuong, uu-tien or khan-cap"),
		       text);
}

bool facts_parse(struct request *rq, struct bulletin *b, struct err *e)
{
	const char *title;

	return request_text(rq, "title", true, &title, e) &&
	       take(rq, "title", b->title, sizeof(b->title), "", e) &&
	       take(rq, "language", b->language, sizeof(b->language), "vi", e) &&
	       take(rq, "kind", b->kind, sizeof(b->kind), "ban-tin", e) &&
	       take(rq, "fund", b->fund, sizeof(b->fund), "", e) &&
	       take_list(rq, "programmes", b->programmes[0], sizeof(b->programmes[0]),
			 BULLETIN_PROGRAMMES_MAX, &b->programme_count, e) &&
	       take_list(rq, "slots", b->slots[0], sizeof(b->slots[0]), BULLETIN_SLOTS_MAX,
			 &b->slot_count, e) &&
	       take_date(rq, "from", &b->has_from, &b->from, e) &&
	       take_date(rq, "to", &b->has_to, &b->to, e) && take_level(rq, b, e);
}

static json_t *texts(const char *first, size_t bytes, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++)
		json_array_append_new(list, json_string(first + (size_t)i * bytes));
	return list;
}

static void add_date(json_t *o, const char *field, bool has, struct date d)
{
	char text[11];

	if (!has)
		return;
	date_print(d, text);
	json_object_set_new(o, field, json_string(text));
}

json_t *facts_bulletin(const struct bulletin *b, const struct tz *tz)
{
	json_t *o = json_pack(
		"{s:s, s:s, s:s, s:s, s:f, s:f, s:f, s:s, s:s, s:s, s:s, s:o, s:o, s:o}", "id",
		b->id, "title", b->title, "sha256", b->sha256, "state",
		bulletin_state_code(b->state), "length_s", (double)b->frames / FRAMES_PER_S,
		"loudness_lufs", b->loudness_lufs, "peak_dbtp", b->peak_dbtp, "level",
		level_code(b->level), "language", b->language, "kind", b->kind, "fund", b->fund,
		"programmes", texts(b->programmes[0], sizeof(b->programmes[0]), b->programme_count),
		"slots", texts(b->slots[0], sizeof(b->slots[0]), b->slot_count), "received",
		facts_time(b->received, tz));

	add_date(o, "from", b->has_from, b->from);
	add_date(o, "to", b->has_to, b->to);
	return o;
}
