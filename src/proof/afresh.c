/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/afresh.h"

#include "base/flat.h"
#include "base/text.h"
#include "proof/endings.h"
#include "proof/entry.h"
#include "proof/outages.h"
#include "proof/pick.h"
#include "proof/query.h"
#include "proof/sameness.h"
#include "proof/view.h"

#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

/* Rows of the period that something outward is made of. A bulletin's later fate (withdrawn,
 * ordered anew) is none of it. */
#define AIRINGS                                                                                    \
	"SELECT a.*, " CORRECTION_OF("coalesce(a.ended_n, a.n)") " FROM airings a "
#define OF_PERIOD(what)                                                                            \
	AIRINGS "WHERE a." what " >= ?1 AND a." what " < ?2 ORDER BY a." what ", a.n"
#define NUMBER_OF_B "CAST(substr(bulletin, 2) AS INTEGER)"
#define ITS_BULLETINS                                                                              \
	"(SELECT " NUMBER_OF_B " FROM airings WHERE bulletin <> '' AND planned_ms >= ?1"           \
	" AND planned_ms < ?2 UNION SELECT " NUMBER_OF_B " FROM airings WHERE bulletin <> ''"      \
	" AND counted_ms >= ?1 AND counted_ms < ?2 UNION"                                          \
	" SELECT bulletin FROM approvals WHERE at_ms >= ?1 AND at_ms < ?2)"
#define BULLETIN_WORDS                                                                             \
	"SELECT n, title, sha256, frames, level, language, kind, fund, programmes, sender,"        \
	" replaces FROM bulletins WHERE n "
/* Kind by kind, as their index has them. An airing's entries say in events that they were written,
 * and nothing that goes outward is made of that; they are most of a log. */
#define EVENTS_OF_PERIOD                                                                           \
	"WITH RECURSIVE kinds(is_one) AS (SELECT min(kind) FROM events UNION ALL SELECT"           \
	" (SELECT min(kind) FROM events WHERE kind > is_one) FROM kinds WHERE is_one IS NOT NULL)" \
	" SELECT n, at_ms, kind, text, " CORRECTION_OF("n")                                        \
	" FROM kinds CROSS JOIN events ON kind = is_one AND at_ms >= ?1 AND at_ms < ?2"            \
	" WHERE is_one NOT IN ('" KIND_INTENDED "', '" KIND_ENDED "', '" KIND_MISSED "',"          \
	" '" KIND_CHECKED "') ORDER BY n"
static const struct {
	const char *sql;
	char letter; /* of its ids; 'N': the entry's number */
} tables[] = {
	{OF_PERIOD("planned_ms"), 'A'},
	{OF_PERIOD("counted_ms"), 'A'},
	{BULLETIN_WORDS "IN " ITS_BULLETINS " ORDER BY n", 'B'},
	{"SELECT * FROM approvals WHERE bulletin IN " ITS_BULLETINS " ORDER BY n", 'N'},
	{"SELECT * FROM recordings WHERE file IN (SELECT recording FROM airings WHERE recording"
	 " <> '' AND planned_ms >= ?1 AND planned_ms < ?2) ORDER BY n", 'N'},
	{"SELECT n, number, id, register, at_ms, who, fields FROM registers"
	 " WHERE (SELECT max(x.n) FROM registers x WHERE x.register = registers.register AND"
	 " x.number = registers.number AND x.id = registers.id) = n"
	 " ORDER BY register, number, id", 'N'},
	{EVENT_COLUMNS "WHERE kind = '" KIND_DUPLICATE "' ORDER BY n", 'N'},
	{EVENT_COLUMNS "WHERE n IN " OUTAGE_ENTRIES " ORDER BY n", 'N'},
	{EVENTS_OF_PERIOD, 'N'},
};

#define EVENTS (sizeof(tables) / sizeof(tables[0]) - 1)

struct filling {
	struct pick *pick;
	const struct numbers *numbers;
	size_t next;
	struct view *view;
	struct endings endings;
	int64_t last;
	struct err *e;
	bool ok;
};

/* Most are of airings, and of those most have their outcome; what it says nothing of is not asked
 * for. The last is applied whole, so that what is newest stands in the new view too. */
