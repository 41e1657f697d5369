/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as a file to take away, such that the same file taken in again (station/sheetin.h)
 * changes nothing: codes stay codes, and a person is named only where the name leads back. */
#ifndef VX_REPORT_REGISTEROUT_H
#define VX_REPORT_REGISTEROUT_H

#include "base/register.h"
#include "report/report.h"

/* One export; r's period and filter mean nothing to it. */
struct registerout {
	const struct report *r;
	const struct register_shape *shape;
	/* The words that stand for "user:7" and for nobody else; the id itself if there are none.
	 * Lives as long as the export. */
	const char *(*person)(void *arg, const char *id);
	void *person_arg;
};

/* As a table: the row's id, its fields, and behind them which entry of the log wrote it and which
 * head the whole was made from, in each row, so that it is still said where a row is pasted. */
bool registerout_table(const struct registerout *o, struct table_writer *w, struct err *e);

/* For programs: {"register", "label", "made", "log", "mark", "rows": [{"row", "n", "at", "who",
 * "why", "source", "fields"}…], "people"}, the fields as the log has them. */
bool registerout_json(const struct registerout *o, FILE *out, struct err *e);

#endif
