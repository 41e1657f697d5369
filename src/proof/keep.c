/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/keep.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/view.h"

#include <string.h>

static json_t *made(json_t *entry)
{
	must(entry != NULL);
	return entry;
}

json_t *keep_entry_held(struct wall from, struct wall to, const char *zone, const char *reason,
			const char *who, const struct tz *tz)
{
	return made(json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "kind", KIND_HELD, "from",
			      json_time(from, tz), "to", json_time(to, tz), "zone",
			      json_text(zone), "reason", json_text(reason), "who",
			      json_text(who)));
}

json_t *keep_entry_lifted(const char *hold, const char *reason, const char *who)
{
	return made(json_pack("{s:s, s:s, s:o, s:o}", "kind", KIND_LIFTED, "hold", hold, "reason",
			      json_text(reason), "who", json_text(who)));
}

static json_t *time_or_null(int64_t ms, const struct tz *tz)
{
	return ms != 0 ? json_time((struct wall){ms * NS_PER_MS}, tz) : json_null();
}

json_t *keep_entry_removed(const struct recording_row *r, const char *found, const char *why,
			   int64_t held_until_ms, const struct tz *tz)
{
	json_t *o = made(json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o, s:o, s:s, s:o}", "kind",
				   KIND_REMOVED, "file", r->file, "zone", r->zone, "sha256",
				   r->sha256, "recording", (json_int_t)r->n, "from",
				   time_or_null(r->from_ms, tz), "to", time_or_null(r->to_ms, tz),
				   "bytes", json_integer(r->bytes), "why", why, "held_until",
				   time_or_null(held_until_ms, tz)));

	if (strcmp(found, r->sha256) != 0)
		json_object_set_new(o, "found_sha256", json_text(found));
	return o;
}

static int64_t ms_of(const json_t *o, const char *key, int64_t otherwise)
{
	struct wall t;

	return json_get_time(o, key, &t) ? query_ms_up(t) : otherwise;
}

static void bind(sqlite3_stmt *s, int at, const char *text)
{
	sqlite3_bind_text(s, at, text, -1, SQLITE_TRANSIENT);
}

/* Such entries are rare: their statements are not kept. */
static bool run(struct view *v, sqlite3_stmt *s, struct err *e)
{
	bool ok = view_run(v, s, e);

	sqlite3_finalize(s);
	return ok;
}

bool keep_apply_held(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	int64_t from_ms = ms_of(o, "from", INT64_MIN), to_ms = ms_of(o, "to", INT64_MIN);
	sqlite3_stmt *s;

	if (from_ms == INT64_MIN || to_ms <= from_ms)
		return true;
	s = query_ask(v, "INSERT OR REPLACE INTO holds"
			 " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, '', '')", e);
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, n);
	sqlite3_bind_int64(s, 2, ms_of(o, "at", 0));
	sqlite3_bind_int64(s, 3, from_ms);
	sqlite3_bind_int64(s, 4, to_ms);
	bind(s, 5, json_get_text(o, "zone", ""));
	bind(s, 6, json_get_text(o, "reason", ""));
	bind(s, 7, json_get_text(o, "who", ""));
	return run(v, s, e);
}

bool keep_apply_lifted(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "UPDATE holds SET lifted_n = ?1, lifted_ms = ?2,"
				       " lifted_by = ?3, lifted_why = ?4"
				       " WHERE n = ?5 AND n < ?1 AND lifted_n IS NULL", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, n);
	sqlite3_bind_int64(s, 2, ms_of(o, "at", 0));
	bind(s, 3, json_get_text(o, "who", ""));
	bind(s, 4, json_get_text(o, "reason", ""));
	sqlite3_bind_int64(s, 5, entry_id_index(json_get_text(o, "hold", ""), 'H'));
	return run(v, s, e);
}

/* A name that is written to again after its file was removed is another recording: only what the
 * entry names is gone. */
bool keep_apply_removed(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "UPDATE recordings SET removed_n = ?1, removed_ms = ?2,"
				       " removed_why = ?3 WHERE n = ?4 AND n < ?1 AND file = ?5",
				    e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, n);
	sqlite3_bind_int64(s, 2, ms_of(o, "at", 0));
	bind(s, 3, json_get_text(o, "why", ""));
	sqlite3_bind_int64(s, 4, json_get_integer(o, "recording", -1));
	bind(s, 5, json_get_text(o, "file", ""));
	return run(v, s, e);
}

#define OFF_BY "coalesce(" CORRECTION_OF("r.n") ", 0)"

/* A hold covers what either the written or the corrected times touch. */
#define COVERS                                                                                     \
	"(h.zone = '' OR h.zone = r.zone)"                                                         \
	" AND h.from_ms < max(r.to_ms, r.to_ms + " OFF_BY ")"                                      \
	" AND h.to_ms > min(r.from_ms, r.from_ms + " OFF_BY ")"

