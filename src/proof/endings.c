/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Column by column what view_airing.c does with airing.ended; tests/unit/test_endings.c holds one
 * against the other over entries of every shape. */
#include "proof/endings.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/json.h"
#include "proof/entry.h"
#include "proof/view.h"
#include "proof/view_airing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is looked for, in the order of its keys as the entry has them. */
enum member {
	AIRING, BULLETIN, BY, BY_ZONE, CLOCK, COMPLETE, DEMO, DETAIL, DEVICE, DRILL, EMERGENCY,
	END, FILE_NAME, FRAMES, FROM_FRAMES, FUND, ITEM, LANGUAGE, LEVEL, LIVE, LOUDNESS,
	NIGHT, OCCURRENCE, PEAK, PLANNED, PLANNED_LENGTH, PREFIXES, PROGRAMMES, PROOF, REASON,
	RECORDING, RECORDING_S, RELAY, RESULT, SHA256, SLOT, START, START_ERROR, WHO, XRUNS, ZONES,
	MEMBERS
};

enum shape { ASIDE, TEXT, INTEGER, TRUTH, TIME, NUMBER, LIST };

static const struct {
	const char *key;
	enum shape shape;
} wanted[MEMBERS] = {
	[AIRING] = {"airing", ASIDE}, [BULLETIN] = {"bulletin", TEXT}, [BY] = {"by", TEXT},
	[BY_ZONE] = {"by_zone", ASIDE}, [CLOCK] = {"clock", ASIDE},
	[COMPLETE] = {"complete", ASIDE}, [DEMO] = {"demo", TRUTH}, [DETAIL] = {"detail", ASIDE},
	[DEVICE] = {"device", TEXT}, [DRILL] = {"drill", TRUTH}, [EMERGENCY] = {"emergency", TEXT},
	[END] = {"end", TIME}, [FILE_NAME] = {"file", TEXT}, [FRAMES] = {"frames", INTEGER},
	[FROM_FRAMES] = {"from_frames", INTEGER}, [FUND] = {"fund", TEXT},
	[ITEM] = {"item", INTEGER}, [LANGUAGE] = {"language", TEXT},
	[LEVEL] = {"level", TEXT}, [LIVE] = {"live", ASIDE}, [LOUDNESS] = {"loudness_lufs", NUMBER},
	[NIGHT] = {"night_db", NUMBER}, [OCCURRENCE] = {"occurrence", ASIDE},
	[PEAK] = {"peak_dbtp", NUMBER}, [PLANNED] = {"planned", ASIDE},
	[PLANNED_LENGTH] = {"planned_length_s", ASIDE}, [PREFIXES] = {"prefixes", ASIDE},
	[PROGRAMMES] = {"programmes", LIST}, [PROOF] = {"proof", TEXT}, [REASON] = {"reason", TEXT},
	[RECORDING] = {"recording", TEXT}, [RECORDING_S] = {"recording_s", ASIDE},
	[RELAY] = {"relay", ASIDE}, [RESULT] = {"result", ASIDE}, [SHA256] = {"sha256", TEXT},
	[SLOT] = {"slot", TEXT}, [START] = {"start", TIME},
	[START_ERROR] = {"start_error_ms", NUMBER},
	[WHO] = {"who", TEXT}, [XRUNS] = {"xruns", INTEGER}, [ZONES] = {"zones", LIST},
};

/* Parameter m + 1 is member m, and behind them what is made of several. */
enum { N = MEMBERS + 1, ENDED_N, SENT, SYNCED, NOT_BEFORE, PARAMETERS = NOT_BEFORE };

static const struct {
	const char *column;
	int parameter;
} columns[] = {
	{"n", N}, {"ended_n", ENDED_N}, {"bulletin", BULLETIN + 1}, {"file", FILE_NAME + 1},
	{"sha256", SHA256 + 1}, {"slot", SLOT + 1}, {"occurrence_ms", OCCURRENCE + 1},
	{"item", ITEM + 1}, {"zones", ZONES + 1}, {"level", LEVEL + 1}, {"language", LANGUAGE + 1},
	{"programmes", PROGRAMMES + 1}, {"fund", FUND + 1}, {"planned_ms", PLANNED + 1},
	{"planned_length_ms", PLANNED_LENGTH + 1}, {"device", DEVICE + 1}, {"who", WHO + 1},
	{"demo", DEMO + 1}, {"start_ms", START + 1}, {"end_ms", END + 1}, {"frames", FRAMES + 1},
	{"complete", COMPLETE + 1}, {"result", RESULT + 1}, {"reason", REASON + 1},
	{"detail", DETAIL + 1}, {"loudness_lufs", LOUDNESS + 1}, {"peak_dbtp", PEAK + 1},
	{"xruns", XRUNS + 1}, {"proof", PROOF + 1}, {"recording", RECORDING + 1},
	{"start_error_ms", START_ERROR + 1}, {"recording_frames", RECORDING_S + 1},
	{"synced", SYNCED}, {"not_before_ms", NOT_BEFORE}, {"by_zone", BY_ZONE + 1},
	{"emergency", EMERGENCY + 1}, {"drill", DRILL + 1}, {"speaker", BY + 1},
	{"from_frames", FROM_FRAMES + 1}, {"sent", SENT}, {"night_db", NIGHT + 1},
};

