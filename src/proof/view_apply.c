/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an entry to rows. An entry that does not say what its kind should say still becomes an
 * event; the log is right by definition, and a view must never be impossible to make. */
#include "base/buf.h"
#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/keep.h"
#include "proof/reason.h"
#include "proof/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int at(sqlite3_stmt *s, const char *name)
{
	int index = sqlite3_bind_parameter_index(s, name);

	must(index > 0);
	return index;
}

static void bind_text(sqlite3_stmt *s, const char *name, const char *text)
{
	sqlite3_bind_text(s, at(s, name), text, -1, SQLITE_TRANSIENT);
}

static void bind_integer(sqlite3_stmt *s, const char *name, int64_t value)
{
	sqlite3_bind_int64(s, at(s, name), value);
}

/* NaN becomes NULL in SQLite by itself. */
static void bind_number(sqlite3_stmt *s, const char *name, const json_t *o, const char *key)
{
	sqlite3_bind_double(s, at(s, name), json_get_number(o, key, NAN));
}

static void copy_text(sqlite3_stmt *s, const char *name, const json_t *o)
{
	bind_text(s, name, json_get_text(o, name + 1, ""));
}

static int64_t time_ms(const json_t *o, const char *key, int64_t otherwise)
{
	struct wall t;

	return json_get_time(o, key, &t) ? t.ns / NS_PER_MS : otherwise;
}

/* An array of texts as "a,b,c". */
static void bind_list(sqlite3_stmt *s, const char *name, const json_t *o)
{
	struct buf text = {0};
	size_t i;
	json_t *item;

	json_array_foreach(json_object_get(o, name + 1), i, item) {
		if (text.len > 0)
			buf_text(&text, ",");
		buf_text(&text, json_is_string(item) ? json_string_value(item) : "");
	}
	bind_text(s, name, buf_str(&text));
	buf_finish(&text);
}

static void bind_array(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *array = json_object_get(o, name + 1);
	char *text = json_is_array(array) ? json_dumps(array, JSON_LINE) : NULL;

	bind_text(s, name, text != NULL ? text : "[]");
	free(text);
}

static void bind_object(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *object = json_object_get(o, name + 1);
	char *line = json_is_object(object) ? json_dumps(object, JSON_LINE) : NULL;

	bind_text(s, name, line != NULL ? line : "");
	free(line);
}

/* A saying as a line of JSON, or what an older program wrote in words: see saying_read. */
static void bind_said(sqlite3_stmt *s, const char *name, const json_t *o)
{
	const json_t *said = json_object_get(o, name + 1);
	char *line = json_is_object(said) ? json_dumps(said, JSON_LINE) : NULL;

	bind_text(s, name, line != NULL ? line : json_get_text(o, name + 1, ""));
	free(line);
}

/* What wording_add wrote. */
static void bind_words(sqlite3_stmt *s, const json_t *o)
{
	static const char *const texts[] = {":title", ":language", ":sort", ":fund", ":from",
					    ":to"};
	enum level level = LEVEL_ORDINARY;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		copy_text(s, texts[i], o);
	level_parse(json_get_text(o, "level", ""), &level);
	bind_integer(s, ":level", level);
	bind_array(s, ":programmes", o);
	bind_array(s, ":slots", o);
}

static bool apply_received(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->bulletin,
			  "INSERT OR REPLACE INTO bulletins(n, title, sha256, frames,"
			  " loudness_lufs, peak_dbtp, level, state, language, kind, fund,"
			  " programmes, slots, from_day, to_day, received_ms, original_sha256,"
			  " findings, sender, revision, replaces, replaced_by, endorsed_by,"
			  " decided_ms, decided_by, decided_why, noise_db)"
			  " VALUES(:n, :title, :sha256, :frames, :loudness_lufs, :peak_dbtp,"
			  " :level, 0, :language, :sort, :fund, :programmes, :slots, :from, :to,"
			  " :at, :original_sha256, :findings, :sender, :n, :replaces, '', '', 0,"
			  " '', '', :noise_db)", e))
		return false;
	static const char *const texts[] = {":sha256", ":original_sha256", ":replaces"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		copy_text(v->bulletin, texts[i], o);
	bind_words(v->bulletin, o);
	bind_text(v->bulletin, ":sender", json_get_text(o, "sender", json_get_text(o, "who", "")));
	bind_integer(v->bulletin, ":n", n);
	bind_integer(v->bulletin, ":frames", json_get_integer(o, "frames", 0));
	bind_number(v->bulletin, ":loudness_lufs", o, "loudness_lufs");
	bind_number(v->bulletin, ":peak_dbtp", o, "peak_dbtp");
	bind_number(v->bulletin, ":noise_db", o, "noise_db");
	bind_array(v->bulletin, ":findings", o);
	bind_integer(v->bulletin, ":at", time_ms(o, "at", 0));
	return view_run(v, v->bulletin, e);
}

