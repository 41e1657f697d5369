/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/afresh.h"

#include "base/text.h"
#include "proof/entry.h"
#include "proof/outages.h"
#include "proof/pick.h"
#include "proof/query.h"
#include "proof/sameness.h"
#include "proof/view.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

/* Rows of the period that something outward is made of. A bulletin's later fate (withdrawn,
 * ordered anew) is none of it. */
#define AIRINGS_WITH(correction) "SELECT a.*, " correction " FROM airings a "
#define AIRINGS AIRINGS_WITH(CORRECTION_OF("coalesce(a.ended_n, a.n)"))
#define OF_PERIOD(what) "WHERE a." what " >= ?1 AND a." what " < ?2 ORDER BY a." what ", a.n"
/* Of the columns of airings, as their table has them. */
enum { OF_BULLETIN = 2, OF_RECORDING = 29 };
#define BULLETIN_WORDS                                                                             \
	"SELECT n, title, sha256, frames, level, language, kind, fund, programmes, sender,"        \
	" replaces FROM bulletins WHERE n = ?1"
/* Kind by kind, as their index has them. An airing's entries say in events that they were written,
 * and nothing that goes outward is made of that; they are most of a log. */
#define EVENTS_OF_PERIOD                                                                           \
	"WITH RECURSIVE kinds(is_one) AS (SELECT min(kind) FROM events UNION ALL SELECT"           \
	" (SELECT min(kind) FROM events WHERE kind > is_one) FROM kinds WHERE is_one IS NOT NULL)" \
	" SELECT n, at_ms, kind, text, " CORRECTION_OF("n")                                        \
	" FROM kinds CROSS JOIN events ON kind = is_one AND at_ms >= ?1 AND at_ms < ?2"            \
	" WHERE is_one NOT IN ('" KIND_INTENDED "', '" KIND_ENDED "', '" KIND_MISSED "',"          \
	" '" KIND_CHECKED "') ORDER BY n"
static const char *const tables[] = {
	"SELECT n, number, id, register, at_ms, who, fields FROM registers"
	 " WHERE (SELECT max(x.n) FROM registers x WHERE x.register = registers.register AND"
	 " x.number = registers.number AND x.id = registers.id) = n"
	 " ORDER BY register, number, id",
	EVENT_COLUMNS "WHERE kind = '" KIND_DUPLICATE "' ORDER BY n",
	EVENT_COLUMNS "WHERE n IN " OUTAGE_ENTRIES " ORDER BY n",
	EVENTS_OF_PERIOD,
};

#define EVENTS (sizeof(tables) / sizeof(tables[0]) - 1)

struct filling {
	struct pick *pick;
	const struct numbers *numbers;
	size_t next;
	struct view *view;
	int64_t last;
	struct err *e;
	bool ok;
};

/* Most are of airings, and of those most have their outcome; what it says nothing of is not asked
 * for. The last is applied whole, so that what is newest stands in the new view too. */
