/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of which time the log tells. */
#include "proof/reader.h"

#include "proof/query.h"

static bool take_time(sqlite3_stmt *s, void *arg)
{
	*(struct wall *)arg = (struct wall){sqlite3_column_int64(s, 0) * NS_PER_MS};
	return false;
}

/* The one time that it gives. */
static bool ask_time(struct view *v, sqlite3_stmt *s, struct wall *t, bool *found, struct err *e)
{
	t->ns = INT64_MIN;
	bool ok = query_walk(v, s, take_time, t, e);
	*found = t->ns != INT64_MIN;
	return ok;
}

bool reader_latest(struct view *v, struct wall t, struct wall *latest, bool *found, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT at_ms FROM events WHERE at_ms <= ?1"
				       " ORDER BY at_ms DESC LIMIT 1", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms(t));
	return ask_time(v, s, latest, found, e);
}

bool reader_began(struct view *v, struct wall *began, bool *found, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT at_ms FROM events ORDER BY n LIMIT 1", e);

	return s != NULL && ask_time(v, s, began, found, e);
}