#define TOO_LONG (INT64_MIN + 1) /* a time that is written at such a length is left to others */
#define COLUMNS (sizeof(columns) / sizeof(columns[0]))

static bool prepare(struct endings *x, struct view *v, struct err *e)
{
	struct buf sql = {0};

	if (x->insert != NULL)
		return true;
	buf_text(&sql, "INSERT OR REPLACE INTO airings(checked");
	for (size_t i = 0; i < COLUMNS; i++)
		buf_print(&sql, ", %s", columns[i].column);
	buf_text(&sql, ") VALUES(''");
	for (size_t i = 0; i < COLUMNS; i++)
		buf_print(&sql, ", ?%d", columns[i].parameter);
	buf_text(&sql, ")");
	bool ok = view_prepare(v, &x->insert, buf_str(&sql), e);
	buf_finish(&sql);
	return ok;
}

/* Both lists stand in the order of their keys. */
static void find_all(const struct flat *f, const struct flat_value *got[static MEMBERS])
{
	int m = 0;

	memset(got, 0, MEMBERS * sizeof(got[0]));
	for (int i = 0; i < f->count; i++) {
		const char *key = f->members[i].key;
		size_t len = f->members[i].key_len;
		int order = -1;

		while (m < MEMBERS && (order = strncmp(wanted[m].key, key, len)) < 0)
			m++;
		if (m < MEMBERS && order == 0 && wanted[m].key[len] == '\0')
			got[m++] = &f->members[i].value;
	}
}

static bool is(const struct flat_value *v, enum flat_type type)
{
	return v != NULL && v->type == type;
}

static void bind_text(sqlite3_stmt *s, int parameter, const struct flat_value *v)
{
	bool there = is(v, FLAT_TEXT);

	sqlite3_bind_text(s, parameter, there ? v->text : "", there ? (int)v->len : 0,
			  SQLITE_STATIC);
}

static int64_t time_ms(const struct flat_value *v, int64_t otherwise)
{
	static const struct tz utc = {.name = "UTC", .changes = 1, .at_s = {INT64_MIN}};
	struct wall t;
	char copy[40];

	if (!is(v, FLAT_TEXT))
		return otherwise;
	if (v->len >= sizeof(copy))
		return TOO_LONG;
	memcpy(copy, v->text, v->len);
	copy[v->len] = '\0';
	return wall_parse(copy, &utc, &t) ? t.ns / NS_PER_MS : otherwise;
}

static void bind_number(sqlite3_stmt *s, int parameter, const struct flat_value *v)
{
	if (is(v, FLAT_REAL) || is(v, FLAT_INTEGER))
		sqlite3_bind_double(s, parameter, flat_number(v));
	else
		sqlite3_bind_null(s, parameter);
}

/* As bind_list joins them. */
static void bind_list(sqlite3_stmt *s, int parameter, const struct flat_value *v)
{
	struct flat_value one;
	struct buf text = {0};
	size_t at = 0;

	while (is(v, FLAT_ARRAY) && flat_next(v, &at, &one)) {
		if (text.len > 0)
			buf_text(&text, ",");
		if (one.type == FLAT_TEXT)
			buf_add(&text, one.text, one.len);
	}
	sqlite3_bind_text(s, parameter, buf_str(&text), (int)text.len, SQLITE_TRANSIENT);
	buf_finish(&text);
}

static void bind_member(sqlite3_stmt *s, int m, const struct flat_value *v)
{
	switch (wanted[m].shape) {
	case TEXT:
		bind_text(s, m + 1, v);
		break;
	case INTEGER:
		sqlite3_bind_int64(s, m + 1, is(v, FLAT_INTEGER) ? flat_integer(v) : 0);
		break;
	case TRUTH:
		sqlite3_bind_int(s, m + 1, is(v, FLAT_TRUE));
		break;
	case TIME:
		sqlite3_bind_int64(s, m + 1, time_ms(v, 0));
		break;
	case NUMBER:
		bind_number(s, m + 1, v);
		break;
	case LIST:
		bind_list(s, m + 1, v);
		break;
	case ASIDE:
		break;
	}
}

static double number(const struct flat_value *v, double otherwise)
{
	return is(v, FLAT_REAL) || is(v, FLAT_INTEGER) ? flat_number(v) : otherwise;
}

/* An object as the view keeps it, else the text; the level of any zone in it. */
static void bind_object(sqlite3_stmt *s, int m, const struct flat_value *v, bool *sent)
{
	struct err ignored;
	json_t *o = is(v, FLAT_OBJECT) ? json_read(v->text, v->len, &ignored) : NULL, *one = NULL;
	char *line = o != NULL ? json_dumps(o, JSON_LINE) : NULL;
	const char *name;

	if (line != NULL)
		sqlite3_bind_text(s, m + 1, line, -1, SQLITE_TRANSIENT);
	else
		bind_text(s, m + 1, m == DETAIL ? v : NULL);
	json_object_foreach(o, name, one)
		*sent = *sent || json_get_text(one, "proof", "")[0] != '\0';
	free(line);
	json_decref(o);
}

