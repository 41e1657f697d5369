/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By what table B divides the airings of a period: the words of a command line or an address, the
 * columns in front of its figures, and the rows in which an airing stands. Pure. */
#ifndef VX_REPORT_BY_H
#define VX_REPORT_BY_H

#include "report/report.h"

#define BY_KEYS 3	 /* that tell a row from the others; what it has none of is "" */
#define BY_COLUMNS_MAX 4 /* in front of the figures */

/* "programme" | "language" | "place" | "producer" | "fund". */
bool by_parse(const char *text, enum report_by *by);
const char *by_code(enum report_by by); /* "" of all */

/* Names the columns; returns how many. *label: where a sum says what it is. */
int by_columns(enum report_by by, struct table_column c[static BY_COLUMNS_MAX], int *label);

/* What an airing is divided by: one code, or several for a list of programmes or places. */
const char *by_airing(enum report_by by, const struct diary_row *d);
/* NULL: a bulletin itself has no such thing. */
const char *by_product(enum report_by by, const struct diary_product *p);
/* Of a list which alone is asked for; NULL: all. */
const char *by_wanted(enum report_by by, const struct report_filter *f);

/* Calls for each code of the list, or once with "" for none; only: for these alone. Of what is
 * no list, once. */
void by_each(enum report_by by, const char *codes, const char *only,
	     void (*call)(void *arg, const char *code, size_t len), void *arg);

/* Whether what it aired stands in more than one row. */
bool by_shared(enum report_by by, const struct diary_row *d);
const char *by_shared_words(enum report_by by); /* what that means, for a note */
/* Other tables round the sum of both, once; here each is rounded, and together they may differ by a
 * second: for a note then, else NULL. In frames. */
const char *by_rounded_words(int64_t own, int64_t shared);

/* The cells of a row with these keys, on that day; texts live as long as the keys. */
void by_fill(const struct report *r, const char *const keys[static BY_KEYS], struct date day,
	     struct table_cell *c);
/* What leads from its figures to its airings, within what the report was narrowed to anyway; keys
 * NULL: from those of the sum. */
struct table_open by_open(const struct report *r, const char *const *keys);

#endif
