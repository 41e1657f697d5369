/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a period that say something, each as PDF, spreadsheet and CSV, into one folder:
 * what goes along with an inspection's pack. In vangxa-report only. */
#ifndef VX_CLI_REPORT_ALL_H
#define VX_CLI_REPORT_ALL_H

#include "report/report.h"

/* dir is made if it is not there; files are DIR/F.pdf … and replace what stood there. A table
 * without a row is left out, but for the checklist. */
bool report_all(const struct report *r, const char *dir, struct err *e);

/* The earliest day of which any table needs the view's rows. */
struct date report_all_first(const struct report *r);

#endif
