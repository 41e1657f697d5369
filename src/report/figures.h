/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The figures of a table, kept: what tells them again in words takes them from here and counts
 * nothing itself, so that no report says two things. */
#ifndef VX_REPORT_FIGURES_H
#define VX_REPORT_FIGURES_H

#include "report/report.h"

#define FIGURES_ROWS_MAX 3000 /* a table of more is none to be told in words */
#define FIGURES_SUM (-1)      /* the row that adds up */

/* Owned; zero-initialise, figures_finish. */
struct figures {
	struct figures_cell *cells;
	char keys[TABLE_COLUMNS_MAX][NAME_BYTES];
	int columns, rows;
	bool sum; /* the last row is the sum's; else the table has none yet */
};

/* Writes the table into it, that of all stations where r is of several. ERR_FAILED: it has too many
 * rows. */
bool figures_take(struct figures *f, const struct report *r, const char *table, struct err *e);
void figures_finish(struct figures *f);

/* Of a column that the table must have; 0 and "" where the cell is empty. */
int64_t figures_number(const struct figures *f, int row, const char *key);
const char *figures_text(const struct figures *f, int row, const char *key);
bool figures_set(const struct figures *f, int row, const char *key);

#endif
