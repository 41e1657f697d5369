/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The days on which deadlines fall due. Pure. */
#ifndef VX_PLAN_DUEDAYS_H
#define VX_PLAN_DUEDAYS_H

#include "plan/deadlines.h"

/* One time that something is due. */
struct dueday {
	const struct deadline *of;
	struct date last;	/* the last day that is in time */
	struct date first_of, last_of; /* of DEADLINE_PERIOD: the period reported on; else year 0 */
	int year, number;	/* of DEADLINE_PERIOD: 2026, month 1–12 … year 1; else 0 */
};

/* Those whose last day is among from … to, in order of days, and of the file on one day; at most
 * `most` are written, and how many is returned. Deadlines without days have none. */
int duedays_make(const struct deadlines *d, struct date from, struct date to, struct dueday *out,
		 int most);

/* Days left until the last one: 0 on it, negative: late by as many. */
int64_t dueday_left(const struct dueday *due, struct date today);

/* "2026-09-09" behind the code: what a mark on it names. */
#define DUEDAY_KEY_BYTES (CODE_BYTES + 12)
void dueday_key(const struct dueday *due, char key[static DUEDAY_KEY_BYTES]);

/* Number `number` of a reporting year's `span` periods: its first and last day. month_from as in
 * struct deadlines: with 15, month 1 of 2026 is 15 December 2025 to 14 January 2026. */
void dueday_period(enum deadline_span span, int year, int number, int month_from,
		   struct date *first, struct date *last);

#endif
