/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of several stations: each writes its own rows, which stand one station after the other
 * with its name in a column, numbered through; a sum is the sum of theirs. What no sum of sums can
 * tell (days, shares) comes from struct report_across, else it is left empty.
 *
 * Table D is not written so: a target stands there once (report_plan_begin). */
#ifndef VX_REPORT_MERGED_H
#define VX_REPORT_MERGED_H

#include "report/report.h"

struct merged;

/* to: where it is written, begun by the first station; lives as long. log: told as struct
 * table_head's at the end, may be filled in until then. */
struct merged *merged_begin(struct table_writer *to, struct report_across *across,
			    const char *log);

/* The rows of one station, which `name` tells from the others; r->across is that of all. */
bool merged_add(struct merged *m, const struct report *r, const char *table, const char *name,
		struct err *e);

/* The sum, and what the stations' own notes say: once where they all say the same. Needs a station.
 * Further notes and table_end are the caller's, before merged_end. */
bool merged_sum(struct merged *m, struct err *e);
void merged_end(struct merged *m);

#endif
