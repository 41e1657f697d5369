/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products that stand at several stations: a province's bulletin which seventy communes took in is
 * one product. The same bytes are certain and wait for no decision; within one station its own
 * decisions hold (report/doubles.h), and what they and versions make one is one here too.
 *
 * It counts where its producer is of the highest level, else where it was approved first; what a
 * register calls used again counts only where nobody has it otherwise. What comes after the period
 * changes nothing in it. */
#ifndef VX_REPORT_SEVERAL_H
#define VX_REPORT_SEVERAL_H

#include "report/report.h"

struct several;

struct several *several_begin(void);
/* One station after the other, each with the view of r; `name` tells it from the others. */
bool several_add(struct several *s, const struct report *r, const char *name, struct err *e);
/* Behind the last of them; then the rest may be asked. */
void several_settle(struct several *s);
void several_end(struct several *s);

/* What is not counted at its station. Borrowed. */
struct several_found {
	bool counted; /* at another one: it has no number here */
	bool paid;    /* there, as it is here: its amount adds nothing */
};

/* Of the station that across tells, by one of its product's names; NULL: it counts there. across
 * NULL: there is but one station. */
const struct several_found *several_find(const struct report_across *across, const char *id,
					 const char *row);
/* Where it counts, in words. */
void several_tell(const struct report_across *across, const struct several_found *f,
		  char out[static REASON_BYTES]);
/* Whether it counts at another one, and has been met if so. */
bool several_counted(const struct report_across *across, const char *id);
/* A table met it: notes count it. */
void several_meet(const struct report_across *across, const struct several_found *f);

/* How many were met, and with `money` the amounts that were not added; what was met is forgotten
 * then. */
bool several_notes(struct several *s, bool money, struct table_writer *w, struct err *e);
/* Whether there is any. */
bool several_any(const struct several *s);

#endif