static bool apply_one(struct filling *f, int64_t n, const char *text, size_t len)
{
	struct flat flat;
	bool done = false;

	if (n != f->last && flat_read(text, len, &flat)) {
		if (pick_answered(f->pick, n, &flat))
			return true;
		if (!endings_apply(&f->endings, f->view, n, &flat, &done, f->e))
			return false;
	}
	return done || view_apply(f->view, n, text, len, f->e);
}

static bool apply(int64_t n, const char *text, size_t len, void *arg)
{
	struct filling *f = arg;
	const struct numbers *s = f->numbers;

	while (f->next < s->count && s->list[f->next] < n)
		f->next++;
	if (f->next == s->count)
		return false;
	if (s->list[f->next] == n)
		f->ok = apply_one(f, n, text, len);
	return f->ok;
}

/* Bundle by bundle of those in which one is. */
static bool apply_all(struct filling *f, struct chain *c, struct err *e)
{
	const struct numbers *s = f->numbers;

	while (f->ok && f->next < s->count) {
		int64_t first = s->list[f->next], end = (first / BUNDLE_ENTRIES + 1) *
							BUNDLE_ENTRIES;

		if (!chain_read(c, first, end, apply, f, e))
			return false;
		while (f->next < s->count && s->list[f->next] < end)
			f->next++;
	}
	return f->ok;
}

static bool fill(struct view *made, struct pick *p, struct err *e)
{
	struct filling f = {.pick = p, .numbers = &p->numbers, .view = made, .e = e, .ok = true};

	f.last = p->numbers.count > 0 ? p->numbers.list[p->numbers.count - 1] : -1;
	bool ok = view_begin(made, e) && apply_all(&f, p->chain, e);
	endings_finish(&f.endings);
	if (!ok)
		return false;
	made->applying = p->entries; /* it stands where the other one stands */
	return view_commit(made, e);
}

static bool differs(char letter, sqlite3_stmt *row, const char *what, struct err *e)
{
	char name[ID_BYTES];
	bool missed = letter == 'A' && sqlite3_column_count(row) > 22 &&
		      strcmp(query_text(row, 22), "missed") == 0;

	if (letter == 'N')
		snprintf(name, sizeof(name), "%lld", (long long)sqlite3_column_int64(row, 0));
	else
		entry_id(missed ? 'M' : letter, sqlite3_column_int64(row, 0), name);
	return err_set(e, ERR_DIFFERS,
		       T("view.sqlite không như sổ nhật ký: %s %s: %s. Không đưa ra gì từ bảng tra "
			 "này; dừng đài rồi làm lại bảng từ sổ: vangxa rebuild",
			 "view.sqlite is not as the log: %s %s: %s. Nothing is given out from it; "
			 "stop the station and make it anew from the log: vangxa rebuild"),
		       letter == 'A'   ? T("lần phát", "airing")
		       : letter == 'B' ? T("bản tin", "bulletin")
				       : T("mục", "entry"), name, what);
}

static bool same_rows(char letter, sqlite3_stmt *have, sqlite3_stmt *want, struct err *e)
{
	char what[CODE_BYTES * 2];

	for (;;) {
		int is = sqlite3_step(have), should = sqlite3_step(want), column;

		if (is == SQLITE_DONE && should == SQLITE_DONE)
			return true;
		if (is == SQLITE_DONE && should == SQLITE_ROW)
			return differs(letter, want, T("bị bỏ mất", "it is missing"), e);
		if (should == SQLITE_DONE && is == SQLITE_ROW)
			return differs(letter, have, T("sổ không có", "the log has none"), e);
		if (is != SQLITE_ROW || should != SQLITE_ROW)
			return err_set(e, ERR_DIFFERS, "view.sqlite: %s",
				       sqlite3_errmsg(sqlite3_db_handle(have)));
		/* Of two that do not stand at one place, the earlier is in one of them only. */
		if ((column = query_differs(have, want)) < 0)
			continue;
		snprintf(what, sizeof(what), T("cột %s", "column %s"),
			 sqlite3_column_name(want, column));
		return differs(letter, want, what, e);
	}
}

static bool same(struct view *have, struct view *made, const char *sql, char letter,
		 int64_t from_ms, int64_t to_ms, struct err *e)
{
	sqlite3_stmt *a = query_ask(have, sql, e), *b = query_ask(made, sql, e);
	bool ok = a != NULL && b != NULL;

	for (int i = 0; ok && i < 2; i++) {
		sqlite3_bind_int64(i == 0 ? a : b, 1, from_ms);
		sqlite3_bind_int64(i == 0 ? a : b, 2, to_ms);
	}
	ok = ok && same_rows(letter, a, b, e);
	sqlite3_finalize(a);
	sqlite3_finalize(b);
	return ok;
}

