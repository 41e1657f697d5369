/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was done, by the log and by the registers, in the measures of targets. */
#ifndef VX_REPORT_DEEDS_H
#define VX_REPORT_DEEDS_H

#include "report/report.h"

/* One thing that was done. */
struct deed {
	enum report_measure measure;
	struct date day;
	int64_t amount; /* minutes as frames */
	const char *language, *kind, *fund;
	const char *programmes; /* NULL: such rows have none */
};

/* All from the first day to the end of the period, in no order; what of the registers alone is
 * older or comes later is told too. The deed lives until the callback returns. False + err. */
bool deeds_each(const struct report *r, struct date first,
		void (*each)(const struct deed *d, void *arg), void *arg, struct err *e);

#endif