/* False: it is not read here. */
static bool read_clock(const struct flat_value *clock, bool *synced, int64_t *not_before_ms)
{
	struct flat f;

	*synced = false;
	*not_before_ms = INT64_MIN;
	if (!is(clock, FLAT_OBJECT))
		return true;
	if (!flat_read(clock->text, clock->len, &f))
		return false;
	for (int i = 0; i < f.count; i++) {
		const struct flat_value *v = &f.members[i].value;
		size_t len = f.members[i].key_len;

		if (len == 6 && memcmp(f.members[i].key, "synced", len) == 0)
			*synced = v->type == FLAT_TRUE;
		else if (len == 10 && memcmp(f.members[i].key, "not_before", len) == 0)
			*not_before_ms = time_ms(v, INT64_MIN);
	}
	return *not_before_ms != TOO_LONG;
}

static void bind_clock(sqlite3_stmt *s, bool synced, int64_t not_before_ms)
{
	sqlite3_bind_int(s, SYNCED, synced);
	if (not_before_ms != INT64_MIN)
		sqlite3_bind_int64(s, NOT_BEFORE, not_before_ms);
	else
		sqlite3_bind_null(s, NOT_BEFORE);
}

static void bind_aside(sqlite3_stmt *s, const struct flat_value *const got[static MEMBERS])
{
	int64_t planned_ms = time_ms(got[PLANNED], 0);
	double length_s = number(got[PLANNED_LENGTH], 0), into_s = number(got[RECORDING_S], NAN);
	bool sent = is(got[PROOF], FLAT_TEXT) && got[PROOF]->len > 0, ignored = false;

	sqlite3_bind_double(s, COMPLETE + 1, number(got[COMPLETE], 0));
	sqlite3_bind_int64(s, PLANNED + 1, planned_ms);
	sqlite3_bind_int64(s, OCCURRENCE + 1, time_ms(got[OCCURRENCE], planned_ms));
	sqlite3_bind_int64(s, PLANNED_LENGTH + 1,
			   fabs(length_s) < 1e9 ? llround(length_s * 1000.0) : 0);
	if (into_s >= 0 && into_s < 1e9)
		sqlite3_bind_int64(s, RECORDING_S + 1, llround(into_s * FRAMES_PER_S));
	else
		sqlite3_bind_null(s, RECORDING_S + 1);
	if (is(got[RESULT], FLAT_TEXT))
		bind_text(s, RESULT + 1, got[RESULT]);
	else
		sqlite3_bind_text(s, RESULT + 1, "partial", -1, SQLITE_STATIC);
	bind_object(s, DETAIL, got[DETAIL], &ignored);
	bind_object(s, BY_ZONE, got[BY_ZONE], &sent);
	sqlite3_bind_int(s, SENT, sent);
}

/* The number behind the letter; −1 none. */
static int64_t airing_of(const struct flat_value *v)
{
	char id[ID_BYTES];

	if (!is(v, FLAT_TEXT) || v->len >= sizeof(id))
		return -1;
	memcpy(id, v->text, v->len);
	id[v->len] = '\0';
	return entry_id_index(id, 'A');
}

/* What is neither spoken nor relayed, with times as our programs write them. */
static bool is_ordinary(const struct flat_value *const got[static MEMBERS])
{
	int64_t planned_ms = time_ms(got[PLANNED], INT64_MIN);

	return planned_ms != INT64_MIN && planned_ms != TOO_LONG &&
	       time_ms(got[OCCURRENCE], 0) != TOO_LONG && time_ms(got[START], 0) != TOO_LONG &&
	       time_ms(got[END], 0) != TOO_LONG && !is(got[LIVE], FLAT_TEXT) &&
	       !is(got[RELAY], FLAT_TEXT) && got[PREFIXES] == NULL;
}

bool endings_apply(struct endings *x, struct view *v, int64_t n, const struct flat *f, bool *done,
		   struct err *e)
{
	const struct flat_value *got[MEMBERS];
	int64_t not_before_ms;
	bool synced;

	find_all(f, got);
	int64_t airing = airing_of(got[AIRING]);
	*done = flat_is(f, "kind", KIND_ENDED) && airing >= 0 && is_ordinary(got) &&
		read_clock(got[CLOCK], &synced, &not_before_ms);
	if (!*done)
		return true;
	if (!prepare(x, v, e))
		return false;
	for (int m = 0; m < MEMBERS; m++)
		bind_member(x->insert, m, got[m]);
	bind_aside(x->insert, got);
	bind_clock(x->insert, synced, not_before_ms);
	sqlite3_bind_int64(x->insert, N, airing);
	sqlite3_bind_int64(x->insert, ENDED_N, n);
	(void)view_airing_outcome(v, airing);
	return view_run(v, x->insert, e);
}

void endings_finish(struct endings *x)
{
	sqlite3_finalize(x->insert);
	x->insert = NULL;
}
