/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/past.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/history.h"
#include "station/cards.h"
#include "station/line.h"

#include <string.h>

struct past {
	const struct cards *cards;
	struct wall now;
	const struct tz *tz;
	json_t *history, *airings;
	json_int_t count;
};

static bool add_event(const struct event_row *r, void *arg)
{
	static const char *const kept[] = {"at",  "who",      "document", "reason",
					   "was", "replaces", "sender"};
	struct past *p = arg;
	struct err ignored;
	json_t *entry = json_read(r->text, strlen(r->text), &ignored), *line = json_object();

	json_object_set_new(line, "entry", json_integer(r->n));
	json_object_set_new(line, "kind", json_text(r->kind));
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
		json_t *value = json_object_get(entry, kept[i]);
		if (value != NULL && !json_is_null(value))
			json_object_set(line, kept[i], value);
	}
	json_object_set_new(line, "name", cards_name(p->cards, json_get_text(entry, "who", "")));
	json_array_append_new(p->history, line);
	json_decref(entry);
	return true;
}

static bool add_airing(const struct airing_row *r, void *arg)
{
	struct past *p = arg;

	if (p->count++ < PAST_AIRINGS_MAX)
		json_array_append_new(p->airings, line_row(r, p->now, p->tz));
	return true;
}

json_t *past_make(struct desk *d, const struct bulletin *b, struct err *e)
{
	struct view *v = ledger_view(d->ledger);
	struct cards cards;

	if (!cards_open(&cards, d, b->id, e))
		return NULL;
	struct past p = {.cards = &cards, .now = clock_wall(d->clock),
			 .tz = &d->world.files->settings.tz,
			 .history = json_array(), .airings = json_array()};
	bool ok = history_about(v, b->id, add_event, &p, e) &&
		  reader_airings_of(v, b->id, add_airing, &p, e);
	json_t *made = json_pack("{s:o, s:o, s:I}", "history", p.history, "airings", p.airings,
				 "airings_all", p.count);
	must(made != NULL);
	cards_close(&cards);
	if (ok)
		return made;
	json_decref(made);
	return NULL;
}
