/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the view is, and several questions to one moment of it. */
#include "proof/query.h"
#include "proof/reader.h"
#include "proof/view.h"

static bool take_integer(sqlite3_stmt *s, void *arg)
{
	*(int64_t *)arg = sqlite3_column_int64(s, 0);
	return true;
}

bool reader_applied(struct view *v, int64_t *entries, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT applied FROM progress", e);

	return s != NULL && query_walk(v, s, take_integer, entries, e);
}

/* The snapshot is taken by the first question, not by BEGIN. */
bool reader_hold(struct view *v, int64_t *entries, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "BEGIN", e);

	if (s == NULL || !query_walk(v, s, take_integer, entries, e))
		return false;
	if (reader_applied(v, entries, e))
		return true;
	reader_release(v);
	return false;
}

void reader_release(struct view *v)
{
	sqlite3_exec(v->db, "ROLLBACK", NULL, NULL, NULL);
}
