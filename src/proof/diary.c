/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/diary.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "base/utf8.h"
#include "proof/entry.h"
#include "proof/query.h"
#include "proof/reason.h"
#include "proof/view.h"
#include "proof/zonelevel.h"

#include <stdio.h>
#include <string.h>

/* The approval that was in force when it was intended. */
#define APPROVAL_OF                                                                                \
	"(SELECT max(q.n) FROM approvals q WHERE q.n < a.n AND"                                    \
	" q.bulletin = CAST(substr(a.bulletin, 2) AS INTEGER))"
/* Ids are a letter and the entry's number. */
#define AUTHORITY_OF                                                                               \
	"CASE a.emergency WHEN '' THEN '' ELSE (SELECT json_extract(x.text, '$.by') FROM events x" \
	" WHERE x.n = CAST(substr(a.emergency, 2) AS INTEGER) AND json_valid(x.text)) END"
#define ROW_COLUMNS                                                                                \
	"SELECT a.n, coalesce(a.counted_ms, a.planned_ms) AS at, coalesce(a.ended_n, a.n),"        \
	" a.result, a.start_ms, a.end_ms, a.occurrence_ms, a.planned_length_ms, a.frames,"         \
	" a.from_frames, a.counted_ms IS NOT NULL, a.planned_ms, a.synced, a.drill, a.bulletin,"   \
	" coalesce(b.title, a.file), a.file, a.sha256, a.slot, a.zones, a.by_zone, b.kind,"        \
	" a.level, a.language, a.programmes, a.fund, a.reason, a.detail, a.proof, a.who,"          \
	" b.sender, p.who, p.document, p.endorsed_by, a.emergency, " AUTHORITY_OF ", a.speaker, "  \
	"a.checked, " RECORDED_OF                                                                  \
	" FROM airings a LEFT JOIN bulletins b"                                                    \
	" ON b.n = CAST(substr(a.bulletin, 2) AS INTEGER) AND a.bulletin LIKE 'B_%'"               \
	" LEFT JOIN approvals p ON a.bulletin <> '' AND p.n = " APPROVAL_OF " WHERE NOT a.demo AND "

/* Two walks in one order, so that an index serves each and neither is sorted. */
static const char *const walks[2] = {
	ROW_COLUMNS "a.counted_ms IS NULL AND a.planned_ms >= ?1 AND a.planned_ms < ?2"
		    " ORDER BY a.planned_ms, a.n",
	ROW_COLUMNS "a.counted_ms >= ?1 AND a.counted_ms < ?2 ORDER BY a.counted_ms, a.n",
};

static const char *fate_of(const struct diary_row *r, const char *result)
{
	bool said_matters = strcmp(result, "interrupted") == 0 || r->proof[0] == '\0';
	json_t *said = said_matters ? saying_read(r->detail) : NULL;
	const char *fate = row_fate(result, r->proof, said, r->frames);

	json_decref(said);
	return fate;
}

static int64_t later(int64_t ms, int64_t by_ms)
{
	return ms != 0 ? ms + by_ms : 0;
}

static void read_texts(sqlite3_stmt *s, struct diary_row *r)
{
	const char **const texts[] = {
		&r->bulletin, &r->title, &r->file, &r->sha256, &r->slot, &r->zones, &r->by_zone,
		&r->kind, &r->level, &r->language, &r->programmes, &r->fund, &r->reason,
		&r->detail, &r->proof, &r->who, &r->sender, &r->approved_by, &r->document,
		&r->endorsed_by, &r->emergency, &r->authority, &r->speaker, &r->checked};

	for (int i = 0; i < (int)(sizeof(texts) / sizeof(texts[0])); i++)
		*texts[i] = query_text(s, 14 + i);
}

