/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/view_airing.h"

#include "base/json.h"
#include "proof/bind.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/reason.h"
#include "proof/row.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char airing_sql[] =
	"INSERT OR REPLACE INTO airings VALUES(:n, :ended_n, :bulletin, :file, :sha256, :slot,"
	" :occurrence, :item, :zones, :level, :language, :programmes, :fund, :planned,"
	" :planned_length, :device, :who, :demo, :start, :end, :frames, :complete, :result,"
	" :reason, :detail, :loudness_lufs, :peak_dbtp, :xruns, :proof, :recording,"
	" :start_error_ms, :recording_frames, :synced, :not_before, NULL, '', :by_zone,"
	" :emergency, :drill, :by, :from_frames, NULL, :sent, :night_db)";

/* Once an airing, and the rest of one that was broken off not again, however often a damaged log
 * says that it ended: asked before its row is replaced, unless it has none yet. */
static const char aired_sql[] =
	"INSERT INTO aired SELECT :bulletin, :times, :parts, :unsure WHERE :rowless OR"
	" NOT EXISTS (SELECT 1 FROM airings WHERE n = :n AND frames > 0)"
	" ON CONFLICT(bulletin) DO UPDATE SET times = times + :times, parts = parts + :parts,"
	" unsure = unsure + :unsure";

/* Of several zones each has a level of its own, and the airing that of the worst. */
static bool sent_anywhere(const json_t *o)
{
	json_t *zones = json_object_get(o, "by_zone"), *one;
	const char *name;
	bool sent = json_get_text(o, "proof", "")[0] != '\0';

	json_object_foreach(zones, name, one)
		sent = sent || json_get_text(one, "proof", "")[0] != '\0';
	return sent;
}

/* As row_heard asks it of the row. */
static bool heard(const json_t *o)
{
	json_t *zones = json_object_get(o, "by_zone"), *one;
	const char *name;

	if (!json_is_object(zones))
		return json_get_text(o, "proof", "")[0] != '\0';
	json_object_foreach(zones, name, one)
		if (json_get_text(one, "proof", "")[0] != '\0')
			return true;
	return false;
}

static enum row_sum sum_of(const json_t *o)
{
	int64_t frames = json_get_integer(o, "frames", 0);

	return row_sum_of(row_fate(json_get_text(o, "result", "partial"),
				   json_get_text(o, "proof", ""), json_object_get(o, "detail"),
				   frames), heard(o), frames);
}

/* As reports count: what reached no device is no airing. */
static bool count_aired(struct view *v, int64_t n, bool rowless, const json_t *o, struct err *e)
{
	const char *bulletin = json_get_text(o, "bulletin", "");
	enum row_sum sum = sum_of(o);

	if (bulletin[0] == '\0' || json_get_integer(o, "frames", 0) <= 0 || sum == ROW_UNSENT ||
	    json_get_integer(o, "from_frames", 0) > 0)
		return true;
	if (!view_prepare(v, &v->aired, aired_sql, e))
		return false;
	bind_text(v->aired, ":bulletin", bulletin);
	bind_integer(v->aired, ":n", n);
	bind_integer(v->aired, ":rowless", rowless);
	bind_integer(v->aired, ":times", sum == ROW_AIRED);
	bind_integer(v->aired, ":parts", sum == ROW_IN_PART);
	bind_integer(v->aired, ":unsure", sum == ROW_UNSURE);
	return view_run(v, v->aired, e);
}

/* What is relayed or spoken has no file: in the view it stands in its place, marked. */
static void bind_source(sqlite3_stmt *s, const json_t *o, const char *member)
{
	const char *name = json_get_text(o, member, "");
	char marked[PATH_BYTES];

	if (name[0] == '\0')
		return;
	snprintf(marked, sizeof(marked), "%s:%s", member, name);
	bind_text(s, ":file", marked);
}

/* Where in its recording an airing begins; entries of an older program do not say it. */
static void bind_recording(sqlite3_stmt *s, const json_t *o)
{
	double into_s = json_get_number(o, "recording_s", NAN);

	if (into_s >= 0 && into_s < 1e9)
		bind_integer(s, ":recording_frames", llround(into_s * FRAMES_PER_S));
}