static int64_t named_in(const json_t *o, const char *key)
{
	return entry_id_index(json_get_text(o, key, ""), 'B');
}

/* Words that changed while it waited for the second person take the first one's word back. */
static bool apply_edited(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->edit,
			  "UPDATE bulletins SET title = :title, language = :language,"
			  " kind = :sort, fund = :fund, from_day = :from, to_day = :to,"
			  " level = :level, programmes = :programmes, slots = :slots,"
			  " revision = :n, endorsed_by = '',"
			  " state = CASE state WHEN :endorsed THEN :received ELSE state END"
			  " WHERE n = :bulletin", e))
		return false;
	bind_words(v->edit, o);
	bind_integer(v->edit, ":n", n);
	bind_integer(v->edit, ":endorsed", BULLETIN_ENDORSED);
	bind_integer(v->edit, ":received", BULLETIN_RECEIVED);
	bind_integer(v->edit, ":bulletin", named_in(o, "bulletin"));
	return view_run(v, v->edit, e);
}

/* What had ended otherwise stays so, but tells what came after it. */
static bool apply_replacement(struct view *v, const json_t *o, struct err *e)
{
	if (named_in(o, "replaces") < 0)
		return true;
	if (!view_prepare(v, &v->replace,
			  "UPDATE bulletins SET replaced_by = :by, state = CASE"
			  " WHEN state IN (:received, :approved, :endorsed) THEN :replaced"
			  " ELSE state END WHERE n = :bulletin", e))
		return false;
	bind_text(v->replace, ":by", json_get_text(o, "bulletin", ""));
	bind_integer(v->replace, ":received", BULLETIN_RECEIVED);
	bind_integer(v->replace, ":approved", BULLETIN_APPROVED);
	bind_integer(v->replace, ":endorsed", BULLETIN_ENDORSED);
	bind_integer(v->replace, ":replaced", BULLETIN_REPLACED);
	bind_integer(v->replace, ":bulletin", named_in(o, "replaces"));
	return view_run(v, v->replace, e);
}

static bool decide(struct view *v, const json_t *o, enum bulletin_state state, const char *why,
		   struct err *e)
{
	if (!view_prepare(v, &v->decide,
			  "UPDATE bulletins SET state = :state, decided_ms = :at,"
			  " decided_by = :who, decided_why = :why,"
			  " endorsed_by = CASE :state WHEN :endorsed THEN :who ELSE endorsed_by END"
			  " WHERE n = :bulletin", e))
		return false;
	bind_integer(v->decide, ":state", state);
	bind_integer(v->decide, ":at", time_ms(o, "at", 0));
	bind_integer(v->decide, ":endorsed", BULLETIN_ENDORSED);
	copy_text(v->decide, ":who", o);
	bind_text(v->decide, ":why", json_get_text(o, why, ""));
	bind_integer(v->decide, ":bulletin", named_in(o, "bulletin"));
	return view_run(v, v->decide, e);
}

static bool apply_endorsed(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	(void)n;
	return decide(v, o, BULLETIN_ENDORSED, "document", e);
}

static bool apply_approved(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	(void)n;
	return decide(v, o, BULLETIN_APPROVED, "document", e) && apply_replacement(v, o, e);
}

static bool apply_refused(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	(void)n;
	return decide(v, o, BULLETIN_REFUSED, "reason", e);
}

static bool apply_withdrawn(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	(void)n;
	return decide(v, o, BULLETIN_WITHDRAWN, "reason", e);
}

static const char airing_sql[] =
	"INSERT OR REPLACE INTO airings VALUES(:n, :ended_n, :bulletin, :file, :sha256, :slot,"
	" :occurrence, :item, :zones, :level, :language, :programmes, :fund, :planned,"
	" :planned_length, :device, :who, :demo, :start, :end, :frames, :complete, :result,"
	" :reason, :detail, :loudness_lufs, :peak_dbtp, :xruns, :proof, :recording,"
	" :start_error_ms, :recording_frames, :synced, :not_before, NULL, '', :by_zone)";

/* Once an airing, and the rest of one that was broken off not again, however often a damaged log
 * says that it ended: asked before its row is replaced. */
static const char aired_sql[] =
	"INSERT INTO aired SELECT :bulletin, 1 WHERE NOT EXISTS"
	" (SELECT 1 FROM airings WHERE n = :n AND frames > 0)"
	" ON CONFLICT(bulletin) DO UPDATE SET times = times + 1";

