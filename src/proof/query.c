/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/query.h"

#include "base/utf8.h"
#include "proof/reader.h"
#include "proof/view.h"

#include <math.h>
#include <string.h>

int64_t query_ms(struct wall t)
{
	return t.ns / NS_PER_MS - (t.ns % NS_PER_MS < 0);
}

int64_t query_ms_up(struct wall t)
{
	return t.ns / NS_PER_MS + (t.ns % NS_PER_MS > 0);
}

const char *query_text(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return text != NULL ? text : "";
}

void query_copy(char *out, size_t size, const char *text)
{
	size_t len = strnlen(text, size);

	if (len < size) {
		memcpy(out, text, len + 1);
		return;
	}
	memcpy(out, text, size - 1);
	out[size - 1] = '\0';
	utf8_cut(out, size - 1);
}

double query_number(sqlite3_stmt *s, int column)
{
	return sqlite3_column_type(s, column) == SQLITE_NULL ?
	       NAN : sqlite3_column_double(s, column);
}

bool query_walk(struct view *v, sqlite3_stmt *s, bool (*each_row)(sqlite3_stmt *s, void *arg),
		void *arg, struct err *e)
{
	int code;

	while ((code = sqlite3_step(s)) == SQLITE_ROW && each_row(s, arg))
		;
	bool ok = code == SQLITE_ROW || code == SQLITE_DONE || view_fault(v, "SQL", e);
	sqlite3_finalize(s);
	return ok;
}

sqlite3_stmt *query_ask(struct view *v, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;

	return view_prepare(v, &s, sql, e) ? s : NULL;
}

struct event_call {
	bool (*each)(const struct event_row *r, void *arg);
	void *arg;
};

static bool call_event(sqlite3_stmt *s, void *arg)
{
	struct event_call *c = arg;
	struct event_row r = {sqlite3_column_int64(s, 0), sqlite3_column_int64(s, 1),
			      query_text(s, 2), query_text(s, 3),
			      sqlite3_column_type(s, 4) != SQLITE_NULL, sqlite3_column_int64(s, 4)};

	return c->each(&r, c->arg);
}

bool query_events(struct view *v, sqlite3_stmt *s,
		  bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e)
{
	return query_walk(v, s, call_event, &(struct event_call){each, arg}, e);
}

/* As it stands in the file: a number that only prints alike is another. */
static uint64_t bits(double value)
{
	uint64_t all;

	memcpy(&all, &value, sizeof(all));
	return all;
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	int type = sqlite3_column_type(a, column);

	if (type != sqlite3_column_type(b, column))
		return false;
	if (type == SQLITE_INTEGER)
		return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
	if (type == SQLITE_FLOAT)
		return bits(sqlite3_column_double(a, column)) ==
		       bits(sqlite3_column_double(b, column));
	int len = sqlite3_column_bytes(a, column);
	if (type == SQLITE_NULL || len != sqlite3_column_bytes(b, column))
		return type == SQLITE_NULL;
	/* An empty one has no address. */
	return len == 0 || memcmp(sqlite3_column_blob(a, column), sqlite3_column_blob(b, column),
				  (size_t)len) == 0;
}

int query_differs(sqlite3_stmt *a, sqlite3_stmt *b)
{
	if (sqlite3_column_count(a) != sqlite3_column_count(b))
		return 0;
	for (int i = 0; i < sqlite3_column_count(a); i++)
		if (!same_value(a, b, i))
			return i;
	return -1;
}
