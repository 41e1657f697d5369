/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/history.h"

#include "base/text.h"
#include "proof/begun.h"
#include "proof/entry.h"
#include "proof/query.h"

bool history_about(struct view *v, const char *id,
		   bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, EVENT_COLUMNS "WHERE about = ?1 AND about <> ''"
						   " ORDER BY n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
	return query_events(v, s, each, arg, e);
}

void history_recording_row(sqlite3_stmt *s, struct recording_row *r)
{
	*r = (struct recording_row){.n = sqlite3_column_int64(s, 0)};
	QUERY_COPY(r->file, s, 1);
	QUERY_COPY(r->zone, s, 2);
	QUERY_COPY(r->sha256, s, 3);
	r->from_ms = sqlite3_column_int64(s, 4);
	r->to_ms = sqlite3_column_int64(s, 5);
	r->bytes = sqlite3_column_int64(s, 6);
	r->removed_n = sqlite3_column_int64(s, 7);
	r->removed_ms = sqlite3_column_int64(s, 8);
	QUERY_COPY(r->removed_why, s, 9);
	r->differs = sqlite3_column_int(s, 10) != 0;
}

/* Entries behind which an airing whose recording is not closed is not looked for: weeks, and no
 * recording is open for much more than an hour. */
#define UNCLOSED_AMONG "20000"

static bool take_recording(sqlite3_stmt *s, void *arg)
{
	history_recording_row(s, arg);
	return false;
}

bool history_recording(struct view *v, const char *file, struct recording_row *r, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, RECORDING_COLUMNS "WHERE file = ?1 ORDER BY n DESC LIMIT 1",
				    e);

	if (s == NULL)
		return false;
	r->file[0] = '\0';
	sqlite3_bind_text(s, 1, file, -1, SQLITE_STATIC);
	if (!query_walk(v, s, take_recording, r, e))
		return false;
	return r->file[0] != '\0' ||
	       err_set(e, ERR_NOT_FOUND, T("nhật ký không có bản ghi %s", "no recording %s"), file);
}

bool history_recording_of(struct view *v, const struct airing_row *row, struct recording_row *r,
			  struct err *e)
{
	sqlite3_stmt *s = query_ask(v, RECORDING_COLUMNS "r WHERE "
				       RECORDING_IS("?1", "?2", "?3", "?4")
				       " ORDER BY n LIMIT 1", e);
	int64_t n = entry_id_index(row->id, 'A');

	if (s == NULL)
		return false;
	r->file[0] = '\0';
	sqlite3_bind_text(s, 1, row->recording, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, n);
	sqlite3_bind_int64(s, 3, row->ended_n >= 0 ? row->ended_n : n);
	sqlite3_bind_int64(s, 4, row->start_ms);
	if (!query_walk(v, s, take_recording, r, e))
		return false;
	return r->file[0] != '\0' ||
	       err_set(e, ERR_NOT_FOUND, T("%s: nhật ký không có bản ghi của lần phát này",
					   "%s: the log has no recording of it"), row->id);
}

struct unclosed_call {
	bool (*each)(const struct unclosed_row *r, void *arg);
	void *arg;
};

static bool call_unclosed(sqlite3_stmt *s, void *arg)
{
	struct unclosed_call *c = arg;
	struct unclosed_row r = {.from_ms = sqlite3_column_int64(s, 1),
				 .to_ms = sqlite3_column_int64(s, 2)};

	QUERY_COPY(r.file, s, 0);
	return c->each(&r, c->arg);
}

bool history_unclosed(struct view *v, bool (*each)(const struct unclosed_row *r, void *arg),
		      void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(
		v, "SELECT a.recording, min(a.start_ms - coalesce(a.recording_frames, 0) / 48),"
		   " max(a.end_ms) FROM " AIRINGS_RECORDED
		   "WHERE a.recording <> '' AND a.frames > 0"
		   " AND a.n > (SELECT max(n) FROM events) - " UNCLOSED_AMONG
		   " AND a.ended_n < (SELECT max(n) FROM events WHERE kind = 'station.started')"
		   " AND NOT EXISTS (SELECT 1 FROM recordings r WHERE " RECORDING_OF_AIRING ")"
		   " GROUP BY a.recording", e);

	return s != NULL && query_walk(v, s, call_unclosed, &(struct unclosed_call){each, arg}, e);
}

struct recording_call {
	bool (*each)(const struct recording_row *r, void *arg);
	void *arg;
};

static bool call_recording(sqlite3_stmt *s, void *arg)
{
	struct recording_call *c = arg;
	struct recording_row r;

	history_recording_row(s, &r);
	return c->each(&r, c->arg);
}

bool history_recordings(struct view *v, const char *zone, struct wall from, struct wall to,
			bool (*each)(const struct recording_row *r, void *arg), void *arg,
			struct err *e)
{
	sqlite3_stmt *s = query_ask(v, RECORDING_COLUMNS "WHERE zone = ?1 AND from_ms >= ?2 AND"
							 " from_ms < ?3 ORDER BY from_ms, n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, zone, -1, SQLITE_STATIC);
	sqlite3_bind_int64(s, 2, query_ms_up(from));
	sqlite3_bind_int64(s, 3, query_ms_up(to));
	return query_walk(v, s, call_recording, &(struct recording_call){each, arg}, e);
}

static bool take_any(sqlite3_stmt *s, void *arg)
{
	(void)s;
	*(bool *)arg = true;
	return false;
}

bool history_names(struct view *v, const char *file, bool *named, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT 1 FROM recordings WHERE file = ?1 UNION ALL"
				       " SELECT 1 FROM " AIRINGS_RECORDED
				       "WHERE a.recording = ?1 AND a.n >"
				       " (SELECT max(n) FROM events) - " UNCLOSED_AMONG
				       " UNION ALL " BEGUN_NAMED " LIMIT 1", e);

	*named = false;
	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, file, -1, SQLITE_STATIC);
	return query_walk(v, s, take_any, named, e);
}
