/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a number in a spreadsheet is to who looks at it: a day, a time, or a number. Pure. */
#ifndef VX_LIBRARY_XLSXNUMBER_H
#define VX_LIBRARY_XLSXNUMBER_H

#include <stdbool.h>

#define XLSXNUMBER_BYTES 400 /* of any double, written out */

enum xlsxnumber {
	XLSXNUMBER_PLAIN,
	XLSXNUMBER_DATE,
	XLSXNUMBER_MONTH,   /* a date of which month and year are shown */
	XLSXNUMBER_YEAR,
	XLSXNUMBER_MOMENT,  /* a date with a time of day */
	XLSXNUMBER_TIME,    /* of day */
	XLSXNUMBER_ELAPSED, /* hours that go on beyond a day */
	XLSXNUMBER_ZEROS    /* + n: with zeros in front up to n digits */
};

/* Of a format that the file brings ("dd/mm/yyyy"), and of one that every program knows by its
 * number (ECMA-376 part 1, 18.8.30). */
unsigned char xlsxnumber_kind(const char *format);
unsigned char xlsxnumber_known(unsigned id);

/* The value as the rows of a CSV file would have it: 2026-11-23, 2026-11, 05:30, 957000000, 1.5;
 * what is no number stays as it is. Never with three decimals: "957.125" is a whole number to
 * others. */
void xlsxnumber_text(const char *value, unsigned char kind, bool from_1904,
		     char out[static XLSXNUMBER_BYTES]);

#endif