/* So many before it are asked: a week of three zones, and more than any spell of restarts. */
#define NOT_OLDER_THAN                                                                             \
	"(SELECT max(p.to_ms) FROM (SELECT q.to_ms FROM recordings q WHERE q.n <= r.n"             \
	" ORDER BY q.n DESC LIMIT 500) p WHERE p.to_ms <= ?3)"

#define CANDIDATES                                                                                 \
	"SELECT r.n, r.file, r.zone, r.sha256, r.from_ms, r.to_ms, r.bytes, -1, 0, ''"             \
	" FROM recordings r WHERE r.removed_n IS NULL AND r.n > ?1"                                \
	" AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.lifted_n IS NULL AND " COVERS ")"

#define IN_ORDER " ORDER BY r.n LIMIT 1"

static bool take_row(sqlite3_stmt *s, void *arg)
{
	history_recording_row(s, arg);
	return false;
}

static bool one(struct view *v, sqlite3_stmt *s, struct recording_row *r, struct err *e)
{
	r->n = -1;
	if (!query_walk(v, s, take_row, r, e))
		return false;
	return r->n >= 0 || err_set(e, ERR_NOT_FOUND, T("không còn đoạn ghi âm nào xóa được",
							"no recording that may be removed"));
}

bool keep_oldest(struct view *v, int64_t after, struct recording_row *r, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, CANDIDATES IN_ORDER, e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, after);
	return one(v, s, r, e);
}

bool keep_older(struct view *v, int64_t after, struct wall limit, struct wall now,
		struct recording_row *r, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, CANDIDATES " AND r.to_ms < ?2 AND r.to_ms + " OFF_BY " < ?2"
				       " AND coalesce(" NOT_OLDER_THAN ", ?2) < ?2" IN_ORDER, e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, after);
	sqlite3_bind_int64(s, 2, query_ms(limit));
	sqlite3_bind_int64(s, 3, query_ms(now));
	return one(v, s, r, e);
}

static bool take_number(sqlite3_stmt *s, void *arg)
{
	*(int64_t *)arg = sqlite3_column_int64(s, 0);
	return false;
}

bool keep_held_until(struct view *v, const struct recording_row *r, int64_t *ms, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT coalesce(max(h.lifted_ms), 0) FROM holds h,"
				       " recordings r WHERE r.n = ?1 AND h.lifted_n IS NOT NULL"
				       " AND " COVERS, e);

	*ms = 0;
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, r->n);
	return query_walk(v, s, take_number, ms, e);
}

struct removed_call {
	bool (*each)(const struct recording_row *r, void *arg);
	void *arg;
};

static bool call_removed(sqlite3_stmt *s, void *arg)
{
	struct removed_call *c = arg;
	struct recording_row r;

	history_recording_row(s, &r);
	return c->each(&r, c->arg);
}

bool keep_removed(struct view *v, bool (*each)(const struct recording_row *r, void *arg),
		  void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, RECORDING_COLUMNS "WHERE removed_n IS NOT NULL"
							 " ORDER BY removed_n DESC", e);

	return s != NULL && query_walk(v, s, call_removed, &(struct removed_call){each, arg}, e);
}

/* The hold was in force, and its times touch those that were written, or those that the station
 * knew by then to be right: what was found out later excuses nobody and accuses nobody. */
#define WHILE_HELD                                                                                 \
	"EXISTS (SELECT 1 FROM holds h WHERE h.n < r.removed_n"                                    \
	" AND (h.lifted_n IS NULL OR h.lifted_n > r.removed_n)"                                    \
	" AND (h.zone = '' OR h.zone = r.zone)"                                                    \
	" AND ((h.from_ms < r.to_ms AND h.to_ms > r.from_ms) OR"                                   \
	"  (EXISTS (SELECT 1 FROM events c WHERE c.kind = 'clock.corrected'"                       \
	"   AND c.n < r.removed_n AND json_extract(c.text, '$.from_n') <= r.n"                     \
	"   AND json_extract(c.text, '$.to_n') >= r.n) AND " COVERS ")))"

struct fault_call {
	bool (*each)(const struct recording_row *r, enum keep_fault fault, void *arg);
	void *arg;
};

static bool call_fault(sqlite3_stmt *s, void *arg)
{
	struct fault_call *c = arg;
	struct recording_row r;

	history_recording_row(s, &r);
	if (sqlite3_column_int(s, 10) != 0)
		return c->each(&r, KEEP_WHILE_HELD, c->arg);
	if (strcmp(r.removed_why, KEEP_ROOM) == 0)
		return true;
	if (strcmp(r.removed_why, KEEP_AGE) != 0)
		return c->each(&r, KEEP_NO_CAUSE, c->arg);
	return r.removed_ms - r.to_ms >= KEEP_DAYS_MIN * INT64_C(86400000) ||
	       c->each(&r, KEEP_TOO_YOUNG, c->arg);
}

