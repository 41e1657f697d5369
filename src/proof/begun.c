/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/begun.h"

#include "base/json.h"
#include "base/text.h"
#include "proof/query.h"

#include <string.h>

static bool take_any(sqlite3_stmt *s, void *arg)
{
	(void)s;
	*(bool *)arg = true;
	return false;
}

bool begun_any(struct view *v, int64_t before, bool *any, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT 1 FROM events WHERE kind = 'recording.begun'"
				       " AND n < ?1 LIMIT 1", e);

	*any = false;
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, before);
	return query_walk(v, s, take_any, any, e);
}

struct call {
	bool (*each)(const struct begun_row *r, void *arg);
	void *arg;
};

static bool call(sqlite3_stmt *s, void *arg)
{
	const struct call *c = arg;
	struct begun_row r = {.n = sqlite3_column_int64(s, 0)};

	QUERY_COPY(r.file, s, 1);
	QUERY_COPY(r.zone, s, 2);
	struct err ignored;
	json_t *o = json_read(query_text(s, 3), strlen(query_text(s, 3)), &ignored);
	bool known = json_get_time(o, "from", &r.from);
	json_decref(o);
	return !known || c->each(&r, c->arg);
}

bool begun_open(struct view *v, bool (*each)(const struct begun_row *r, void *arg), void *arg,
		struct err *e)
{
	sqlite3_stmt *s = query_ask(
		v, "SELECT b.n, json_extract(f.value, '$.file') AS name,"
		   " json_extract(f.value, '$.zone'), f.value"
		   " FROM events b, json_each(b.text, '$.files') f WHERE b.kind = 'recording.begun'"
		   " AND b.n < (SELECT max(n) FROM events WHERE kind = 'station.started')"
		   " AND b.n > (SELECT max(n) FROM events) - 20000"
		   " AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.file = name AND r.n > b.n"
		   " AND r.removed_why <> 'lost') ORDER BY b.n DESC", e);

	return s != NULL && query_walk(v, s, call, &(struct call){each, arg}, e);
}