static bool apply_one(struct filling *f, int64_t n, const char *text, size_t len)
{
	if (n != f->last && pick_answered(f->pick, n, text, len))
		return true;
	f->view->sparse = n != f->last;
	return view_apply(f->view, n, text, len, f->e);
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

/* What the rows of airings name, which are the same in both views. */
struct named {
	struct numbers bulletins;
	json_t *recordings; /* their names are its keys; NULL: they are not asked for */
	char last[PATH_BYTES]; /* one holds many airings */
};

static void note_named(struct named *x, sqlite3_stmt *row)
{
	const char *bulletin = query_text(row, OF_BULLETIN);
	const char *recording = query_text(row, OF_RECORDING);

	if (bulletin[0] != '\0')
		numbers_add(&x->bulletins, strtoll(bulletin + 1, NULL, 10));
	if (x->recordings == NULL || recording[0] == '\0' || strcmp(x->last, recording) == 0)
		return;
	json_object_set_new(x->recordings, recording, json_null());
	snprintf(x->last, sizeof(x->last), "%s", recording);
}

/* The same statement, asked of the view and of the log. */
struct pair {
	char letter; /* of its ids; 'N': the entry's number */
	sqlite3_stmt *have, *want;
};

static bool same_rows(const struct pair *p, struct named *named, struct err *e)
{
	char what[CODE_BYTES * 2];

	for (;;) {
		int is = sqlite3_step(p->have), should = sqlite3_step(p->want), column;

		if (is == SQLITE_DONE && should == SQLITE_DONE)
			return true;
		if (is == SQLITE_DONE && should == SQLITE_ROW)
			return differs(p->letter, p->want, T("bị bỏ mất", "it is missing"), e);
		if (should == SQLITE_DONE && is == SQLITE_ROW)
			return differs(p->letter, p->have, T("sổ không có", "the log has none"), e);
		if (is != SQLITE_ROW || should != SQLITE_ROW)
			return err_set(e, ERR_DIFFERS, "view.sqlite: %s",
				       sqlite3_errmsg(sqlite3_db_handle(p->have)));
		/* Of two that do not stand at one place, the earlier is in one of them only. */
		if ((column = query_differs(p->have, p->want)) < 0) {
			if (named != NULL)
				note_named(named, p->want);
			continue;
		}
		snprintf(what, sizeof(what), T("cột %s", "column %s"),
			 sqlite3_column_name(p->want, column));
		return differs(p->letter, p->want, what, e);
	}
}

static bool ask_both(struct pair *p, struct view *have, struct view *made, const char *sql,
		     struct err *e)
{
	p->have = query_ask(have, sql, e);
	p->want = p->have != NULL ? query_ask(made, sql, e) : NULL;
	return p->want != NULL;
}

static void finish_both(struct pair *p)
{
	sqlite3_finalize(p->have);
	sqlite3_finalize(p->want);
}

static void bind_both(struct pair *p, int64_t first, int64_t second)
{
	sqlite3_stmt *const both[] = {p->have, p->want};

	for (int i = 0; i < 2; i++) {
		sqlite3_reset(both[i]);
		sqlite3_bind_int64(both[i], 1, first);
		sqlite3_bind_int64(both[i], 2, second);
	}
}

static bool same(struct view *have, struct view *made, const char *sql, char letter,
		 int64_t from_ms, int64_t to_ms, struct named *named, struct err *e)
{
	struct pair p = {.letter = letter};
	bool ok = ask_both(&p, have, made, sql, e);

	if (ok)
		bind_both(&p, from_ms, to_ms);
	ok = ok && same_rows(&p, named, e);
	finish_both(&p);
	return ok;
}

static bool note_number(sqlite3_stmt *s, void *arg)
{
	numbers_add(arg, sqlite3_column_int64(s, 0));
	return true;
}

static bool gather(struct view *v, const char *sql, const struct pick *p, struct numbers *into,
		   struct err *e)
{
	sqlite3_stmt *s = query_ask(v, sql, e);

	if (s == NULL)
		return false;
	sqlite3_bind_int64(s, 1, p->from_ms);
	sqlite3_bind_int64(s, 2, p->to_ms);
	return query_walk(v, s, note_number, into, e);
}

/* Where no clock was ever corrected, nobody looks for its correction at each row. Recordings are
 * those of what was planned then. */
static bool same_airings(struct view *have, struct view *made, const struct pick *p,
			 struct named *named, struct err *e)
{
	struct numbers corrected = {0};
	const char *some = "SELECT from_n FROM corrections LIMIT 1";
	bool ok = gather(have, some, p, &corrected, e) && gather(made, some, p, &corrected, e);
	bool plain = numbers_count(&corrected) == 0;
	json_t *recordings = named->recordings;

	numbers_finish(&corrected);
	ok = ok && same(have, made, plain ? AIRINGS_WITH("NULL") OF_PERIOD("planned_ms")
					  : AIRINGS OF_PERIOD("planned_ms"), 'A', p->from_ms,
			p->to_ms, named, e);
	named->recordings = NULL;
	ok = ok && same(have, made, AIRINGS OF_PERIOD("counted_ms"), 'A', p->from_ms, p->to_ms,
			named, e);
	named->recordings = recordings;
	return ok;
}

static bool same_bulletins(struct view *have, struct view *made, const struct pick *p,
			   struct numbers *bulletins, struct err *e)
{
	const char *approved = "SELECT bulletin FROM approvals WHERE at_ms >= ?1 AND at_ms < ?2";
	struct pair words = {.letter = 'B'}, approvals = {.letter = 'N'};
	bool ok = gather(have, approved, p, bulletins, e) &&
		  gather(made, approved, p, bulletins, e) &&
		  ask_both(&words, have, made, BULLETIN_WORDS, e) &&
		  ask_both(&approvals, have, made,
			   "SELECT * FROM approvals WHERE bulletin = ?1 ORDER BY n", e);

	numbers_settle(bulletins);
	for (size_t i = 0; i < bulletins->count && ok; i++) {
		bind_both(&words, bulletins->list[i], 0);
		bind_both(&approvals, bulletins->list[i], 0);
		ok = same_rows(&words, NULL, e) && same_rows(&approvals, NULL, e);
	}
	finish_both(&words);
	finish_both(&approvals);
	return ok;
}

static bool same_recordings(struct view *have, struct view *made, const json_t *names,
			    struct err *e)
{
	struct pair p = {.letter = 'N'};
	bool ok = ask_both(&p, have, made,
			   "SELECT * FROM recordings WHERE file = ?1 ORDER BY n", e);
	const char *name;
	json_t *ignored;

	json_object_foreach((json_t *)(uintptr_t)names, name, ignored) {
		if (!ok)
			break;
		bind_both(&p, 0, 0);
		sqlite3_bind_text(p.have, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_text(p.want, 1, name, -1, SQLITE_STATIC);
		ok = same_rows(&p, NULL, e);
	}
	finish_both(&p);
	return ok;
}

/* Airings first: what they name is then the same in both. */
static bool compare(struct view *have, struct view *made, const struct pick *p, struct err *e)
{
	struct named named = {.recordings = json_object()};
	bool ok = same_airings(have, made, p, &named, e) &&
		  same_bulletins(have, made, p, &named.bulletins, e) &&
		  same_recordings(have, made, named.recordings, e);

	numbers_finish(&named.bulletins);
	json_decref(named.recordings);
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]) && ok; i++)
		ok = same(have, made, tables[i], 'N', p->from_ms, p->to_ms, NULL, e);
	/* Recordings are written down when they are closed. */
	return ok && (p->to_ms > INT64_MAX - DAY_MS ||
		      same(have, made, tables[EVENTS], 'N', p->to_ms, p->to_ms + DAY_MS, NULL, e));
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
	pick_finish(p);
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
	return same(have, made, AIRINGS "WHERE a.n = ?1", 'A', n, 0, NULL, e) &&
	       same(have, made, BULLETIN_WORDS, 'B', bulletin, 0, NULL, e) &&
	       same(have, made, EVENT_COLUMNS SAID_OF, 'N', bulletin, n, NULL, e);
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
