/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stations of one report with their views all open: for a table that counts what stands at
 * several of them once, and for words, which tell of more than one table. */
#ifndef VX_REPORT_TOGETHER_H
#define VX_REPORT_TOGETHER_H

#include "report/report.h"

struct together;

/* across: that of every report that is asked of it; outlives it, and so does log, which its tables
 * bear as struct table_head does. */
struct together *together_begin(struct report_across *across, const char *log);
void together_end(struct together *t);

/* One station of them. Borrowed until the end. */
struct together_station {
	const char *log, *label; /* its name; what tells it from the others in a table */
	const char *path;	 /* what it came from, for whoever reads what is wrong */
};

/* The view is taken over, and closed at the end. */
void together_add(struct together *t, const struct together_station *s, struct view *view,
		  const struct tz *tz);

/* One table of them all but its notes on packs and table_end; r: what is asked, without a view.
 * There is a station at least. The table ends before the next is written, and before the end. */
bool together_write(struct together *t, const struct report *r, const char *table,
		    struct table_writer *w, struct err *e);

/* Whether what it is narrowed by is anything at any of them (report/known.h). */
bool together_known(struct together *t, const struct report *r, struct err *e);

/* Whether any product of a table that was written stands at several of them. */
bool together_shared(const struct together *t);

#endif
