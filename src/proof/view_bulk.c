/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/view_bulk.h"

#include "proof/query.h"

/* airings_key: by it the miss is found that a clock set back takes back (proof/view_airing.c). */
static const char large[] =
	"SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
	" AND tbl_name IN ('events', 'airings') AND name <> 'airings_key' ORDER BY name";

struct dropping {
	struct buf drop, make;
};

static bool add(sqlite3_stmt *s, void *arg)
{
	struct dropping *d = arg;

	buf_print(&d->drop, "DROP INDEX %s;", query_text(s, 0));
	buf_print(&d->make, "%s;", query_text(s, 1));
	return true;
}

static bool run(struct view *v, const struct buf *sql, struct err *e)
{
	return sqlite3_exec(v->db, buf_str(sql), NULL, NULL, NULL) == SQLITE_OK ||
	       view_fault(v, "INDEX", e);
}

bool view_bulk_begin(struct view *v, struct buf *indexes, struct err *e)
{
	struct dropping d = {0};
	sqlite3_stmt *s = query_ask(v, large, e);
	bool ok = s != NULL && query_walk(v, s, add, &d, e) && run(v, &d.drop, e);

	buf_finish(&d.drop);
	*indexes = d.make;
	if (!ok)
		buf_finish(indexes);
	return ok;
}

bool view_bulk_end(struct view *v, struct buf *indexes, struct err *e)
{
	bool ok = run(v, indexes, e);

	buf_finish(indexes);
	return ok;
}
