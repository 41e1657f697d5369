/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/registers.h"

#include "base/json.h"
#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "proof/bind.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/view.h"

#include <stdlib.h>
#include <string.h>

json_t *registers_entry(const char *name, json_t *rows, const char *who, const char *why,
			const char *source, const char *source_sha256)
{
	json_t *o = json_pack("{s:s, s:s, s:o, s:o}", "kind", KIND_REGISTER, "register", name,
			      "rows", rows, "who", json_text(who));

	must(o != NULL);
	if (why != NULL && why[0] != '\0')
		must(json_object_set_new(o, "why", json_text(why)) == 0);
	if (source != NULL)
		must(json_object_set_new(o, "source",
					 json_pack("{s:o, s:o}", "name", json_text(source),
						   "sha256", json_text(source_sha256))) == 0);
	return o;
}

static bool is_row(const char *id, const json_t *fields)
{
	return register_id_number(id) > 0 && (json_is_object(fields) || json_is_null(fields));
}

static bool apply_row(struct view *v, int64_t n, const json_t *o, const char *id,
		      const json_t *fields, struct err *e)
{
	char *line = json_is_object(fields) ? json_dumps(fields, JSON_LINE) : NULL;

	if (!view_prepare(v, &v->written,
			  "INSERT OR REPLACE INTO registers VALUES(:register, :number, :id, :n,"
			  " :at, :who, :why, :source, :fields)", e)) {
		free(line);
		return false;
	}
	bind_member(v->written, ":register", o);
	bind_integer(v->written, ":number", register_id_number(id));
	bind_text(v->written, ":id", id);
	bind_integer(v->written, ":n", n);
	bind_integer(v->written, ":at", bind_time_ms(o, "at", 0));
	bind_member(v->written, ":who", o);
	bind_member(v->written, ":why", o);
	bind_text(v->written, ":source",
		  json_get_text(json_object_get(o, "source"), "name", ""));
	if (line != NULL)
		bind_text(v->written, ":fields", line);
	free(line);
	return view_run(v, v->written, e);
}

bool registers_apply(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	const char *id;
	json_t *fields;

	json_object_foreach(json_object_get(o, "rows"), id, fields)
		if (is_row(id, fields) && !apply_row(v, n, o, id, fields, e))
			return false;
	return true;
}

json_t *registers_brief(const json_t *o, char about[static ID_BYTES])
{
	json_t *rows = json_object_get(o, "rows"), *brief, *ids, *fields;
	const char *id;

	about[0] = '\0';
	if (!json_is_object(rows))
		return NULL;
	brief = json_copy((json_t *)o);
	ids = json_array();
	json_object_foreach(rows, id, fields) {
		if (json_object_size(rows) == 1 && is_row(id, fields))
			query_copy(about, ID_BYTES, id);
		must(json_array_append_new(ids, json_string(id)) == 0);
	}
	must(brief != NULL && json_object_del(brief, "rows") == 0 &&
	     json_object_set_new(brief, "count",
				 json_integer((json_int_t)json_array_size(ids))) == 0 &&
	     json_object_set_new(brief, "ids", ids) == 0);
	return brief;
}

struct walk {
	bool (*each)(const struct register_row *r, void *arg);
	void *arg;
};

static json_t *fields_of(sqlite3_stmt *s, int column)
{
	struct err ignored;
	const char *text = query_text(s, column);

	return text[0] != '\0' ? json_read(text, strlen(text), &ignored) : NULL;
}

#define COLUMNS "SELECT r.id, r.n, r.at_ms, r.who, r.why, r.source, r.fields FROM registers r "

static bool take_row(sqlite3_stmt *s, void *arg)
{
	const struct walk *w = arg;
	json_t *fields = fields_of(s, 6);
	struct register_row r = {
		.id = query_text(s, 0),
		.n = sqlite3_column_int64(s, 1),
		.at_ms = sqlite3_column_int64(s, 2),
		.who = query_text(s, 3),
		.why = query_text(s, 4),
		.source = query_text(s, 5),
		.fields = fields,
	};
	bool more = w->each(&r, w->arg);

	json_decref(fields);
	return more;
}

#define HOLDS                                                                                      \
	"r.register = ?1 AND r.fields IS NOT NULL AND NOT EXISTS (SELECT 1 FROM registers q"       \
	" WHERE q.register = r.register AND q.number = r.number AND q.id = r.id AND q.n > r.n)"

bool registers_after(struct view *v, const char *name, int64_t number,
		     bool (*each)(const struct register_row *r, void *arg), void *arg,
		     struct err *e)
{
	struct walk w = {each, arg};
	sqlite3_stmt *s = query_ask(v, COLUMNS "WHERE r.number > ?2 AND " HOLDS
					       " ORDER BY r.number, r.id", e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(s, 2, number);
	return query_walk(v, s, take_row, &w, e);
}

bool registers_rows(struct view *v, const char *name,
		    bool (*each)(const struct register_row *r, void *arg), void *arg,
		    struct err *e)
{
	return registers_after(v, name, 0, each, arg, e);
}

static sqlite3_stmt *ask_one(struct view *v, const char *name, const char *id, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, COLUMNS "WHERE r.register = ?1 AND r.number = ?2"
					       " AND r.id = ?3 ORDER BY r.n DESC", e);

	if (s != NULL) {
		sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int64(s, 2, register_id_number(id));
		sqlite3_bind_text(s, 3, id, -1, SQLITE_TRANSIENT);
	}
	return s;
}

bool registers_history(struct view *v, const char *name, const char *id,
		       bool (*each)(const struct register_row *r, void *arg), void *arg,
		       struct err *e)
{
	struct walk w = {each, arg};
	sqlite3_stmt *s = ask_one(v, name, id, e);

	return s != NULL && query_walk(v, s, take_row, &w, e);
}

struct newest {
	json_t *fields;
	bool found;
};

static bool take_newest(sqlite3_stmt *s, void *arg)
{
	struct newest *w = arg;

	w->fields = fields_of(s, 6);
	w->found = true;
	return false;
}

bool registers_row(struct view *v, const char *name, const char *id, json_t **fields,
		   struct err *e)
{
	struct newest w = {0};
	sqlite3_stmt *s = ask_one(v, name, id, e);

	*fields = NULL;
	if (s == NULL || !query_walk(v, s, take_newest, &w, e))
		return false;
	*fields = w.fields;
	return w.found || err_set(e, ERR_NOT_FOUND, T("không có dòng %.31s trong sổ",
						      "there is no row %.31s"), id);
}

static bool take_number(sqlite3_stmt *s, void *arg)
{
	*(int64_t *)arg = sqlite3_column_int64(s, 0);
	return false;
}

static bool ask_number(struct view *v, const char *sql, const char *name, int64_t *number,
		       struct err *e)
{
	sqlite3_stmt *s = query_ask(v, sql, e);

	*number = 0;
	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, name, -1, SQLITE_TRANSIENT);
	return query_walk(v, s, take_number, number, e);
}

bool registers_count(struct view *v, const char *name, int64_t *rows, struct err *e)
{
	return ask_number(v, "SELECT count(*) FROM registers r WHERE " HOLDS, name, rows, e);
}

bool registers_highest(struct view *v, const char *name, int64_t *number, struct err *e)
{
	return ask_number(v, "SELECT coalesce(max(number), 0) FROM registers WHERE register = ?1",
			  name, number, e);
}