/* The clock that its times are from. */
static void bind_clock(sqlite3_stmt *s, const json_t *clock)
{
	int64_t not_before_ms = bind_time_ms(clock, "not_before", INT64_MIN);

	bind_integer(s, ":synced", json_get_bool(clock, "synced", false));
	if (not_before_ms != INT64_MIN)
		bind_integer(s, ":not_before", not_before_ms);
}

/* The whole row from one entry: airing.ended repeats what was planned, so that each of the three
 * kinds can be read by itself. */
static bool apply_airing(struct view *v, int64_t n, int64_t ended_n, const char *result,
			 const json_t *o, struct err *e)
{
	static const char *const texts[] = {":bulletin", ":file", ":sha256", ":slot", ":level",
					    ":language", ":fund", ":device", ":who", ":reason",
					    ":proof", ":recording", ":emergency", ":by"};
	sqlite3_stmt *s;

	if (!view_prepare(v, &v->airing, airing_sql, e))
		return false;
	s = v->airing;
	v->odd = v->odd || n > (ended_n >= 0 ? ended_n : n) ||
		 strcmp(json_get_text(o, "reason", ""), reason_code(REASON_CLOCK_FORWARD)) == 0;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		bind_member(s, texts[i], o);
	bind_source(s, o, "relay");
	bind_source(s, o, "live");
	bind_said(s, ":detail", o);
	bind_object(s, ":by_zone", o);
	int64_t planned_ms = bind_time_ms(o, "planned", bind_time_ms(o, "at", 0));
	bind_integer(s, ":n", n);
	if (ended_n >= 0)
		bind_integer(s, ":ended_n", ended_n);
	bind_text(s, ":result", result);
	bind_integer(s, ":occurrence", bind_time_ms(o, "occurrence", planned_ms));
	bind_integer(s, ":item", json_get_integer(o, "item", 0));
	bind_list(s, ":zones", o);
	bind_list(s, ":programmes", o);
	bind_integer(s, ":planned", planned_ms);
	double length_s = json_get_number(o, "planned_length_s", 0);
	bind_integer(s, ":planned_length", fabs(length_s) < 1e9 ? llround(length_s * 1000.0) : 0);
	bind_integer(s, ":demo", json_get_bool(o, "demo", false));
	bind_integer(s, ":drill", json_get_bool(o, "drill", false));
	bind_integer(s, ":from_frames", json_get_integer(o, "from_frames", 0));
	bind_integer(s, ":start", bind_time_ms(o, "start", 0));
	bind_integer(s, ":end", bind_time_ms(o, "end", 0));
	bind_integer(s, ":frames", json_get_integer(o, "frames", 0));
	bind_integer(s, ":sent", sent_anywhere(o));
	bind_double(s, ":complete", json_get_number(o, "complete", 0));
	bind_number(s, ":loudness_lufs", o, "loudness_lufs");
	bind_number(s, ":peak_dbtp", o, "peak_dbtp");
	bind_number(s, ":night_db", o, "night_db");
	bind_integer(s, ":xruns", json_get_integer(o, "xruns", 0));
	bind_number(s, ":start_error_ms", o, "start_error_ms");
	bind_recording(s, o);
	bind_clock(s, json_object_get(o, "clock"));
	return view_run(v, s, e);
}

/* A clock was set forward, and what it leapt over was missed; then it was set back, and the time
 * came: what became of it now is the answer, and the log keeps both. */
static bool take_back(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!v->odd)
		return true;
	if (!view_prepare(v, &v->take_back,
			  "DELETE FROM airings WHERE occurrence_ms = :occurrence AND slot = :slot"
			  " AND bulletin = :bulletin AND sha256 = :sha256 AND result = 'missed'"
			  " AND reason = :reason AND n < :n", e))
		return false;
	int64_t planned_ms = bind_time_ms(o, "planned", bind_time_ms(o, "at", 0));
	bind_integer(v->take_back, ":occurrence", bind_time_ms(o, "occurrence", planned_ms));
	bind_member(v->take_back, ":slot", o);
	bind_member(v->take_back, ":bulletin", o);
	bind_member(v->take_back, ":sha256", o);
	bind_text(v->take_back, ":reason", reason_code(REASON_CLOCK_FORWARD));
	bind_integer(v->take_back, ":n", n);
	return view_run(v, v->take_back, e);
}

