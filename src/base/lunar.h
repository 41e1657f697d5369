/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Vietnamese lunar calendar: which day of which lunar month a civil day is. Pure.
 *
 * The rules are the Chinese ones, reckoned in Vietnamese time (UTC+7, decision 121/CP of 8 August
 * 1967): a month begins on the day of the new moon, the month with the winter solstice is the 11th,
 * and of thirteen months between two solstices the first without a principal solar term is the leap
 * month. An hour's difference moves Tết in some years: 1985, 2007, 2030. Years before 1968 are
 * reckoned by the same rules, whatever was in force where.
 *
 * The road not taken: libical and ICU know only the Chinese calendar, at UTC+8; and a table of
 * years, which nobody could check by reading it. */
#ifndef VX_BASE_LUNAR_H
#define VX_BASE_LUNAR_H

#include "base/civil.h"

#include <stdbool.h>
#include <stdint.h>

/* Lunar years for which new moons and solar terms are known to the minute. */
#define LUNAR_FIRST_YEAR 1900
#define LUNAR_LAST_YEAR 2199

struct lunar {
	int16_t year;	/* of its Tết: Tết 2027 begins lunar 2027; 0: outside those years */
	uint8_t month;	/* 1–12 */
	uint8_t day;	/* 1–30 */
	bool leap;	/* the second month of that number */
	bool last;	/* the last day of its month, the 29th or 30th */
};

/* Fills out[i] for the days first + i (days since 1970-01-01), i < count. 50 µs a year. */
void lunar_days(int64_t first, int64_t count, struct lunar *out);

/* The first day of the lunar year. year: LUNAR_FIRST_YEAR to LUNAR_LAST_YEAR. */
struct date lunar_new_year(int year);

#endif
