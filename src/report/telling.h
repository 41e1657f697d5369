/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of the report in words, each from a table's figures. */
#ifndef VX_REPORT_TELLING_H
#define VX_REPORT_TELLING_H

#include "report/document.h"
#include "report/figures.h"

/* Zero-initialise with r and d; telling_finish. The thread speaks Vietnamese meanwhile. */
struct telling {
	const struct report *r;
	struct document *d;
	struct figures programmes, languages; /* table B by each */
	struct figures plan, difficulties;    /* tables D and E */
	struct figures before;		      /* table B of the period before, if there is one */
	struct period earlier;
	bool has_before;
	int points; /* small headings in this part */
};

bool telling_gather(struct telling *t, struct err *e);
void telling_finish(struct telling *t);

/* {"this": {"new", "aired", "not_aired", "unclear", "time_s", "due", "kept"}, "before": the same or
 * null}. The caller's. */
json_t *telling_json(const struct telling *t);

void telling_totals(struct telling *t);
void telling_programmes(struct telling *t);
void telling_languages(struct telling *t);
void telling_planned(struct telling *t);
void telling_missed(struct telling *t);
void telling_targets(struct telling *t);
void telling_compared(struct telling *t);
void telling_difficulties(struct telling *t);

#endif
