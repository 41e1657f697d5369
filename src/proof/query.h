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

/* SQL: recordings q, and r in which airing a begins, of zones that got it: those in which it
 * begins, and those of the same zone that follow before its end. A name is given once. 200 ms:
 * their times are rounded, as in station/recording.c. Of airings with by_zone '', and of the
 * others. */
#define RECORDINGS_OF_ONE RECORDINGS_WITH("= a.recording")
#define RECORDINGS_OF_ZONES                                                                        \
	RECORDINGS_WITH("IN (SELECT json_extract(z.value, '$.recording')"                          \
			" FROM json_each(a.by_zone) z"                                             \
			" WHERE json_type(z.value, '$.proof') IS NOT 'null')")
#define RECORDINGS_WITH(files)                                                                     \
	"recordings r JOIN recordings q ON q.n = r.n OR (q.zone = r.zone AND q.n > r.n"            \
	" AND a.end_ms > r.to_ms AND q.from_ms >= r.to_ms - 200 AND q.from_ms < a.end_ms)"         \
	" WHERE r.n > a.n AND r.file " files

/* SQL: what became of them, as enum recorded has it. Most airings have one zone, of which no JSON
 * is to be read. */
#define RECORDED_OF                                                                                \
	"CASE a.by_zone WHEN '' THEN " WORST_OF(RECORDINGS_OF_ONE) " ELSE "                        \
	WORST_OF(RECORDINGS_OF_ZONES) " END"
#define WORST_OF(recordings)                                                                       \
	"(SELECT coalesce(max(CASE WHEN q.differs <> 0 THEN 4 WHEN q.removed_why = 'lost' THEN 3"  \
	" WHEN q.removed_n IS NULL THEN 0 WHEN q.removed_why = 'age' THEN 1 ELSE 2 END), 0)"       \
	" FROM " recordings ")"

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
