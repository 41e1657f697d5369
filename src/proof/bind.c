/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/bind.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/must.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_BITS 10

/* How many statements were prepared: a new one may stand where another stood. */
static _Thread_local unsigned prepared;

void bind_forget(void)
{
	prepared++;
}

/* Where a name was found last: SQLite compares it with those of all parameters, and an airing has
 * forty. */
static int at(sqlite3_stmt *s, const char *name)
{
	static _Thread_local struct {
		const sqlite3_stmt *s;
		const char *name;
		unsigned prepared;
		int index;
	} memory[1 << MEMORY_BITS];
	uint64_t mixed = ((uintptr_t)s / 16 * 31 + (uintptr_t)name) * UINT64_C(0x9e3779b97f4a7c15);
	unsigned i = (unsigned)(mixed >> (64 - MEMORY_BITS));

	if (memory[i].s == s && memory[i].name == name && memory[i].prepared == prepared)
		return memory[i].index;
	memory[i].index = sqlite3_bind_parameter_index(s, name);
	memory[i].s = s;
	memory[i].name = name;
	memory[i].prepared = prepared;
	must(memory[i].index > 0);
	return memory[i].index;
}

void bind_text(sqlite3_stmt *s, const char *name, const char *text)
{
	sqlite3_bind_text(s, at(s, name), text, -1, SQLITE_TRANSIENT);
}

void bind_integer(sqlite3_stmt *s, const char *name, int64_t value)
{
	sqlite3_bind_int64(s, at(s, name), value);
}

void bind_number(sqlite3_stmt *s, const char *name, const json_t *o, const char *key)
{
	sqlite3_bind_double(s, at(s, name), json_get_number(o, key, NAN));
}

void bind_member(sqlite3_stmt *s, const char *name, const json_t *o)
{
	sqlite3_bind_text(s, at(s, name), json_get_text(o, name + 1, ""), -1, SQLITE_STATIC);
}

int64_t bind_time_ms(const json_t *o, const char *key, int64_t otherwise)
{
	struct wall t;

	return json_get_time(o, key, &t) ? t.ns / NS_PER_MS : otherwise;
}

void bind_list(sqlite3_stmt *s, const char *name, const json_t *o)
{
	struct buf text = {0};
	size_t i;
	json_t *item;

	json_array_foreach(json_object_get(o, name + 1), i, item) {
		if (text.len > 0)
			buf_text(&text, ",");
		buf_text(&text, json_is_string(item) ? json_string_value(item) : "");
	}
	bind_text(s, name, buf_str(&text));
	buf_finish(&text);
}

void bind_array(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *array = json_object_get(o, name + 1);
	char *text = json_is_array(array) ? json_dumps(array, JSON_LINE) : NULL;

	bind_text(s, name, text != NULL ? text : "[]");
	free(text);
}

void bind_object(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *object = json_object_get(o, name + 1);
	char *line = json_is_object(object) ? json_dumps(object, JSON_LINE) : NULL;

	bind_text(s, name, line != NULL ? line : "");
	free(line);
}

void bind_said(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *said = json_object_get(o, name + 1);
	char *line = json_is_object(said) ? json_dumps(said, JSON_LINE) : NULL;

	bind_text(s, name, line != NULL ? line : json_get_text(o, name + 1, ""));
	free(line);
}

void bind_bytes(sqlite3_stmt *s, const char *name, const char *text, size_t len)
{
	sqlite3_bind_text(s, at(s, name), text, (int)len, SQLITE_TRANSIENT);
}

void bind_double(sqlite3_stmt *s, const char *name, double value)
{
	sqlite3_bind_double(s, at(s, name), value);
}
