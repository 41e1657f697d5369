/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From an entry to rows. An entry that does not say what its kind should say still becomes an
 * event; the log is right by definition, and a view must never be impossible to make. */
#include "base/json.h"
#include "base/must.h"
#include "proof/bind.h"
#include "proof/entry.h"
#include "proof/keep.h"
#include "proof/order.h"
#include "proof/prefix.h"
#include "proof/registers.h"
#include "proof/view.h"
#include "proof/view_airing.h"

#include <stdlib.h>
#include <string.h>

/* What wording_add wrote. */
static void bind_words(sqlite3_stmt *s, const json_t *o)
{
	static const char *const texts[] = {":title", ":language", ":sort", ":fund", ":from",
					    ":to"};
	enum level level = LEVEL_ORDINARY;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		bind_member(s, texts[i], o);
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
		bind_member(v->bulletin, texts[i], o);
	bind_words(v->bulletin, o);
	bind_text(v->bulletin, ":sender", json_get_text(o, "sender", json_get_text(o, "who", "")));
	bind_integer(v->bulletin, ":n", n);
	bind_integer(v->bulletin, ":frames", json_get_integer(o, "frames", 0));
	bind_number(v->bulletin, ":loudness_lufs", o, "loudness_lufs");
	bind_number(v->bulletin, ":peak_dbtp", o, "peak_dbtp");
	bind_number(v->bulletin, ":noise_db", o, "noise_db");
	bind_array(v->bulletin, ":findings", o);
	bind_integer(v->bulletin, ":at", bind_time_ms(o, "at", 0));
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
	bind_integer(v->decide, ":at", bind_time_ms(o, "at", 0));
	bind_integer(v->decide, ":endorsed", BULLETIN_ENDORSED);
	bind_member(v->decide, ":who", o);
	bind_text(v->decide, ":why", json_get_text(o, why, ""));
	bind_integer(v->decide, ":bulletin", named_in(o, "bulletin"));
	return view_run(v, v->decide, e);
}

static bool apply_endorsed(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	(void)n;
	return decide(v, o, BULLETIN_ENDORSED, "document", e);
}

/* What an airing after it can still say when the bulletin is withdrawn. */
static bool keep_approval(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->approval,
			  "INSERT OR REPLACE INTO approvals SELECT :n, n, :at, :who, :document,"
			  " endorsed_by FROM bulletins WHERE n = :bulletin", e))
		return false;
	bind_integer(v->approval, ":n", n);
	bind_integer(v->approval, ":at", bind_time_ms(o, "at", 0));
	bind_member(v->approval, ":who", o);
	bind_member(v->approval, ":document", o);
	bind_integer(v->approval, ":bulletin", named_in(o, "bulletin"));
	return view_run(v, v->approval, e);
}