static bool count_aired(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	const char *bulletin = json_get_text(o, "bulletin", "");

	if (bulletin[0] == '\0' || json_get_integer(o, "frames", 0) <= 0 ||
	    json_get_integer(o, "from_frames", 0) > 0)
		return true;
	if (!view_prepare(v, &v->aired, aired_sql, e))
		return false;
	bind_text(v->aired, ":bulletin", bulletin);
	bind_integer(v->aired, ":n", n);
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
	int64_t not_before_ms = time_ms(clock, "not_before", INT64_MIN);

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
					    ":proof", ":recording"};
	sqlite3_stmt *s;

	if (!view_prepare(v, &v->airing, airing_sql, e))
		return false;
	s = v->airing;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		copy_text(s, texts[i], o);
	bind_source(s, o, "relay");
	bind_source(s, o, "live");
	bind_said(s, ":detail", o);
	bind_object(s, ":by_zone", o);
	int64_t planned_ms = time_ms(o, "planned", time_ms(o, "at", 0));
	bind_integer(s, ":n", n);
	if (ended_n >= 0)
		bind_integer(s, ":ended_n", ended_n);
	bind_text(s, ":result", result);
	bind_integer(s, ":occurrence", time_ms(o, "occurrence", planned_ms));
	bind_integer(s, ":item", json_get_integer(o, "item", 0));
	bind_list(s, ":zones", o);
	bind_list(s, ":programmes", o);
	bind_integer(s, ":planned", planned_ms);
	double length_s = json_get_number(o, "planned_length_s", 0);
	bind_integer(s, ":planned_length", fabs(length_s) < 1e9 ? llround(length_s * 1000.0) : 0);
	bind_integer(s, ":demo", json_get_bool(o, "demo", false));
	bind_integer(s, ":start", time_ms(o, "start", 0));
	bind_integer(s, ":end", time_ms(o, "end", 0));
	bind_integer(s, ":frames", json_get_integer(o, "frames", 0));
	sqlite3_bind_double(s, at(s, ":complete"), json_get_number(o, "complete", 0));
	bind_number(s, ":loudness_lufs", o, "loudness_lufs");
	bind_number(s, ":peak_dbtp", o, "peak_dbtp");
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
	if (!view_prepare(v, &v->take_back,
			  "DELETE FROM airings WHERE occurrence_ms = :occurrence AND slot = :slot"
			  " AND bulletin = :bulletin AND sha256 = :sha256 AND result = 'missed'"
			  " AND reason = :reason AND n < :n", e))
		return false;
	int64_t planned_ms = time_ms(o, "planned", time_ms(o, "at", 0));
	bind_integer(v->take_back, ":occurrence", time_ms(o, "occurrence", planned_ms));
	copy_text(v->take_back, ":slot", o);
	copy_text(v->take_back, ":bulletin", o);
	copy_text(v->take_back, ":sha256", o);
	bind_text(v->take_back, ":reason", reason_code(REASON_CLOCK_FORWARD));
	bind_integer(v->take_back, ":n", n);
	return view_run(v, v->take_back, e);
}

static bool apply_intended(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	return take_back(v, n, o, e) && apply_airing(v, n, -1, "on-air", o, e);
}

static bool apply_missed(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	return take_back(v, n, o, e) && apply_airing(v, n, n, "missed", o, e);
}

static bool apply_ended(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	int64_t airing = entry_id_index(json_get_text(o, "airing", ""), 'A');

	return airing < 0 ||
	       (count_aired(v, airing, o, e) &&
		apply_airing(v, airing, n, json_get_text(o, "result", "partial"), o, e));
}

/* Never the other way: what was not of level A to begin with rests on nothing. */
static bool apply_checked(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	char *text = json_dumps(o, JSON_LINE);

	if (!view_prepare(v, &v->check,
			  "UPDATE airings SET proof = CASE WHEN proof <> '' AND :proof <> ''"
			  " THEN :proof ELSE proof END, checked_n = :n, checked = :text"
			  " WHERE n = :airing", e)) {
		free(text);
		return false;
	}
	copy_text(v->check, ":proof", o);
	bind_integer(v->check, ":n", n);
	bind_text(v->check, ":text", text != NULL ? text : "");
	bind_integer(v->check, ":airing", entry_id_index(json_get_text(o, "airing", ""), 'A'));
	free(text);
	return view_run(v, v->check, e);
}

