/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct faulting {
	void (*tell)(void *arg, const char *key, const char *why);
	void *arg;
	int count;
	json_t *keys; /* that have one */
};

static void fault(struct faulting *f, const char *key, const char *why)
{
	f->count++;
	must(json_object_set_new(f->keys, key, json_true()) == 0);
	if (f->tell != NULL)
		f->tell(f->arg, key, why);
}

static void take_field(const struct register_shape *r, const struct codes *lists, const char *key,
		       const json_t *given, json_t *row, struct faulting *f)
{
	const struct register_field *field = register_field(r, key);
	char why[REASON_BYTES];
	json_t *value = NULL;

	if (field == NULL)
		fault(f, key, T("không có cột này", "there is no such field"));
	else if (!register_take(field, lists, given, &value, why))
		fault(f, key, why);
	else if (value != NULL)
		must(json_object_set_new(row, key, value) == 0);
}

/* "result,solved": said of a choice, the fields that tell more of it. */
static bool asks_for(const struct register_choice *c, const char *key)
{
	size_t len = strlen(key);

	for (const char *p = c->asks; p != NULL && *p != '\0'; p += strcspn(p, ","), p += *p == ',')
		if (strcspn(p, ",") == len && strncmp(p, key, len) == 0)
			return true;
	return false;
}

/* Who says that something is solved says when, and how. */
static void check_asked(const struct register_shape *r, const struct register_field *f,
			const json_t *row, struct faulting *to)
{
	const char *chosen = json_get_text(row, f->key, "");
	const struct register_choice *c = f->choices;
	char why[REASON_BYTES];

	while (c->code != NULL && strcmp(c->code, chosen) != 0)
		c++;
	for (const struct register_field *g = r->fields; c->code != NULL && g->key != NULL; g++) {
		if (!asks_for(c, g->key) || json_object_get(row, g->key) != NULL ||
		    json_object_get(to->keys, g->key) != NULL)
			continue;
		snprintf(why, sizeof(why), T("còn thiếu: \"%s\" thì phải ghi %s",
					     "is missing: what is \"%s\" must say %s"),
			 T(c->vi, c->en), T(g->vi, g->en));
		fault(to, g->key, why);
	}
}

/* Whatever stands in a row must fit into one entry with all that an entry has. */
static void check_size(const json_t *row, struct faulting *f)
{
	char *line = json_dumps(row, JSON_LINE);

	must(line != NULL);
	if (strlen(line) > REGISTER_ROW_BYTES_MAX)
		fault(f, "", T("cả dòng dài quá 12.000 byte",
			       "the row is longer than 12,000 bytes in all"));
	free(line);
}

json_t *register_row_take(const struct register_shape *r, const struct codes *lists,
			  const json_t *given,
			  void (*tell)(void *arg, const char *key, const char *why), void *arg,
			  int *faults)
{
	struct faulting f = {tell, arg, 0, json_object()};
	json_t *row = json_object(), *value;
	char why[REASON_BYTES];
	const char *key;

	json_object_foreach((json_t *)given, key, value)
		take_field(r, lists, key, value, row, &f);
	must(f.keys != NULL);
	for (const struct register_field *field = r->fields; field->key != NULL; field++)
		if (field->required && json_object_get(row, field->key) == NULL &&
		    json_object_get(f.keys, field->key) == NULL)
			fault(&f, field->key, T("còn thiếu", "is missing"));
		else if (field->firm)
			check_asked(r, field, row, &f);
	if (f.count == 0) {
		key = r->amiss != NULL ? r->amiss(row, why) : NULL;
		if (key != NULL)
			fault(&f, key, why);
		check_size(row, &f);
	}
	json_decref(f.keys);
	*faults = f.count;
	return row;
}

static void tell_day(const char *day, char *out)
{
	struct date d;

	snprintf(out, REGISTER_CELL_BYTES, "%s", day);
	if (date_parse(day, &d))
		date_tell(d, out);
}

static void tell_codes(const json_t *list, char *out)
{
	size_t i, used = 0;
	json_t *one;

	out[0] = '\0';
	json_array_foreach(list, i, one)
		if (json_is_string(one) && used < REGISTER_CELL_BYTES)
			used += (size_t)snprintf(out + used, REGISTER_CELL_BYTES - used, "%s%s",
						 used > 0 ? ", " : "", json_string_value(one));
}

const char *register_choice_text(const struct register_field *f, const char *code)
{
	const struct register_choice *c = f->choices;

	while (c != NULL && c->code != NULL && strcmp(c->code, code) != 0)
		c++;
	return c != NULL && c->code != NULL ? T(c->vi, c->en) : code;
}

static void tell_text(const struct register_field *f, const char *text, char *out)
{
	if (f->type == REGISTER_DATE)
		tell_day(text, out);
	else if (f->type == REGISTER_MONTH && strlen(text) == strlen("2026-11"))
		snprintf(out, REGISTER_CELL_BYTES, "%s/%.4s", text + strlen("2026-"), text);
	else if (f->type == REGISTER_CHOICE)
		snprintf(out, REGISTER_CELL_BYTES, "%s", register_choice_text(f, text));
	else
		snprintf(out, REGISTER_CELL_BYTES, "%s", text);
}

void register_tell(const struct register_field *f, const json_t *value,
		   char out[static REGISTER_CELL_BYTES])
{
	out[0] = '\0';
	if (json_is_string(value))
		tell_text(f, json_string_value(value), out);
	else if (json_is_integer(value))
		snprintf(out, REGISTER_CELL_BYTES, "%lld", (long long)json_integer_value(value));
	else if (json_is_real(value))
		snprintf(out, REGISTER_CELL_BYTES, "%.15g", json_real_value(value));
	else if (json_is_boolean(value))
		snprintf(out, REGISTER_CELL_BYTES, "%s",
			 json_is_true(value) ? T("có", "yes") : T("không", "no"));
	else if (json_is_array(value))
		tell_codes(value, out);
}