static bool apply_approved(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	return decide(v, o, BULLETIN_APPROVED, "document", e) && keep_approval(v, n, o, e) &&
	       apply_replacement(v, o, e);
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

static bool apply_recording(struct view *v, int64_t n, const json_t *o, struct err *e)
{
	if (!view_prepare(v, &v->recording,
			  "INSERT OR REPLACE INTO recordings VALUES(:n, :file, :zone, :sha256,"
			  " :from, :to, :bytes, NULL, NULL, '', :differs)", e))
		return false;
	bind_member(v->recording, ":file", o);
	bind_member(v->recording, ":zone", o);
	bind_member(v->recording, ":sha256", o);
	bind_integer(v->recording, ":n", n);
	bind_integer(v->recording, ":from", bind_time_ms(o, "from", 0));
	bind_integer(v->recording, ":to", bind_time_ms(o, "to", 0));
	bind_integer(v->recording, ":bytes", json_get_integer(o, "bytes", 0));
	bind_integer(v->recording, ":differs", json_is_object(json_object_get(o, "differs")));
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
	bind_integer(v->lost, ":at", bind_time_ms(o, "at", 0));
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
	return view_run(v, v->correction, e) && view_airing_count_anew(v, from_n, to_n, e);
}

static const struct {
	const char *kind;
	bool (*apply)(struct view *v, int64_t n, const json_t *o, struct err *e);
} kinds[] = {
	{KIND_RECEIVED, apply_received}, {KIND_APPROVED, apply_approved},
	{KIND_EDITED, apply_edited},	 {KIND_ENDORSED, apply_endorsed},
	{KIND_REFUSED, apply_refused},	 {KIND_WITHDRAWN, apply_withdrawn},
	{KIND_INTENDED, view_airing_intended}, {KIND_ENDED, view_airing_ended},
	{KIND_MISSED, view_airing_missed},	 {KIND_RECORDING, apply_recording},
	{KIND_CLOCK_CORRECTED, apply_corrected}, {KIND_CHECKED, view_airing_checked},
	{KIND_RECORDING_LOST, apply_lost},	 {KIND_ORDER_SET, order_apply},
	{KIND_REMOVED, keep_apply_removed}, {KIND_HELD, keep_apply_held},
	{KIND_LIFTED, keep_apply_lifted},
	{KIND_REGISTER, registers_apply},
};

static bool prepare_event(struct view *v, struct err *e)
{
	return view_prepare(v, &v->event,
			    "INSERT OR REPLACE INTO events VALUES(:n, :at, :kind, :text, :about)",
			    e);
}

/* NULL: it is not what it should be, and kept as it is. */
static char *brief_of(const json_t *o, char about[static ID_BYTES])
{
	json_t *brief = registers_brief(o, about);
	char *line = brief != NULL ? json_dumps(brief, JSON_LINE) : NULL;

	json_decref(brief);
	return line;
}

static bool apply_event(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
			struct err *e)
{
	const char *kind = json_get_text(o, "kind", "");
	bool airing = strncmp(kind, "airing.", 7) == 0;

	if (airing && v->sparse)
		return true;
	if (!prepare_event(v, e))
		return false;
	const char *about = json_get_text(o, "bulletin", json_get_text(o, "airing", ""));
	char received[ID_BYTES];
	if (strcmp(kind, KIND_RECEIVED) == 0) {
		entry_id('B', n, received);
		about = received;
	}
	char row[ID_BYTES], *brief = NULL;
	if (strcmp(kind, KIND_REGISTER) == 0 && (brief = brief_of(o, row)) != NULL)
		about = row;
	bind_integer(v->event, ":n", n);
	bind_integer(v->event, ":at", bind_time_ms(o, "at", 0));
	bind_text(v->event, ":kind", kind);
	bind_text(v->event, ":about", airing ? "" : about);
	if (brief != NULL)
		bind_text(v->event, ":text", brief);
	else if (!airing)
		bind_bytes(v->event, ":text", text, len);
	free(brief);
	return view_run(v, v->event, e);
}

static bool apply(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
		  struct err *e)
{
	const char *kind = json_get_text(o, "kind", "");

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, kind) == 0 && !kinds[i].apply(v, n, o, e))
			return false;
	return prefix_apply(v, n, o, e) && apply_event(v, n, o, text, len, e);
}

bool view_apply(struct view *v, int64_t n, const char *text, size_t len, struct err *e)
{
	struct err ignored;
	json_t *o = json_read(text, len, &ignored); /* NULL: all its members are missing */
	bool ok = view_apply_read(v, n, o, text, len, e);

	json_decref(o);
	return ok;
}

bool view_apply_read(struct view *v, int64_t n, const json_t *o, const char *text, size_t len,
		     struct err *e)
{
	must(n >= v->applying); /* numbers of lost entries are missing */
	if (!apply(v, n, o, text, len, e))
		return false;
	v->applying = n + 1;
	if (v->nameless)
		return true;
	if (v->applying_first[0] == '\0')
		view_hash(text, len, v->applying_first);
	buf_reset(&v->last);
	buf_add(&v->last, text, len);
	return true;
}
