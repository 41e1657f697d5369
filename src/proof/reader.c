/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reader.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/view.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

bool reader_open(struct view **v, const char *path, struct err *e)
{
	return view_open_read(v, path, e);
}

void reader_close(struct view *v)
{
	view_close(v);
}

static int copy_array(char *items, size_t size, int max, const char *text)
{
	struct err ignored;
	json_t *array = json_read(text, strlen(text), &ignored), *item;
	size_t i;
	int count = 0;

	json_array_foreach(array, i, item) {
		if (count < max && json_is_string(item))
			query_copy(items + size * (size_t)count++, size, json_string_value(item));
	}
	json_decref(array);
	return count;
}

#define BULLETIN_COLUMNS                                                                           \
	"SELECT n, title, sha256, frames, loudness_lufs, peak_dbtp, level, state, language, kind," \
	" fund, programmes, slots, from_day, to_day, received_ms, sender, revision, replaces,"     \
	" replaced_by, endorsed_by, decided_ms, decided_by, decided_why, noise_db, order_n," \
	" order_place, (SELECT at_ms FROM events e WHERE e.n = nullif(order_n, 0)),"      \
	" (SELECT text ->> 'who' FROM events e WHERE e.n = nullif(order_n, 0)) FROM bulletins "

static void read_bulletin(sqlite3_stmt *s, struct bulletin *b)
{
	*b = (struct bulletin){0};
	entry_id('B', sqlite3_column_int64(s, 0), b->id);
	QUERY_COPY(b->title, s, 1);
	QUERY_COPY(b->sha256, s, 2);
	b->frames = sqlite3_column_int64(s, 3);
	b->loudness_lufs = query_number(s, 4);
	b->peak_dbtp = query_number(s, 5);
	b->noise_db = query_number(s, 24);
	b->order_n = sqlite3_column_int64(s, 25);
	b->order_place = sqlite3_column_int(s, 26);
	b->ordered.ns = sqlite3_column_int64(s, 27) * NS_PER_MS;
	QUERY_COPY(b->ordered_by, s, 28);
	b->level = (enum level)sqlite3_column_int(s, 6);
	b->state = (enum bulletin_state)sqlite3_column_int(s, 7);
	QUERY_COPY(b->language, s, 8);
	QUERY_COPY(b->kind, s, 9);
	QUERY_COPY(b->fund, s, 10);
	b->programme_count = copy_array(b->programmes[0], sizeof(b->programmes[0]),
					BULLETIN_PROGRAMMES_MAX, query_text(s, 11));
	b->slot_count = copy_array(b->slots[0], sizeof(b->slots[0]), BULLETIN_SLOTS_MAX,
				   query_text(s, 12));
	b->has_from = date_parse(query_text(s, 13), &b->from);
	b->has_to = date_parse(query_text(s, 14), &b->to);
	b->received.ns = sqlite3_column_int64(s, 15) * NS_PER_MS;
	QUERY_COPY(b->sender, s, 16);
	b->revision = sqlite3_column_int64(s, 17);
	QUERY_COPY(b->replaces, s, 18);
	QUERY_COPY(b->replaced_by, s, 19);
	QUERY_COPY(b->endorsed_by, s, 20);
	b->decided.ns = sqlite3_column_int64(s, 21) * NS_PER_MS;
	QUERY_COPY(b->decided_by, s, 22);
	QUERY_COPY(b->decided_why, s, 23);
}

struct bulletin_call {
	bool (*each)(const struct bulletin *b, void *arg);
	void *arg;
};

static bool call_bulletin(sqlite3_stmt *s, void *arg)
{
	struct bulletin_call *c = arg;
	struct bulletin b;

	read_bulletin(s, &b);
	return c->each(&b, c->arg);
}

bool reader_bulletins(struct view *v, int state, bool (*each)(const struct bulletin *b, void *arg),
		      void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, state < 0 ? BULLETIN_COLUMNS "ORDER BY n DESC" :
			      BULLETIN_COLUMNS "WHERE state = ?1 ORDER BY n DESC", e);

	if (s == NULL)
		return false;
	if (state >= 0)
		sqlite3_bind_int(s, 1, state);
	return query_walk(v, s, call_bulletin, &(struct bulletin_call){each, arg}, e);
}

static bool take_bulletin(sqlite3_stmt *s, void *arg)
{
	read_bulletin(s, arg);
	return false;
}

bool reader_bulletin(struct view *v, const char *id, struct bulletin *b, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, BULLETIN_COLUMNS "WHERE n = ?1", e);

	if (s == NULL)
		return false;
	b->id[0] = '\0';
	sqlite3_bind_int64(s, 1, entry_id_index(id, 'B'));
	if (!query_walk(v, s, take_bulletin, b, e))
		return false;
	return b->id[0] != '\0' ||
	       err_set(e, ERR_NOT_FOUND, T("không có bản tin %s", "no bulletin %s"), id);
}