static void read_row(sqlite3_stmt *s, struct diary_row *r)
{
	const char *result = query_text(s, 3);
	int64_t by_ms = sqlite3_column_int64(s, 1) - sqlite3_column_int64(s, 11);

	*r = (struct diary_row){.at_ms = sqlite3_column_int64(s, 1),
				.entry = sqlite3_column_int64(s, 2),
				.start_ms = later(sqlite3_column_int64(s, 4), by_ms),
				.end_ms = later(sqlite3_column_int64(s, 5), by_ms),
				.occurrence_ms = sqlite3_column_int64(s, 6),
				.planned_length_ms = sqlite3_column_int64(s, 7),
				.frames = sqlite3_column_int64(s, 8),
				.from_frames = sqlite3_column_int64(s, 9),
				.corrected = sqlite3_column_int(s, 10) != 0,
				.synced = sqlite3_column_int(s, 12) != 0,
				.drill = sqlite3_column_int(s, 13) != 0};
	r->recorded = (enum recorded)sqlite3_column_int(s, 38);
	read_texts(s, r);
	r->title = row_title_of(r->file, r->title);
	entry_id(strcmp(result, "missed") == 0 ? 'M' : 'A', sqlite3_column_int64(s, 0), r->id);
	r->fate = fate_of(r, result);
	r->sum = row_sum_of(r->fate, row_heard(r->proof, r->by_zone), r->frames);
}

/* One of the two walks, at its next row. */
struct walk {
	sqlite3_stmt *s;
	int code;
};

static bool walk_open(struct walk *w, struct view *v, int which, struct wall from, struct wall to,
		      struct err *e)
{
	w->s = query_ask(v, walks[which], e);
	if (w->s == NULL)
		return false;
	sqlite3_bind_int64(w->s, 1, query_ms_up(from));
	sqlite3_bind_int64(w->s, 2, query_ms_up(to));
	w->code = sqlite3_step(w->s);
	return true;
}

static bool comes_before(const struct walk *a, const struct walk *b)
{
	if (a->code != SQLITE_ROW || b->code != SQLITE_ROW)
		return a->code == SQLITE_ROW;
	int64_t at_a = sqlite3_column_int64(a->s, 1), at_b = sqlite3_column_int64(b->s, 1);
	return at_a != at_b ? at_a < at_b
			    : sqlite3_column_int64(a->s, 0) < sqlite3_column_int64(b->s, 0);
}

static bool merge(struct walk w[2], struct view *v,
		  bool (*each)(const struct diary_row *r, void *arg), void *arg, struct err *e)
{
	bool more = true;

	while (more && (w[0].code == SQLITE_ROW || w[1].code == SQLITE_ROW)) {
		struct walk *next = comes_before(&w[0], &w[1]) ? &w[0] : &w[1];
		struct diary_row r;

		read_row(next->s, &r);
		more = each(&r, arg);
		next->code = sqlite3_step(next->s);
	}
	for (int i = 0; more && i < 2; i++)
		if (w[i].code != SQLITE_DONE)
			return view_fault(v, "SQL", e);
	return true;
}

bool diary_rows(struct view *v, struct wall from, struct wall to,
		bool (*each)(const struct diary_row *r, void *arg), void *arg, struct err *e)
{
	struct walk w[2] = {{NULL, SQLITE_DONE}, {NULL, SQLITE_DONE}};
	bool ok = walk_open(&w[0], v, 0, from, to, e) && walk_open(&w[1], v, 1, from, to, e) &&
		  merge(w, v, each, arg, e);

	sqlite3_finalize(w[0].s);
	sqlite3_finalize(w[1].s);
	return ok;
}

void diary_proof(const struct diary_row *r, char out[static REASON_BYTES])
{
	json_t *levels = zonelevel_read(r->by_zone, r->checked);
	json_t *said = row_recorded_of(zonelevel_best(levels, r->proof), r->recorded);
	char words[REASON_BYTES / 2];
	struct buf text = {0};

	zonelevel_tell(&text, levels, r->proof);
	saying_words(said, text_english(), words, sizeof(words));
	if (said != NULL)
		buf_print(&text, " (%s)", words);
	if (text.len >= REASON_BYTES)
		utf8_cut(text.data, REASON_BYTES - 1);
	snprintf(out, REASON_BYTES, "%s", buf_str(&text));
	buf_finish(&text);
	json_decref(levels);
	json_decref(said);
}

