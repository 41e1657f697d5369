/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/holds.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "plan/settings.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/desk.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const struct settings *settings_of(const struct desk *d)
{
	return &d->world.files->settings;
}

static void set(struct holds *h, int z, const char *who, struct wall at)
{
	if (z < 0 || h->zones >> z & 1)
		return;
	h->zones |= 1u << z;
	snprintf(h->by[z].who, sizeof(h->by[z].who), "%s", who);
	h->by[z].at = at;
}

static void take_started(const struct desk *d, const json_t *started, struct holds *h)
{
	const json_t *one;
	struct wall at;
	size_t i;

	json_array_foreach(json_object_get(started, "holds"), i, one)
		if (json_get_time(one, "at", &at))
			set(h, settings_zone(settings_of(d), json_get_text(one, "zone", "")),
			    json_get_text(one, "who", ""), at);
}

static void take_note(const struct desk *d, const json_t *note, struct holds *h)
{
	const json_t *said = json_object_get(note, "said"), *name;
	const char *code = json_get_text(said, "code", "");
	bool cut = strcmp(code, saying_code(SAYING_CUT)) == 0;
	struct wall at;
	size_t i;

	if ((!cut && strcmp(code, saying_code(SAYING_RESUMED)) != 0) ||
	    !json_get_time(note, "at", &at))
		return;
	json_array_foreach(json_object_get(said, "zones"), i, name) {
		int z = json_is_string(name) ?
			settings_zone(settings_of(d), json_string_value(name)) : -1;
		if (cut)
			set(h, z, json_get_text(note, "who", ""), at);
		else if (z >= 0)
			h->zones &= ~(1u << z);
	}
}

struct notes {
	int64_t since;
	json_t *list; /* newest first */
};

static bool collect(const struct event_row *row, void *arg)
{
	struct notes *n = arg;
	struct err ignored;

	if (row->n < n->since)
		return false;
	json_t *note = json_read(row->text, strlen(row->text), &ignored);
	if (note != NULL)
		json_array_append_new(n->list, note);
	return true;
}

bool holds_find(struct desk *d, const json_t *started, struct holds *h, struct err *e)
{
	struct notes n = {.since = json_get_integer(started, "n", -1), .list = json_array()};
	bool ok = reader_kind(ledger_view(d->ledger), KIND_NOTE, INT_MAX, collect, &n, e);

	*h = (struct holds){0};
	take_started(d, started, h);
	for (size_t i = json_array_size(n.list); i > 0; i--)
		take_note(d, json_array_get(n.list, i - 1), h);
	json_decref(n.list);
	return ok;
}

json_t *holds_json(const struct holds *h, const struct desk *d)
{
	const struct settings *s = settings_of(d);
	json_t *list = json_array();

	for (int z = 0; z < s->zone_count; z++) {
		if ((h->zones >> z & 1) == 0)
			continue;
		json_t *one = json_pack("{s:s, s:s, s:o}", "zone", s->zones[z].name, "who",
					h->by[z].who, "at", json_time(h->by[z].at, &s->tz));
		must(one != NULL);
		json_array_append_new(list, one);
	}
	return list;
}
