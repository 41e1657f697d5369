/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/register.h"

#include "base/must.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct register_shape *register_at(int i)
{
	return i >= 0 && i < REGISTERS ? &register_shapes[i] : NULL;
}

const struct register_shape *register_find(const char *name)
{
	for (int i = 0; register_at(i) != NULL; i++)
		if (strcmp(register_shapes[i].name, name) == 0)
			return &register_shapes[i];
	return NULL;
}

const struct register_field *register_field(const struct register_shape *r, const char *key)
{
	for (const struct register_field *f = r->fields; f->key != NULL; f++)
		if (strcmp(f->key, key) == 0)
			return f;
	return NULL;
}

int64_t register_id_number(const char *id)
{
	size_t letters = 0, digits;

	while (id[letters] >= 'A' && id[letters] <= 'Z')
		letters++;
	digits = strspn(id + letters, "0123456789");
	if (letters < 2 || digits < 1 || digits > 15 || id[letters] == '0' ||
	    id[letters + digits] != '\0' || letters + digits >= ID_BYTES)
		return -1;
	return strtoll(id + letters, NULL, 10);
}

int64_t register_number(const struct register_shape *r, const char *id)
{
	size_t len = strlen(r->prefix);

	if (strncmp(id, r->prefix, len) != 0 || id[len] < '0' || id[len] > '9')
		return -1;
	return register_id_number(id);
}

void register_id(const struct register_shape *r, int64_t number, char out[static ID_BYTES])
{
	snprintf(out, ID_BYTES, "%s%lld", r->prefix, (long long)number);
}

static const char *type_name(enum register_type type)
{
	static const char *const names[REGISTER_TYPES] = {
		[REGISTER_TEXT] = "text",	  [REGISTER_LONG] = "long",
		[REGISTER_PERSON] = "person",	  [REGISTER_CODE] = "code",
		[REGISTER_CODES] = "codes",	  [REGISTER_DATE] = "date",
		[REGISTER_MONTH] = "month",	  [REGISTER_COUNT] = "count",
		[REGISTER_QUANTITY] = "quantity", [REGISTER_MONEY] = "money",
		[REGISTER_FLAG] = "flag",	  [REGISTER_CHOICE] = "choice",
		[REGISTER_SHA256] = "sha256",	  [REGISTER_ROW] = "row",
		[REGISTER_BULLETIN] = "bulletin",
	};

	return names[type];
}

const char *register_list_name(const struct register_field *f)
{
	static const char *const names[CODES_LISTS] = {
		[CODES_PROGRAMMES] = "programmes", [CODES_GROUPS] = "groups",
		[CODES_DOCUMENTS] = "documents",   [CODES_LANGUAGES] = "languages",
		[CODES_FUNDS] = "funds",	   [CODES_KINDS] = "kinds",
	};

	return f->type == REGISTER_CODE || f->type == REGISTER_CODES ? names[f->list] : NULL;
}

static json_t *choices_json(const struct register_choice *c)
{
	json_t *list = json_array();

	for (; c->code != NULL; c++)
		must(json_array_append_new(list, json_pack("{s:s, s:s, s:s*}", "code", c->code,
							   "label", T(c->vi, c->en), "asks",
							   c->asks)) == 0);
	return list;
}

static json_t *field_json(const struct register_field *f)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:b}", "key", f->key, "label", T(f->vi, f->en),
			      "type", type_name(f->type), "required", f->required);
	int bad = o == NULL;

	if (register_list_name(f) != NULL)
		bad |= json_object_set_new(o, "list", json_string(register_list_name(f)));
	if (f->type == REGISTER_ROW)
		bad |= json_object_set_new(o, "of", json_string(f->of));
	if (f->type == REGISTER_CHOICE)
		bad |= json_object_set_new(o, "choices", choices_json(f->choices));
	if (f->state)
		bad |= json_object_set_new(o, "state", json_true());
	if (f->max > 0)
		bad |= json_object_set_new(o, "max", json_integer(f->max));
	must(bad == 0);
	return o;
}

json_t *register_shapes_json(void)
{
	json_t *list = json_array();

	for (int i = 0; register_at(i) != NULL; i++) {
		const struct register_shape *r = register_at(i);
		json_t *fields = json_array();
		for (const struct register_field *f = r->fields; f->key != NULL; f++)
			must(json_array_append_new(fields, field_json(f)) == 0);
		json_t *one = json_pack("{s:s, s:s, s:s, s:o}", "name", r->name, "label",
					T(r->vi, r->en), "prefix", r->prefix, "fields", fields);
		must(one != NULL && json_array_append_new(list, one) == 0);
	}
	return list;
}
