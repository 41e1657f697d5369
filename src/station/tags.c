/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/tags.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "station/catalogue.h"

#include <stdio.h>
#include <string.h>

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

static bool in_order(const struct bulletin *b, struct err *e)
{
	char from[11], to[11];

	if (!b->has_from || !b->has_to || date_compare(b->from, b->to) <= 0)
		return true;
	date_tell(b->from, from);
	date_tell(b->to, to);
	return err_set(e, ERR_USAGE,
		       T("\"from\" là %s, sau \"to\" là %s: bản tin sẽ không có ngày nào để phát; "
			 "đổi lại hai ngày",
			 "\"from\" is %s, after \"to\", which is %s: there would be no day to air "
			 "it on; exchange the two"),
		       from, to);
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

bool tags_read(struct request *rq, struct bulletin *b, struct err *e)
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
	       take_date(rq, "to", &b->has_to, &b->to, e) && in_order(b, e) &&
	       take_level(rq, b, e);
}

static bool slot_known(const struct schedule *s, const char *name)
{
	for (int i = 0; i < s->slot_count; i++)
		if (strcmp(s->slots[i].name, name) == 0)
			return true;
	return false;
}

static void warn_of(struct warnings *w, enum saying what, const char *key, const char *text)
{
	json_t *said = saying(what);

	json_object_set_new(said, key, json_text(text));
	warnings_add(w, said);
}

/* Timetables change from week to week, so that a slot may still come: no reason to refuse. */
static void warn_of_slots(const struct world *world, const struct bulletin *b, struct warnings *w)
{
	for (int i = 0; i < b->slot_count; i++)
		if (!slot_known(&world->files->schedule, b->slots[i]))
			warn_of(w, SAYING_SLOT_UNKNOWN, "slot", b->slots[i]);
}

static void warn_of_past(const struct desk *d, const struct bulletin *b, struct warnings *w)
{
	struct date today = tz_date(&d->world.files->settings.tz, clock_wall(d->clock), NULL);
	char to[11];

	if (!b->has_to || date_compare(b->to, today) >= 0)
		return;
	date_print(b->to, to);
	warn_of(w, SAYING_DAYS_OVER, "to", to);
}

bool tags_check(const struct desk *d, const struct bulletin *b, struct warnings *w, struct err *e)
{
	if (!catalogue_has(CODES_LANGUAGES, d->disk, b->language, w, e))
		return false;
	for (int i = 0; i < b->programme_count; i++)
		if (!catalogue_has(CODES_PROGRAMMES, d->disk, b->programmes[i], w, e))
			return false;
	warn_of_slots(&d->world, b, w);
	warn_of_past(d, b, w);
	return true;
}
