/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report is asked for, in the words of a command line or of an address, and what they
 * mean. Pure. */
#ifndef VX_REPORT_WISH_H
#define VX_REPORT_WISH_H

#include "report/report.h"

/* NULL: not said. */
struct wish {
	const char *table, *period, *from, *to, *cycle, *only, *by;
	struct report_filter filter; /* its `only` is set by wish_read … */
	enum report_by divided;	     /* … and this by `by` */
};

/* False + ERR_USAGE, and which of the words is wrong in *field: "table", "period", "from", "to",
 * "cycle", "only", "by". */
bool wish_read(struct wish *w, struct period *p, const char **field, struct err *e);

#endif