static bool take_original(sqlite3_stmt *s, void *arg)
{
	query_copy(arg, SHA256_HEX_BYTES, query_text(s, 0));
	return false;
}

bool reader_original(struct view *v, const char *id, char sha256[static SHA256_HEX_BYTES],
		     struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT original_sha256 FROM bulletins WHERE n = ?1", e);

	if (s == NULL)
		return false;
	sha256[0] = '\0';
	sqlite3_bind_int64(s, 1, entry_id_index(id, 'B'));
	return query_walk(v, s, take_original, sha256, e);
}

bool reader_twin(struct view *v, const struct bulletin *b, const char *original_sha256,
		 struct bulletin *twin, enum reader_same *how, struct err *e)
{
	static const char *const asked[] = {
		[READER_SAME_FILE] = BULLETIN_COLUMNS "WHERE original_sha256 = ?1",
		[READER_SAME_SOUND] = BULLETIN_COLUMNS "WHERE sha256 = ?1",
		[READER_SAME_TITLE] = BULLETIN_COLUMNS "WHERE title = ?1 AND"
						       " frames BETWEEN ?2 - ?3 AND ?2 + ?3"};
	const char *const keys[] = {original_sha256, b->sha256, b->title};
	char sql[1024];

	twin->id[0] = '\0';
	for (int i = 0; i < READER_SAMES && twin->id[0] == '\0'; i++) {
		must(snprintf(sql, sizeof(sql), "%s ORDER BY n DESC LIMIT 1", asked[i]) <
		     (int)sizeof(sql));
		sqlite3_stmt *s = query_ask(v, sql, e);
		if (s == NULL)
			return false;
		sqlite3_bind_text(s, 1, keys[i], -1, SQLITE_STATIC);
		if (i == READER_SAME_TITLE) {
			sqlite3_bind_int64(s, 2, b->frames);
			sqlite3_bind_int64(s, 3, FRAMES_PER_S);
		}
		if (!query_walk(v, s, take_bulletin, twin, e))
			return false;
		*how = (enum reader_same)i;
	}
	return twin->id[0] != '\0' || err_set(e, ERR_NOT_FOUND, T("không có bản tin nào giống",
								  "no bulletin is like it"));
}

bool reader_of_length(struct view *v, int64_t frames, int64_t off,
		      bool (*each)(const struct bulletin *b, void *arg), void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, BULLETIN_COLUMNS "WHERE frames BETWEEN ?1 - ?2 AND ?1 + ?2"
				    " ORDER BY n DESC", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, frames);
	sqlite3_bind_int64(s, 2, off);
	return query_walk(v, s, call_bulletin, &(struct bulletin_call){each, arg}, e);
}

bool reader_uploaded(struct view *v, const char *original_sha256, const char *upload,
		     struct bulletin *b, struct err *e)
{
	/* Within a text of the entry its quotes would be escaped. */
	sqlite3_stmt *s = query_ask(v, BULLETIN_COLUMNS "WHERE original_sha256 = ?1 AND EXISTS"
				    " (SELECT 1 FROM events WHERE events.n = bulletins.n AND"
				    " instr(text, '\"upload\":\"' || ?2 || '\"') > 0)", e);

	if (s == NULL)
		return false;
	b->id[0] = '\0';
	sqlite3_bind_text(s, 1, original_sha256, -1, SQLITE_STATIC);
	sqlite3_bind_text(s, 2, upload, -1, SQLITE_STATIC);
	if (!query_walk(v, s, take_bulletin, b, e))
		return false;
	return b->id[0] != '\0' || err_set(e, ERR_NOT_FOUND, T("không có bản tin nào như vậy",
							       "no such bulletin"));
}

static bool take_findings(sqlite3_stmt *s, void *arg)
{
	const char *text = query_text(s, 1);
	char id[ID_BYTES];
	struct err ignored;

	entry_id('B', sqlite3_column_int64(s, 0), id);
	json_object_set_new(arg, id, json_read(text, strlen(text), &ignored));
	return true;
}

#define TOLD "SELECT n, findings FROM bulletins WHERE findings <> '[]'"

bool reader_findings(struct view *v, const char *id, json_t **findings, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, id == NULL ? TOLD : TOLD " AND n = ?1", e);

	*findings = NULL;
	if (s == NULL)
		return false;
	if (id != NULL)
		sqlite3_bind_int64(s, 1, entry_id_index(id, 'B'));
	*findings = json_object();
	if (query_walk(v, s, take_findings, *findings, e))
		return true;
	json_decref(*findings);
	*findings = NULL;
	return false;
}