/* "frames" null: it was sent, and nobody can say how much of it the device took. */
enum diary_heard diary_zone(const struct diary_row *r, const char *zone)
{
	struct err ignored;

	if (r->by_zone[0] == '\0')
		return r->proof[0] != '\0' ? DIARY_HEARD : DIARY_NOT_HEARD;
	json_t *o = json_read(r->by_zone, strlen(r->by_zone), &ignored);
	const json_t *frames = json_object_get(json_object_get(o, zone), "frames");
	bool sent = json_is_null(frames) || json_integer_value(frames) > 0;
	enum diary_heard heard = zonelevel_sent(o, zone)[0] != '\0' ? DIARY_HEARD
				 : sent				    ? DIARY_PERHAPS
								    : DIARY_NOT_HEARD;
	json_decref(o);
	return heard;
}

bool diary_zone_heard(const struct diary_row *r, const char *zone)
{
	return diary_zone(r, zone) == DIARY_HEARD;
}

struct product_call {
	bool (*each)(const struct diary_product *p, void *arg);
	void *arg;
};

/* ["a","b"] as "a,b". */
static void join(const char *array, char *out, size_t size)
{
	struct err ignored;
	json_t *list = json_read(array, strlen(array), &ignored), *item;
	size_t i, len = 0;

	out[0] = '\0';
	json_array_foreach(list, i, item) {
		if (json_is_string(item) && len < size)
			len += (size_t)snprintf(out + len, size - len, "%s%s", len > 0 ? "," : "",
						json_string_value(item));
	}
	json_decref(list);
}

static bool call_product(sqlite3_stmt *s, void *arg)
{
	struct product_call *c = arg;
	char programmes[BULLETIN_PROGRAMMES_MAX * CODE_BYTES];
	struct diary_product p = {.entry = sqlite3_column_int64(s, 1),
				  .at_ms = sqlite3_column_int64(s, 2),
				  .frames = sqlite3_column_int64(s, 3),
				  .again = sqlite3_column_int(s, 4) != 0,
				  .title = query_text(s, 5),
				  .kind = query_text(s, 6),
				  .language = query_text(s, 7),
				  .fund = query_text(s, 8),
				  .programmes = programmes,
				  .sha256 = query_text(s, 10),
				  .sender = query_text(s, 11)};

	entry_id('B', sqlite3_column_int64(s, 0), p.id);
	join(query_text(s, 9), programmes, sizeof(programmes));
	return c->each(&p, c->arg);
}

bool diary_products(struct view *v, struct wall from, struct wall to,
		    bool (*each)(const struct diary_product *p, void *arg), void *arg,
		    struct err *e)
{
	sqlite3_stmt *s = query_ask(v,
		"SELECT b.n, p.n, p.at, b.frames, b.replaces <> '' OR EXISTS (SELECT 1"
		" FROM approvals q WHERE q.bulletin = p.bulletin AND q.n < p.n), b.title, b.kind,"
		" b.language, b.fund, b.programmes, b.sha256, b.sender FROM (SELECT n, bulletin,"
		" at_ms + coalesce(" CORRECTION_OF("approvals.n") ", 0) AS at FROM approvals) p"
		" JOIN bulletins b ON b.n = p.bulletin WHERE p.at >= ?1 AND p.at < ?2"
		" ORDER BY p.n", e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, query_ms_up(from));
	sqlite3_bind_int64(s, 2, query_ms_up(to));
	return query_walk(v, s, call_product, &(struct product_call){each, arg}, e);
}

const char *diary_fate_text(const struct diary_row *r)
{
	return reason_result_text(r->fate);
}

void diary_why(const struct diary_row *r, char out[static REASON_BYTES])
{
	const char *why = reason_text(r->reason);
	char words[REASON_BYTES];

	saying_tell(r->detail, words, sizeof(words));
	if ((size_t)snprintf(out, REASON_BYTES, "%s%s%s", why,
			     why[0] != '\0' && words[0] != '\0' ? ": " : "", words) >=
	    REASON_BYTES)
		utf8_cut(out, REASON_BYTES - 1);
}
