/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of money that was written down twice for one product, in words. */
#ifndef VX_REPORT_DOUBLESMONEY_H
#define VX_REPORT_DOUBLESMONEY_H

#include "report/doubles.h"
#include "report/report.h"

/* Of product `at`: a note below the table on its amount if that does not stand in its own row. No
 * money goes out of sight, and that two funds have paid for one thing is told whatever was
 * decided. */
bool doublesmoney_note(const struct doubles *d, int at, const struct report *r,
		       struct table_writer *w, struct err *e);

#endif
