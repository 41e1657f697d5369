/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa worker sheet` tells of a spreadsheet on stdin: on stdout a line of JSON {"sheet":
 * the one that is read, or null, "sheets": [all that can be asked for]}, then its rows as CSV with
 * commas, an empty line for each row without anything, so that lines are rows; and by its exit
 * status whether that is all of it. */
#ifndef VX_LIBRARY_SHEETPIPE_H
#define VX_LIBRARY_SHEETPIPE_H

/* The exit status. Below SHEET_DAMAGED it is no verdict: it could not work, or died. */
enum sheet_verdict {
	SHEET_WHOLE = 0,
	SHEET_DAMAGED = 10, /* no zip file, not whole, or not what the format allows */
	SHEET_NO_BOOK,	    /* a zip file of something else */
	SHEET_ODS,
	SHEET_XLSB,
	SHEET_LOCKED,	/* by a password */
	SHEET_DTD,	/* declares entities, as no spreadsheet does */
	SHEET_TOO_BIG,	/* more than SHEET_UNPACKED_BYTES_MAX, or than fits into memory */
	SHEET_NO_SHEET, /* there is none of the name that was asked for, or none at all */
	SHEET_TOO_WIDE, /* text beyond CELLS_COLUMNS_MAX columns */
	SHEET_LONG_ROW, /* a row of more than CELLS_ROW_BYTES_MAX */
	SHEET_VERDICTS
};

/* Before a cell's text: no value, but a formula that nobody computed, or an error. */
#define SHEET_NO_VALUE '\x02'

#endif