#define AIRING_COLUMNS                                                                             \
	"SELECT a.n, a.slot, a.bulletin, a.file, coalesce(b.title, a.file), a.sha256, a.result,"   \
	" a.reason, a.detail, a.zones, a.device, a.level, a.language, a.fund, a.programmes,"       \
	" a.proof, a.who, a.recording, a.occurrence_ms, a.item, a.planned_ms,"                     \
	" a.planned_length_ms, a.start_ms, a.end_ms, a.complete, a.loudness_lufs, a.peak_dbtp,"    \
	" a.start_error_ms, a.frames, a.xruns, a.demo, coalesce(a.recording_frames, -1),"          \
	" coalesce(a.ended_n, -1), b.sender, a.synced, a.not_before_ms, "                          \
	CORRECTION_OF("coalesce(a.ended_n, a.n)") ", a.checked, coalesce(a.checked_n, -1),"        \
	" a.by_zone, " RECORDED_OF ", a.emergency, a.drill, a.speaker, a.night_db"                 \
	" FROM airings a LEFT JOIN bulletins b"                                                   \
	" ON b.n = CAST(substr(a.bulletin, 2) AS INTEGER) AND a.bulletin LIKE 'B_%' "

static void read_texts(sqlite3_stmt *s, struct airing_row *r)
{
	QUERY_COPY(r->slot, s, 1);
	QUERY_COPY(r->bulletin, s, 2);
	QUERY_COPY(r->file, s, 3);
	QUERY_COPY(r->title, s, 4);
	QUERY_COPY(r->sha256, s, 5);
	QUERY_COPY(r->result, s, 6);
	QUERY_COPY(r->reason, s, 7);
	QUERY_COPY(r->detail, s, 8);
	QUERY_COPY(r->zones, s, 9);
	QUERY_COPY(r->device, s, 10);
	QUERY_COPY(r->level, s, 11);
	QUERY_COPY(r->language, s, 12);
	QUERY_COPY(r->fund, s, 13);
	QUERY_COPY(r->programmes, s, 14);
	QUERY_COPY(r->proof, s, 15);
	QUERY_COPY(r->who, s, 16);
	QUERY_COPY(r->recording, s, 17);
}

static void read_airing(sqlite3_stmt *s, struct airing_row *r)
{
	*r = (struct airing_row){0};
	read_texts(s, r);
	entry_id(strcmp(r->result, "missed") == 0 ? 'M' : 'A', sqlite3_column_int64(s, 0), r->id);
	r->occurrence_ms = sqlite3_column_int64(s, 18);
	r->item = sqlite3_column_int(s, 19);
	r->planned_ms = sqlite3_column_int64(s, 20);
	r->planned_length_ms = sqlite3_column_int64(s, 21);
	r->start_ms = sqlite3_column_int64(s, 22);
	r->end_ms = sqlite3_column_int64(s, 23);
	r->complete = sqlite3_column_double(s, 24);
	r->loudness_lufs = query_number(s, 25);
	r->peak_dbtp = query_number(s, 26);
	r->start_error_ms = query_number(s, 27);
	r->frames = sqlite3_column_int64(s, 28);
	r->xruns = sqlite3_column_int64(s, 29);
	r->demo = sqlite3_column_int(s, 30) != 0;
	r->recording_frames = sqlite3_column_int64(s, 31);
	r->ended_n = sqlite3_column_int64(s, 32);
	QUERY_COPY(r->sender, s, 33);
	r->synced = sqlite3_column_int(s, 34) != 0;
	r->not_before_ms = sqlite3_column_int64(s, 35);
	r->corrected = sqlite3_column_type(s, 36) != SQLITE_NULL;
	r->offset_ms = sqlite3_column_int64(s, 36);
	QUERY_COPY(r->checked, s, 37);
	r->checked_n = sqlite3_column_int64(s, 38);
	QUERY_COPY(r->by_zone, s, 39);
	r->recorded = (enum recorded)sqlite3_column_int(s, 40);
	QUERY_COPY(r->emergency, s, 41);
	r->drill = sqlite3_column_int(s, 42) != 0;
	QUERY_COPY(r->speaker, s, 43);
	r->night_db = query_number(s, 44);
}

struct airing_call {
	bool (*each)(const struct airing_row *r, void *arg);
	void *arg;
};

static bool call_airing(sqlite3_stmt *s, void *arg)
{
	struct airing_call *c = arg;
	struct airing_row r;

	read_airing(s, &r);
	return c->each(&r, c->arg);
}

bool reader_airings(struct view *v, struct wall from, struct wall to,
		    bool (*each)(const struct airing_row *r, void *arg), void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS "WHERE a.planned_ms >= ?1 AND"
						      " a.planned_ms < ?2"
						      " ORDER BY a.planned_ms, a.n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms_up(from));
	sqlite3_bind_int64(s, 2, query_ms_up(to));
	return query_walk(v, s, call_airing, &(struct airing_call){each, arg}, e);
}

