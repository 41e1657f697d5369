/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether what a report is narrowed by is anything: a code that is misspelt has no airings either,
 * and a table of zeros would be believed. */
#ifndef VX_REPORT_KNOWN_H
#define VX_REPORT_KNOWN_H

#include "report/report.h"

/* ERR_USAGE: a code of the filter that the catalogue, the settings, the registers and the period's
 * log have none of; the sentence names those that there are. A list that is empty knows any. */
bool known_filter(const struct report *r, struct err *e);
/* The same of several stations, one at least, each with its view: what any of them has is
 * something. */
bool known_filters(const struct report *stations, int count, struct err *e);

#endif