static bool compare(struct view *have, struct view *made, const struct pick *p, struct err *e)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (!same(have, made, tables[i].sql, tables[i].letter, p->from_ms, p->to_ms, e))
			return false;
	/* Recordings are written down when they are closed. */
	return p->to_ms > INT64_MAX - DAY_MS ||
	       same(have, made, tables[EVENTS].sql, 'N', p->to_ms, p->to_ms + DAY_MS, e);
}

/* What nobody asks of it need not be kept in order. */
static const char spare[] =
	"DROP INDEX events_about; DROP INDEX events_newest;"
	"DROP INDEX airings_bulletin; DROP INDEX airings_unchecked; DROP INDEX airings_open;";

/* The view is held before the log is read: of what it has applied, all is there. */
static bool begin(struct pick *p, struct view **made, struct disk *d, struct err *e)
{
	*made = NULL;
	if (!reader_hold(p->have, &p->entries, e))
		return false;
	if (chain_open(&p->chain, d, 0, e) && view_open_scratch(made, e)) {
		sqlite3_exec((*made)->db, spare, NULL, NULL, NULL);
		(*made)->nameless = true;
		return true;
	}
	*made = NULL;
	return false;
}

static bool finish(struct pick *p, struct view **made, bool ok)
{
	numbers_finish(&p->numbers);
	numbers_finish(&p->corrected);
	numbers_finish(&p->answered);
	chain_close(p->chain);
	reader_release(p->have);
	if (!ok) {
		view_close(*made);
		*made = NULL;
	}
	return ok;
}

bool afresh_make(struct view **made, struct view *have, struct disk *d, struct wall from,
		 struct wall to, struct err *e)
{
	struct pick p = {.have = have, .from_ms = query_ms_up(from), .to_ms = query_ms_up(to)};
	bool ok = begin(&p, made, d, e) && pick_period(&p, e) && fill(*made, &p, e) &&
		  compare(have, *made, &p, e);

	return finish(&p, made, ok);
}

/* What was said about bulletin ?1 before the entry ?2. */
#define SAID_OF "WHERE about = 'B' || ?1 AND n < ?2 AND kind LIKE 'bulletin.%' ORDER BY n"

static bool tell_said(struct view *made, int64_t bulletin, int64_t before,
		      bool (*each)(const struct event_row *said, void *arg), void *arg,
		      struct err *e)
{
	sqlite3_stmt *s = query_ask(made, EVENT_COLUMNS SAID_OF, e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, bulletin);
	sqlite3_bind_int64(s, 2, before);
	return query_events(made, s, each, arg, e);
}

static bool same_airing(struct view *have, struct view *made, int64_t n, int64_t bulletin,
			struct err *e)
{
	return same(have, made, AIRINGS "WHERE a.n = ?1", 'A', n, 0, e) &&
	       same(have, made, BULLETIN_WORDS "= ?1", 'B', bulletin, 0, e) &&
	       same(have, made, EVENT_COLUMNS SAID_OF, 'N', bulletin, n, e);
}

bool afresh_airing(struct view *have, struct disk *d, const char *id, struct airing_row *r,
		   bool (*each)(const struct event_row *said, void *arg), void *arg,
		   struct err *e)
{
	struct pick p = {.have = have, .from_ms = 1, .to_ms = 0};
	struct view *made;
	int64_t n = entry_id_index(id, id[0] == 'M' ? 'M' : 'A');
	char asked[ID_BYTES]; /* id may lie in r */

	snprintf(asked, sizeof(asked), "%s", id);
	bool ok = begin(&p, &made, d, e) && reader_airing(have, asked, r, e) &&
		  pick_airing(&p, n, r->ended_n, r->checked_n, e) && fill(made, &p, e) &&
		  same_airing(have, made, n, entry_id_index(r->bulletin, 'B'), e) &&
		  reader_airing(made, asked, r, e) &&
		  tell_said(made, entry_id_index(r->bulletin, 'B'), n, each, arg, e);

	finish(&p, &made, ok);
	view_close(made);
	return ok;
}