bool reader_airings_of(struct view *v, const char *bulletin,
		       bool (*each)(const struct airing_row *r, void *arg), void *arg,
		       struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS "WHERE a.bulletin = ?1"
						      " ORDER BY a.planned_ms DESC, a.n DESC", e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, bulletin, -1, SQLITE_TRANSIENT);
	return query_walk(v, s, call_airing, &(struct airing_call){each, arg}, e);
}

bool reader_open_airings(struct view *v, bool (*each)(const struct airing_row *r, void *arg),
			 void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS "WHERE a.result = 'on-air' ORDER BY a.n", e);

	return s != NULL && query_walk(v, s, call_airing, &(struct airing_call){each, arg}, e);
}

bool reader_occurrence(struct view *v, const char *slot, struct wall occurrence,
		       bool (*each)(const struct airing_row *r, void *arg), void *arg,
		       struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS "WHERE a.occurrence_ms = ?1 AND a.slot = ?2"
				 " ORDER BY a.item, a.n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms(occurrence));
	sqlite3_bind_text(s, 2, slot, -1, SQLITE_TRANSIENT);
	return query_walk(v, s, call_airing, &(struct airing_call){each, arg}, e);
}

bool reader_unchecked(struct view *v, int64_t since, int most,
		      bool (*each)(const struct airing_row *r, void *arg), void *arg,
		      struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS
				    "WHERE a.checked_n IS NULL AND a.sent <> 0 AND a.frames > 0"
				    " AND a.ended_n > ?1 ORDER BY a.ended_n DESC LIMIT ?2", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, since);
	sqlite3_bind_int(s, 2, most);
	return query_walk(v, s, call_airing, &(struct airing_call){each, arg}, e);
}

static bool take_airing(sqlite3_stmt *s, void *arg)
{
	read_airing(s, arg);
	return false;
}

bool reader_airing(struct view *v, const char *id, struct airing_row *r, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, AIRING_COLUMNS "WHERE a.n = ?1", e);

	if (s == NULL)
		return false;
	r->id[0] = '\0';
	sqlite3_bind_int64(s, 1, entry_id_index(id, id[0] == 'M' ? 'M' : 'A'));
	if (!query_walk(v, s, take_airing, r, e))
		return false;
	return (r->id[0] != '\0' && strcmp(r->id, id) == 0) ||
	       err_set(e, ERR_NOT_FOUND, T("không có lần phát %s", "no airing %s"), id);
}

static bool take_aired(sqlite3_stmt *s, void *arg)
{
	json_t *counts = json_pack("{s:I, s:I, s:I}", "times",
				   (json_int_t)sqlite3_column_int64(s, 1), "parts",
				   (json_int_t)sqlite3_column_int64(s, 2), "unsure",
				   (json_int_t)sqlite3_column_int64(s, 3));

	must(counts != NULL);
	json_object_set_new(arg, query_text(s, 0), counts);
	return true;
}

json_t *reader_aired(struct view *v, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT bulletin, times, parts, unsure FROM aired", e);
	json_t *aired = json_object();

	if (s != NULL && query_walk(v, s, take_aired, aired, e))
		return aired;
	json_decref(aired);
	return NULL;
}

bool reader_events(struct view *v, struct wall from, struct wall to,
		   bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, EVENT_COLUMNS "WHERE at_ms >= ?1 AND at_ms < ?2"
						   " ORDER BY n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms_up(from));
	sqlite3_bind_int64(s, 2, query_ms_up(to));
	return query_events(v, s, each, arg, e);
}

bool reader_kind(struct view *v, const char *kind, int most,
		 bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, EVENT_COLUMNS "WHERE kind = ?1"
				 " ORDER BY n DESC LIMIT ?2", e);

	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, kind, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 2, most);
	return query_events(v, s, each, arg, e);
}

static bool take_entry(sqlite3_stmt *s, void *arg)
{
	json_t **entry = arg;
	struct err ignored;
	const char *text = (const char *)sqlite3_column_text(s, 0);

	*entry = text != NULL ? json_read(text, strlen(text), &ignored) : NULL;
	return false;
}

bool reader_last(struct view *v, const char *kind, json_t **entry, struct err *e)
{
	sqlite3_stmt *s = query_ask(v, "SELECT text FROM events WHERE kind = ?1"
				 " ORDER BY n DESC LIMIT 1", e);

	*entry = NULL;
	if (s == NULL)
		return false;
	sqlite3_bind_text(s, 1, kind, -1, SQLITE_TRANSIENT);
	return query_walk(v, s, take_entry, entry, e);
}
