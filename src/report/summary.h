/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report in words of a period, as a document to be signed: which parts it has is the station's
 * data (base/model.h), every figure is one of a table (report/figures.h), and what only people know
 * is left to be filled in. */
#ifndef VX_REPORT_SUMMARY_H
#define VX_REPORT_SUMMARY_H

#include "report/document.h"
#include "report/report.h"

#include <stdio.h>

#define SUMMARY_NAME "tom-tat" /* where tables have a letter */

/* "tom-tat", and in English "summary". */
bool summary_named(const char *table);
const char *summary_title(void); /* for people who choose */

/* ERR_NOT_FOUND: the station has no model for such a period. Always: document_finish. */
bool summary_make(const struct report *r, struct document *d, struct err *e);

/* The same as a file of that format. */
bool summary_write(const struct report *r, document_write *write, FILE *out, struct err *e);

/* The first day of which it needs the view's rows. */
struct date summary_first(const struct report *r);

#endif
