/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/registerout.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/registers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ID_COLUMN, FIRST_FIELD };

struct writing {
	const struct registerout *o;
	struct table_writer *w;
	struct table_column columns[TABLE_COLUMNS_MAX];
	struct table_cell cells[TABLE_COLUMNS_MAX];
	char texts[TABLE_COLUMNS_MAX][REGISTER_CELL_BYTES];
	int fields, count;
	struct err *e;
	bool ok;
};

static enum table_type type_of(const struct register_field *f)
{
	switch (f->type) {
	case REGISTER_DATE:
		return TABLE_DATE;
	case REGISTER_COUNT:
		return TABLE_COUNT;
	case REGISTER_QUANTITY:
		return TABLE_HUNDREDTHS;
	case REGISTER_MONEY:
		return TABLE_MONEY;
	case REGISTER_SHA256:
		return TABLE_HASH;
	default: /* A month too: a sheet would make some day of it. */
		return TABLE_TEXT;
	}
}

static int width_of(const struct register_field *f)
{
	return f->type == REGISTER_LONG ? 40 : f->type == REGISTER_TEXT ? 24 : 14;
}

static void add_columns(struct writing *w)
{
	const struct register_field *f = w->o->shape->fields;
	int at = FIRST_FIELD;

	w->columns[ID_COLUMN] = (struct table_column){"id", T("Mã dòng", "Id"), TABLE_TEXT, 8,
						      false};
	for (; f->key != NULL; f++, at++) {
		must(at < TABLE_COLUMNS_MAX - 2);
		w->columns[at] = (struct table_column){f->key, T(f->vi, f->en), type_of(f),
						       width_of(f), false};
	}
	w->fields = at - FIRST_FIELD;
	w->columns[at++] = (struct table_column){"entry", T("Mục nhật ký", "Log entry"),
						 TABLE_COUNT, 10, false};
	w->columns[at++] = (struct table_column){"log", T("Sổ nhật ký", "Log"), TABLE_HASH, 16,
						 false};
	w->count = at;
}

static struct table_cell cell(struct writing *w, int at, const struct register_field *f,
			      const json_t *value)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	struct date day;

	if (json_is_number(value))
		return table_number(f->type == REGISTER_QUANTITY
					    ? llround(json_number_value(value) * 100)
					    : (int64_t)json_number_value(value));
	if (f->type == REGISTER_DATE && date_parse(text, &day))
		return table_number(date_to_days(day));
	if (!table_is_text(type_of(f)))
		return (struct table_cell){.set = false}; /* nothing, or what none can be */
	if (f->type == REGISTER_PERSON && text[0] != '\0')
		return table_text(w->o->person(w->o->person_arg, text));
	register_tell(f, value, w->texts[at]);
	return table_text(w->texts[at]);
}

static bool add_row(const struct register_row *r, void *arg)
{
	struct writing *w = arg;
	const struct register_field *f = w->o->shape->fields;
	int at = FIRST_FIELD;

	w->cells[ID_COLUMN] = table_text(r->id);
	for (; f->key != NULL; f++, at++)
		w->cells[at] = cell(w, at, f, json_object_get(r->fields, f->key));
	w->cells[at++] = table_number(r->n);
	w->cells[at] = table_text(w->o->r->mark);
	w->ok = table_row(w->w, w->cells, w->e);
	return w->ok;
}

/* Nothing stands below the rows: it would be taken for one. */
bool registerout_table(const struct registerout *o, struct table_writer *to, struct err *e)
{
	struct writing *w = calloc(1, sizeof(*w));
	struct date today = report_day(o->r, o->r->made.ns / NS_PER_MS);
	char day[TABLE_CELL_BYTES], until[80];

	must(w != NULL);
	*w = (struct writing){.o = o, .w = to, .e = e, .ok = true};
	add_columns(w);
	date_tell(today, day);
	snprintf(until, sizeof(until), T("đến ngày %s", "as of %s"), day);
	struct table_head head = report_head(o->r, o->shape->name,
					     T(o->shape->vi, o->shape->en), until, w->columns,
					     w->count);
	head.first = head.last = today;
	head.log = "";
	bool ok = table_begin(to, &head, e) &&
		  registers_rows(o->r->view, o->shape->name, add_row, w, e) && w->ok &&
		  table_end(to, e);
	free(w);
	return ok;
}

struct telling {
	const struct registerout *o;
	FILE *out;
	json_t *people;
	bool any;
};

/* Takes the value over. */
static void say(FILE *out, json_t *value)
{
	must(value != NULL);
	json_dumpf(value, out, JSON_LINE | JSON_ENCODE_ANY);
	json_decref(value);
}

static void name(struct telling *t, const char *id)
{
	if (strncmp(id, "user:", 5) == 0 && json_object_get(t->people, id) == NULL)
		json_object_set_new(t->people, id,
				    json_text(t->o->r->person(t->o->r->person_arg, id)));
}

static bool tell_row(const struct register_row *r, void *arg)
{
	struct telling *t = arg;
	struct wall at = {r->at_ms * NS_PER_MS};

	fputs(t->any ? ",\n" : "\n", t->out);
	t->any = true;
	say(t->out, json_pack("{s:s, s:I, s:o, s:o, s:o, s:o, s:O}", "row", r->id, "n",
			      (json_int_t)r->n, "at", json_time(at, t->o->r->tz), "who",
			      json_text(r->who), "why", json_text(r->why), "source",
			      json_text(r->source), "fields", r->fields));
	name(t, r->who);
	for (const struct register_field *f = t->o->shape->fields; f->key != NULL; f++)
		if (f->type == REGISTER_PERSON)
			name(t, json_get_text(r->fields, f->key, ""));
	return !ferror(t->out);
}

bool registerout_json(const struct registerout *o, FILE *out, struct err *e)
{
	struct telling t = {.o = o, .out = out, .people = json_object()};

	fputs("{\"register\":", out);
	say(out, json_string(o->shape->name));
	fputs(",\"label\":", out);
	say(out, json_string(T(o->shape->vi, o->shape->en)));
	fputs(",\"made\":", out);
	say(out, json_time(o->r->made, o->r->tz));
	fputs(",\"log\":", out);
	say(out, json_text(o->r->log));
	fputs(",\"mark\":", out);
	say(out, json_text(o->r->mark));
	fputs(",\"rows\":[", out);
	bool ok = registers_rows(o->r->view, o->shape->name, tell_row, &t, e);
	fputs("\n],\"people\":", out);
	say(out, t.people);
	fputs("}\n", out);
	return ok && ((fflush(out) == 0 && !ferror(out)) ||
		      err_errno(e, T("không ghi được tệp", "the file cannot be written")));
}
