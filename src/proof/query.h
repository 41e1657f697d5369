/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking the view in SQL, for the readers of this folder. */
#ifndef VX_PROOF_QUERY_H
#define VX_PROOF_QUERY_H

#include "base/err.h"
#include "base/moment.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event_row;
struct view;

/* A new statement, NULL + err. query_walk finishes it. */
sqlite3_stmt *query_ask(struct view *v, const char *sql, struct err *e);

/* Steps through the rows until each_row returns false, which is no error. */
bool query_walk(struct view *v, sqlite3_stmt *s, bool (*each_row)(sqlite3_stmt *s, void *arg),
		void *arg, struct err *e);

/* SQL: by how many ms the times of entry n are to be read later, NULL unknown. */
#define CORRECTION_OF(n)                                                                           \
	"(SELECT CASE WHEN c.to_n >= " n " THEN c.offset_ms END FROM corrections c"               \
	" WHERE c.from_n <= " n " ORDER BY c.from_n DESC LIMIT 1)"

/* SQL: what became of the recordings of airing a, as enum recorded has it. A name is given once. */
#define RECORDED_OF                                                                                \
	"(SELECT coalesce(max(CASE WHEN r.differs <> 0 THEN 4 WHEN r.removed_why = 'lost' THEN 3"  \
	" WHEN r.removed_n IS NULL THEN 0 WHEN r.removed_why = 'age' THEN 1 ELSE 2 END), 0)"       \
	" FROM recordings r WHERE r.n > a.n AND r.file IN (SELECT a.recording UNION ALL"           \
	" SELECT json_extract(z.value, '$.recording')"                                             \
	" FROM json_each(CASE a.by_zone WHEN '' THEN '{}' ELSE a.by_zone END) z))"

#define EVENT_COLUMNS "SELECT n, at_ms, kind, text, " CORRECTION_OF("n") " FROM events "

/* The same for EVENT_COLUMNS. */
bool query_events(struct view *v, sqlite3_stmt *s,
		  bool (*each)(const struct event_row *r, void *arg), void *arg, struct err *e);

/* Unix milliseconds, down and up: of whole milliseconds [from, to) holds the same rows with both
 * bounds up. */
int64_t query_ms(struct wall t);
int64_t query_ms_up(struct wall t);

/* A column: text "" for NULL, valid until the next step; a number NAN for NULL. */
const char *query_text(sqlite3_stmt *s, int column);
double query_number(sqlite3_stmt *s, int column);

/* The first column in which the rows that both stand at are not the same, bit for bit; −1 none. */
int query_differs(sqlite3_stmt *a, sqlite3_stmt *b);

/* What does not fit is cut at a character. */
void query_copy(char *out, size_t size, const char *text);
#define QUERY_COPY(field, s, column) query_copy(field, sizeof(field), query_text(s, column))

#endif
