/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/verify_view.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/query.h"
#include "proof/reader.h"
#include "proof/view_bulk.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Each table in an order that its key gives, and the shape of all. */
static const struct {
	const char *name, *sql;
	bool numbered; /* the first column is the number of an entry */
} tables[] = {
	{"schema", "SELECT name, type, tbl_name, sql FROM sqlite_schema ORDER BY name, type",
	 false},
	{"events", "SELECT * FROM events ORDER BY n", true},
	{"bulletins", "SELECT * FROM bulletins ORDER BY n", true},
	{"approvals", "SELECT * FROM approvals ORDER BY n", true},
	{"airings", "SELECT * FROM airings ORDER BY n", true},
	{"aired", "SELECT * FROM aired ORDER BY bulletin", false},
	{"corrections", "SELECT * FROM corrections ORDER BY from_n", true},
	{"recordings", "SELECT * FROM recordings ORDER BY n", true},
	{"prefixes", "SELECT * FROM prefixes ORDER BY n, file", true},
	{"holds", "SELECT * FROM holds ORDER BY n", true},
	{"registers", "SELECT n, register, number, id, at_ms, who, why, source, fields"
		      " FROM registers ORDER BY register, number, id, n", true},
	{"progress", "SELECT * FROM progress", false},
};

struct filling {
	struct view *view;
	int64_t from, to;
	struct err *e;
	bool ok;
	void (*each)(int64_t n, const json_t *o, void *arg); /* NULL: nobody looks on */
	void *arg;
};

static bool apply_one(int64_t n, const char *text, size_t len, void *arg)
{
	struct filling *f = arg;
	struct err ignored;

	if (n < f->from)
		return true;
	if (n >= f->to && f->each == NULL)
		return false;
	json_t *o = json_read(text, len, &ignored);
	f->ok = n >= f->to || view_apply_read(f->view, n, o, text, len, f->e);
	if (f->ok && f->each != NULL)
		f->each(n, o, f->arg);
	json_decref(o);
	return f->ok;
}

/* Entries [from, to) of the log into the view, in one transaction: nobody needs what a failure
 * leaves. */
static bool fill_with(const struct verify *v, struct filling *f)
{
	if (!view_begin(f->view, f->e))
		return false;
	verify_read(v, apply_one, f);
	return f->ok && view_commit(f->view, f->e);
}

static bool fill(const struct verify *v, struct view *view, int64_t to, struct err *e)
{
	struct filling f = {.view = view, .from = view->applied, .to = to, .e = e, .ok = true};

	return fill_with(v, &f);
}

static void row_differs(int table, sqlite3_stmt *row, const char *what, struct verdict *verdict)
{
	const char *key = (const char *)sqlite3_column_text(row, 0);

	verdict_differs(verdict, CHECK_VIEW, "view-row", "",
			tables[table].numbered ? sqlite3_column_int64(row, 0) : -1, "view.sqlite",
			T("view.sqlite: bảng %s, dòng %s: %s (làm lại: vangxa rebuild)",
			  "view.sqlite: table %s, row %s: %s (make it anew: vangxa rebuild)"),
			tables[table].name, key != NULL ? key : "-", what);
}

static void column_differs(int table, sqlite3_stmt *row, int column, struct verdict *verdict)
{
	char what[ERR_TEXT_BYTES];

	snprintf(what, sizeof(what),
		 T("cột %s không như nhật ký", "column %s is not as in the log"),
		 sqlite3_column_name(row, column));
	row_differs(table, row, what, verdict);
}

static bool damaged(struct sqlite3 *db, struct verdict *verdict)
{
	verdict_differs(verdict, CHECK_VIEW, "view-damaged", "", -1, "view.sqlite",
			T("view.sqlite hỏng (%s); làm lại: vangxa rebuild",
			  "view.sqlite is damaged (%s); make it anew: vangxa rebuild"),
			sqlite3_errmsg(db));
	return false;
}

/* Rows of both until the first difference; how many were looked at. */
static int64_t compare_rows(int table, sqlite3_stmt *have, sqlite3_stmt *want,
			    struct verdict *verdict)
{
	for (int64_t rows = 0;; rows++) {
		int is = sqlite3_step(have), should = sqlite3_step(want), column;

		if (is != SQLITE_ROW && is != SQLITE_DONE) {
			damaged(sqlite3_db_handle(have), verdict);
			return rows;
		}
		if (is == SQLITE_DONE && should == SQLITE_DONE)
			return rows;
		if (is == SQLITE_DONE) {
			row_differs(table, want, T("không có", "it is missing"), verdict);
			return rows;
		}
		if (should != SQLITE_ROW) {
			row_differs(table, have, T("không có trong nhật ký", "the log has none"),
				    verdict);
			return rows;
		}
		if ((column = query_differs(have, want)) >= 0) {
			column_differs(table, want, column, verdict);
			return rows;
		}
	}
}