static bool settle_first(struct view *v, struct err *e)
{
	int64_t n = v->intents[0].n;
	json_t *o = v->intents[0].o;

	v->intent_count--;
	memmove(v->intents, v->intents + 1, (size_t)v->intent_count * sizeof(v->intents[0]));
	bool ok = apply_airing(v, n, -1, "on-air", o, e);
	json_decref(o);
	return ok;
}

bool view_airing_settle(struct view *v, struct err *e)
{
	while (v->intent_count > 0)
		if (!settle_first(v, e))
			return false;
	return true;
}

void view_airing_forget(struct view *v)
{
	while (v->intent_count > 0)
		json_decref(v->intents[--v->intent_count].o);
}

/* One that claims frames counts in aired_sql: it gets its row at once. */
static bool wait(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (v->odd || json_object_get(o, "frames") != NULL)
		return apply_airing(v, n, -1, "on-air", o, e);
	if (v->intent_count == VIEW_INTENTS_MAX && !settle_first(v, e))
		return false;
	v->intents[v->intent_count].n = n;
	v->intents[v->intent_count++].o = json_incref((json_t *)(uintptr_t)o);
	return true;
}

bool view_airing_outcome(struct view *v, int64_t n)
{
	for (int i = 0; i < v->intent_count; i++) {
		if (v->intents[i].n != n)
			continue;
		json_decref(v->intents[i].o);
		v->intents[i] = v->intents[--v->intent_count];
		return true;
	}
	return false;
}

bool view_airing_intended(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	return take_back(v, n, o, e) && wait(v, n, o, e);
}

bool view_airing_missed(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	return take_back(v, n, o, e) && apply_airing(v, n, n, "missed", o, e);
}

bool view_airing_ended(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	int64_t airing = entry_id_index(json_get_text(o, "airing", ""), 'A');

	if (airing < 0)
		return true;
	bool rowless = view_airing_outcome(v, airing);

	return (v->sparse || count_aired(v, airing, rowless, o, e)) &&
	       apply_airing(v, airing, n, json_get_text(o, "result", "partial"), o, e);
}

/* Never the other way: what was not of level A to begin with rests on nothing. */
bool view_airing_checked(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_airing_settle(v, e))
		return false;
	char *text = json_dumps(o, JSON_LINE);
	if (!view_prepare(v, &v->check,
			  "UPDATE airings SET proof = CASE WHEN proof <> '' AND :proof <> ''"
			  " THEN :proof ELSE proof END, checked_n = :n, checked = :text"
			  " WHERE n = :airing", e)) {
		free(text);
		return false;
	}
	bind_member(v->check, ":proof", o);
	bind_integer(v->check, ":n", n);
	bind_text(v->check, ":text", text != NULL ? text : "");
	bind_integer(v->check, ":airing", entry_id_index(json_get_text(o, "airing", ""), 'A'));
	free(text);
	return view_run(v, v->check, e);
}

/* Those that were intended earlier, too, if their outcome bears such a time; nothing is on air for
 * so many entries. */
bool view_airing_count_anew(struct view *v, int64_t from_n, int64_t to_n, struct err *e)
{
	if (!view_airing_settle(v, e))
		return false;
	if (!view_prepare(v, &v->count_anew,
			  "UPDATE airings SET counted_ms = planned_ms + "
			  CORRECTION_OF("coalesce(ended_n, airings.n)")
			  " WHERE n BETWEEN :first AND :to"
			  " AND coalesce(ended_n, n) BETWEEN :from AND :to", e))
		return false;
	bind_integer(v->count_anew, ":first", from_n - AIRING_ENTRIES_MAX);
	bind_integer(v->count_anew, ":from", from_n);
	bind_integer(v->count_anew, ":to", to_n);
	return view_run(v, v->count_anew, e);
}
