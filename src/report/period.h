/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The time that a report is about, as whole days of the station's calendar: by the calendar's
 * months or by the state's reporting months, which begin in the month before. Pure. */
#ifndef VX_REPORT_PERIOD_H
#define VX_REPORT_PERIOD_H

#include "base/civil.h"
#include "base/err.h"

/* Day of the month before on which a reporting month begins (Decree 09/2019/NĐ-CP, article 12),
 * unless the station's seeds/thoi-han.yaml says otherwise; and the calendar's own months. */
#define PERIOD_REPORT_DAY 15
#define PERIOD_CALENDAR 1

#define PERIOD_NAME_BYTES 128

enum period_kind { PERIOD_DAYS, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR };

struct period {
	enum period_kind kind;
	int year, number;	  /* 2026; month 1–12, quarter 1–4 or half 1–2, else 0 */
	int from_day;		  /* PERIOD_CALENDAR, or 2–28: as in period_parse */
	struct date first, last;  /* both belong to it */
};

/* "2026-11", "2026-Q4", "2026-H1", "2026", "2026-11-23", "2026-11-23..2026-12-05"; years 1971 to
 * 9998. from_day PERIOD_CALENDAR: the calendar's; 2–28: each month begins on that day of the month
 * before and ends on the day before it, and so do the quarters, halves and years made of them:
 * with 15, "2026" is 15 December 2025 to 14 December 2026. Days stay what they are. False +
 * ERR_USAGE: a sentence with the forms there are. */
bool period_parse(const char *text, int from_day, struct period *p, struct err *e);

/* From one day to another, PERIOD_DAYS_MAX at most; ERR_USAGE. */
bool period_range(struct date first, struct date last, struct period *p, struct err *e);

/* The one before it: of the same kind, or as many days. False: it lies before all years. */
bool period_before(const struct period *p, struct period *before);

/* The instants [from, to) at which it begins and is over. */
void period_span(const struct period *p, const struct tz *tz, struct wall *from, struct wall *to);

/* How many days it has, and the number of a day in it; −1: not in it. */
int period_days(const struct period *p);
int period_day(const struct period *p, struct date d);

/* "tháng 11 năm 2026", and where it is no calendar's with its days: "… (15/10–14/11)". In the
 * language that the thread speaks. */
void period_name(const struct period *p, char out[static PERIOD_NAME_BYTES]);

#endif