static void compare_table(int table, struct view *have, struct view *want,
			  struct verdict *verdict)
{
	sqlite3_stmt *a = NULL, *b = NULL;

	must(sqlite3_prepare_v2(want->db, tables[table].sql, -1, &b, NULL) == SQLITE_OK);
	if (sqlite3_prepare_v2(have->db, tables[table].sql, -1, &a, NULL) == SQLITE_OK)
		verdict_checked(verdict, CHECK_VIEW, compare_rows(table, a, b, verdict));
	else
		damaged(have->db, verdict);
	sqlite3_finalize(a);
	sqlite3_finalize(b);
}

/* Indexes, too: what a page finds goes through them. */
static bool is_sound(struct view *have, struct verdict *verdict)
{
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_prepare_v2(have->db, "PRAGMA integrity_check(1)", -1, &s, NULL) ==
			  SQLITE_OK &&
		  sqlite3_step(s) == SQLITE_ROW;

	if (!ok)
		damaged(have->db, verdict);
	else if (strcmp((const char *)sqlite3_column_text(s, 0), "ok") != 0)
		verdict_differs(verdict, CHECK_VIEW, "view-damaged", "", -1, "view.sqlite",
				"view.sqlite: %s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return ok;
}

static int64_t end_of(const struct verify *v)
{
	int64_t end = 0;

	for (int i = 0; i < v->count; i++)
		if (v->logs[i].survey.count > 0)
			end = v->logs[i].base + v->logs[i].survey.count;
	return end;
}

static bool compare(const struct verify *v, struct view *have, struct view *want,
		    struct verdict *verdict, struct err *e)
{
	int64_t applied, end = end_of(v);
	struct err why;

	if (!reader_hold(have, &applied, &why))
		return damaged(have->db, verdict) || true;
	if (!fill(v, want, applied, e))
		return false;
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		int64_t before = verdict->checks[CHECK_VIEW].differ;

		compare_table((int)i, have, want, verdict);
		if (verdict->checks[CHECK_VIEW].differ > before)
			return true; /* a row behind another that is missing says nothing new */
	}
	is_sound(have, verdict);
	if (applied < end)
		verdict_note(verdict, "view-behind", end - applied,
			     T("view.sqlite còn thiếu %lld mục cuối; lần khởi động sau sẽ thêm vào",
			       "view.sqlite lacks the last %lld entries; the next start adds them"),
			     (long long)(end - applied));
	return true;
}

static bool compare_file(const struct verify *v, const char *path, struct view *want,
			 struct verdict *verdict, struct err *e)
{
	struct view *have;
	struct err why;

	if (access(path, F_OK) != 0) {
		verdict_note(verdict, "no-view", 0, "%s",
			     T("chưa có view.sqlite: không có bảng tra cứu để so",
			       "there is no view.sqlite to compare"));
		return true;
	}
	if (!view_open_read(&have, path, &why)) {
		verdict_differs(verdict, CHECK_VIEW, "view-damaged", "", -1, "view.sqlite", "%s",
				why.text);
		return true;
	}
	bool ok = compare(v, have, want, verdict, e);
	view_close(have);
	return ok;
}

bool verify_view(const struct verify *v, const char *path, struct verdict *verdict,
		 struct view **made, struct err *e)
{
	if (!view_open_scratch(made, e))
		return false;
	bool ok = compare_file(v, path, *made, verdict, e) &&
		  ((*made)->applied >= end_of(v) || fill(v, *made, INT64_MAX, e));
	if (!ok) {
		view_close(*made);
		*made = NULL;
	}
	return ok;
}

static bool fill_empty(const struct verify *v, struct filling *f)
{
	struct buf indexes;

	if (!view_bulk_begin(f->view, &indexes, f->e))
		return false;
	bool ok = fill_with(v, f) && view_bulk_end(f->view, &indexes, f->e);
	buf_finish(&indexes);
	return ok;
}

bool verify_view_make(const struct verify *v, int64_t to, struct view **made, struct err *e)
{
	if (*made != NULL && (*made)->applied > 0)
		return (*made)->applied >= to || (*made)->applied >= end_of(v) ||
		       fill(v, *made, to, e);
	return verify_view_along(v, to, made, NULL, NULL, e);
}

bool verify_view_along(const struct verify *v, int64_t to, struct view **made,
		       void (*each)(int64_t n, const json_t *o, void *arg), void *arg,
		       struct err *e)
{
	struct filling f = {.to = to, .e = e, .ok = true, .each = each, .arg = arg};

	if (*made == NULL && !view_open_scratch(made, e))
		return false;
	f.view = *made;
	must(f.view->applied == 0);
	return fill_empty(v, &f);
}