bool keep_faults(struct view *v,
		 bool (*each)(const struct recording_row *r, enum keep_fault fault, void *arg),
		 void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT r.n, r.file, r.zone, r.sha256, r.from_ms, r.to_ms,"
				       " r.bytes, r.removed_n, r.removed_ms, r.removed_why,"
				       " " WHILE_HELD " FROM recordings r"
				       " WHERE r.removed_n > r.n ORDER BY r.removed_n", e);

	return s != NULL && query_walk(v, s, call_fault, &(struct fault_call){each, arg}, e);
}

#define HOLD_COLUMNS                                                                               \
	"SELECT n, at_ms, from_ms, to_ms, zone, reason, who, coalesce(lifted_n, -1),"              \
	" coalesce(lifted_ms, 0), lifted_by, lifted_why FROM holds "

static void read_hold(sqlite3_stmt *s, struct hold_row *h)
{
	*h = (struct hold_row){.n = sqlite3_column_int64(s, 0)};
	entry_id('H', h->n, h->id);
	h->at_ms = sqlite3_column_int64(s, 1);
	h->from_ms = sqlite3_column_int64(s, 2);
	h->to_ms = sqlite3_column_int64(s, 3);
	QUERY_COPY(h->zone, s, 4);
	QUERY_COPY(h->reason, s, 5);
	QUERY_COPY(h->who, s, 6);
	h->lifted_n = sqlite3_column_int64(s, 7);
	h->lifted_ms = sqlite3_column_int64(s, 8);
	QUERY_COPY(h->lifted_by, s, 9);
	QUERY_COPY(h->lifted_why, s, 10);
}

struct hold_call {
	bool (*each)(const struct hold_row *h, void *arg);
	void *arg;
};

static bool call_hold(sqlite3_stmt *s, void *arg)
{
	struct hold_call *c = arg;
	struct hold_row h;

	read_hold(s, &h);
	return c->each(&h, c->arg);
}

bool keep_holds(struct view *v, bool (*each)(const struct hold_row *h, void *arg), void *arg,
		struct err *e)
{
	sqlite3_stmt *s = query_ask(v, HOLD_COLUMNS "ORDER BY n DESC", e);

	return s != NULL && query_walk(v, s, call_hold, &(struct hold_call){each, arg}, e);
}

static bool take_hold(sqlite3_stmt *s, void *arg)
{
	read_hold(s, arg);
	return false;
}

bool keep_hold(struct view *v, const char *id, struct hold_row *h, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, HOLD_COLUMNS "WHERE n = ?1", e);

	if (s == NULL)
		return false;
	h->n = -1;
	sqlite3_bind_int64(s, 1, entry_id_index(id, 'H'));
	if (!query_walk(v, s, take_hold, h, e))
		return false;
	return h->n >= 0 || err_set(e, ERR_NOT_FOUND,
				    T("không có lệnh giữ %.20s (xem: vangxa hold)",
				      "no hold %.20s (see: vangxa hold)"), id);
}

static bool take_covered(sqlite3_stmt *s, void *arg)
{
	struct keep_covered *c = arg;

	c->there = sqlite3_column_int64(s, 0);
	c->removed = sqlite3_column_int64(s, 1);
	return false;
}

bool keep_covered(struct view *v, const struct hold_row *h, struct keep_covered *c, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT count(*) - count(removed_n), count(removed_n)"
				       " FROM recordings r, holds h WHERE h.n = ?1 AND " COVERS,
				    e);

	*c = (struct keep_covered){0};
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, h->n);
	return query_walk(v, s, take_covered, c, e);
}

static bool take_totals(sqlite3_stmt *s, void *arg)
{
	struct keep_totals *t = arg;

	t->count = sqlite3_column_int64(s, 0);
	t->bytes = sqlite3_column_int64(s, 1);
	t->oldest_ms = sqlite3_column_int64(s, 2);
	t->recent_bytes = sqlite3_column_int64(s, 3);
	t->held = sqlite3_column_int64(s, 4);
	return false;
}

bool keep_totals(struct view *v, struct wall since, struct keep_totals *t, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT count(*), coalesce(sum(bytes), 0),"
				       " coalesce(min(from_ms), 0),"
				       " (SELECT coalesce(sum(bytes), 0) FROM recordings"
				       "  WHERE from_ms >= ?1),"
				       " (SELECT count(*) FROM holds WHERE lifted_n IS NULL)"
				       " FROM recordings WHERE removed_n IS NULL", e);

	*t = (struct keep_totals){0};
	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms_up(since));
	return query_walk(v, s, take_totals, t, e);
}
