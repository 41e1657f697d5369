/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for programs: {"table", "title", "station", "period", "made", "log", "columns", "rows",
 * "sum", "notes"}. A row has its columns' keys, times as in the rest of the program, unknown things
 * null, and "open": for which of its figures there is a question that shows the airings behind. */
#include "base/json.h"
#include "base/must.h"
#include "report/table.h"

#include <math.h>
#include <stdlib.h>

static void add(json_t *o, const char *key, json_t *value)
{
	must(json_object_set_new(o, key, value) == 0);
}

/* Takes the value over. */
static void put(struct table_writer *w, json_t *value)
{
	char *text = json_dumps(value, JSON_LINE | JSON_ENCODE_ANY);

	must(text != NULL);
	buf_text(&w->text, text);
	free(text);
	json_decref(value);
}

static const char *type_name(enum table_type type)
{
	static const char *const names[] = {
		[TABLE_TEXT] = "text",	   [TABLE_HASH] = "text",
		[TABLE_COUNT] = "count", [TABLE_DATE] = "date",
		[TABLE_TIME] = "time",	   [TABLE_FRAMES] = "duration",
		[TABLE_MONEY] = "money",   [TABLE_PERCENT] = "percent",
		[TABLE_HUNDREDTHS] = "number"};

	return names[type];
}

static json_t *columns(const struct table_head *h)
{
	json_t *list = json_array();

	for (int i = 0; i < h->column_count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "key", h->columns[i].key,
						      "name", h->columns[i].name, "type",
						      type_name(h->columns[i].type)));
	return list;
}

static json_t *period(const struct table_head *h)
{
	char from[11], to[11];

	date_print(h->first, from);
	date_print(h->last, to);
	return json_pack("{s:s, s:s, s:s}", "name", h->period, "from", from, "to", to);
}

static void begin(struct table_writer *w)
{
	const struct table_head *h = w->head;

	buf_text(&w->text, "{\"columns\":");
	put(w, columns(h));
	buf_text(&w->text, ",\"log\":");
	put(w, json_text(h->log));
	buf_text(&w->text, ",\"made\":");
	put(w, json_time(h->made, h->tz));
	buf_text(&w->text, ",\"period\":");
	put(w, period(h));
	buf_text(&w->text, ",\"station\":");
	put(w, json_text(h->station));
	buf_text(&w->text, ",\"table\":");
	put(w, json_text(h->table));
	buf_text(&w->text, ",\"title\":");
	put(w, json_text(h->title));
	buf_text(&w->text, ",\"rows\":[");
}

static json_t *value(enum table_type type, const struct table_cell *c)
{
	char text[TABLE_CELL_BYTES];

	if (!c->set)
		return json_null();
	switch (type) {
	case TABLE_TEXT:
	case TABLE_HASH:
		return json_text(c->text);
	case TABLE_DATE:
	case TABLE_TIME:
		table_plain(type, c->number, text);
		return json_text(text);
	case TABLE_FRAMES: /* so many decimals tell each frame */
		return json_rounded((double)c->number / FRAMES_PER_S, 6);
	case TABLE_PERCENT:
		return json_rounded((double)c->number / 10.0, 1);
	case TABLE_HUNDREDTHS:
		return json_rounded((double)c->number / 100.0, 2);
	case TABLE_COUNT:
	case TABLE_MONEY:
	case TABLE_TYPES:
		break;
	}
	return json_integer(c->number);
}

static json_t *opened(const struct table_open *open)
{
	const struct {
		const char *key, *text;
	} asked[] = {{"programme", open->programme}, {"language", open->language},
		     {"kind", open->kind}, {"fund", open->fund}, {"place", open->place},
		     {"producer", open->producer}, {"only", open->only}};
	json_t *o = json_object();

	/* "" asks for what has no such code, which null would not say. */
	for (int i = 0; i < (int)(sizeof(asked) / sizeof(asked[0])); i++)
		if (asked[i].text != NULL)
			add(o, asked[i].key, json_string(asked[i].text));
	return o;
}

static json_t *object(const struct table_writer *w, const struct table_cell *cells)
{
	json_t *o = json_object(), *open = json_object();

	for (int i = 0; i < w->head->column_count; i++) {
		const struct table_column *c = &w->head->columns[i];

		add(o, c->key, value(c->type, &cells[i]));
		if (cells[i].open != NULL)
			add(open, c->key, opened(cells[i].open));
	}
	if (json_object_size(open) > 0)
		add(o, "open", json_incref(open));
	json_decref(open);
	return o;
}

static void row(struct table_writer *w, const struct table_cell *cells)
{
	buf_text(&w->text, w->rows > 0 ? ",\n" : "\n");
	put(w, object(w, cells));
}

/* "rows" is open until the first of what stands behind it. */
static void sum(struct table_writer *w, const struct table_cell *cells)
{
	buf_text(&w->text, "\n],\"sum\":");
	put(w, object(w, cells));
	buf_text(&w->text, ",\"notes\":[");
}

static void note(struct table_writer *w, const char *text)
{
	if (w->notes > 0)
		buf_text(&w->text, ",");
	put(w, json_text(text));
}

static void end(struct table_writer *w)
{
	buf_text(&w->text, "]}\n");
}

const struct table_format table_json = {begin, row, sum, note, end, NULL};