static bool apply_recording(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->recording,
			  "INSERT OR REPLACE INTO recordings VALUES(:n, :file, :zone, :sha256,"
			  " :from, :to, :bytes, NULL, NULL, '')", e))
		return false;
	copy_text(v->recording, ":file", o);
	copy_text(v->recording, ":zone", o);
	copy_text(v->recording, ":sha256", o);
	bind_integer(v->recording, ":n", n);
	bind_integer(v->recording, ":from", time_ms(o, "from", 0));
	bind_integer(v->recording, ":to", time_ms(o, "to", 0));
	bind_integer(v->recording, ":bytes", json_get_integer(o, "bytes", 0));
	return view_run(v, v->recording, e);
}

/* A recording of which nothing is left: removed as soon as it is known. */
static bool apply_lost(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!apply_recording(v, n, o, e))
		return false;
	if (!view_prepare(v, &v->lost,
			  "UPDATE recordings SET removed_n = :n, removed_ms = :at,"
			  " removed_why = :why WHERE n = :n", e))
		return false;
	bind_integer(v->lost, ":n", n);
	bind_integer(v->lost, ":at", time_ms(o, "at", 0));
	bind_text(v->lost, ":why", KEEP_LOST);
	return view_run(v, v->lost, e);
}

static bool apply_corrected(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	int64_t from_n = json_get_integer(o, "from_n", -1), to_n = json_get_integer(o, "to_n", -1);

	/* What was written after it, it cannot know of. */
	if (from_n < 0 || to_n < from_n || to_n >= n)
		return true;
	if (!view_prepare(v, &v->correction,
			  "INSERT OR REPLACE INTO corrections VALUES(:from, :to, :offset)", e))
		return false;
	bind_integer(v->correction, ":from", from_n);
	bind_integer(v->correction, ":to", to_n);
	bind_integer(v->correction, ":offset", json_get_integer(o, "offset_ms", 0));
	return view_run(v, v->correction, e);
}

static const struct {
	const char *kind;
	bool (*apply)(struct view *v, int64_t n, const json_t *o, struct err *e);
} kinds[] = {
	{KIND_RECEIVED, apply_received}, {KIND_APPROVED, apply_approved},
	{KIND_EDITED, apply_edited},	 {KIND_ENDORSED, apply_endorsed},
	{KIND_REFUSED, apply_refused},	 {KIND_WITHDRAWN, apply_withdrawn},
	{KIND_INTENDED, apply_intended}, {KIND_ENDED, apply_ended},
	{KIND_MISSED, apply_missed},	 {KIND_RECORDING, apply_recording},
	{KIND_CLOCK_CORRECTED, apply_corrected}, {KIND_CHECKED, apply_checked},
	{KIND_RECORDING_LOST, apply_lost},
	{KIND_REMOVED, keep_apply_removed}, {KIND_HELD, keep_apply_held},
	{KIND_LIFTED, keep_apply_lifted},
};

static bool apply_event(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
			struct err *e)
{
	const char *kind = json_get_text(o, "kind", "");

	if (!view_prepare(v, &v->event,
			  "INSERT OR REPLACE INTO events VALUES(:n, :at, :kind, :text, :about)",
			  e))
		return false;
	const char *about = json_get_text(o, "bulletin", json_get_text(o, "airing", ""));
	char received[ID_BYTES];
	if (strcmp(kind, KIND_RECEIVED) == 0) {
		entry_id('B', n, received);
		about = received;
	}
	bool airing = strncmp(kind, "airing.", 7) == 0;
	bind_integer(v->event, ":n", n);
	bind_integer(v->event, ":at", time_ms(o, "at", 0));
	bind_text(v->event, ":kind", kind);
	bind_text(v->event, ":about", airing ? "" : about);
	if (!airing)
		sqlite3_bind_text(v->event, at(v->event, ":text"), text, (int)len,
				  SQLITE_TRANSIENT);
	return view_run(v, v->event, e);
}

static bool apply(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
		  struct err *e)
{
	const char *kind = json_get_text(o, "kind", "");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0 && !kinds[i].apply(v, n, o, e))
			return false;
	return apply_event(v, n, o, text, len, e);
}

bool view_apply(struct view *v, int64_t n, const char *text, size_t len, struct err *e)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored); /* NULL: all its members are missing */

	must(n >= v->applying); /* numbers of lost entries are missing */
	bool ok = apply(v, n, o, text, len, e);
	json_decref(o);
	if (!ok)
		return false;
	view_hash(text, len, v->applying_last);
	if (v->applying_first[0] == '\0')
		memcpy(v->applying_first, v->applying_last, sizeof(v->applying_first));
	v->applying = n + 1;
	return true;
}
