/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts an .xlsx file has, and which of its sheets is to be read. */
#ifndef VX_LIBRARY_XLSXBOOK_H
#define VX_LIBRARY_XLSXBOOK_H

#include "base/limits.h"
#include "library/xlsxpart.h"

#include <stdbool.h>

/* Zero-initialise. */
struct xlsxbook {
	char path[XLSXPART_NAME_BYTES]; /* of the part that names the sheets */
	char strings[XLSXPART_NAME_BYTES], styles[XLSXPART_NAME_BYTES]; /* "": it has none */
	bool from_1904; /* days are counted from 1904, as old Macs did */
	int count, chosen; /* sheets; −1: none */
	struct xlsxsheet {
		char id[64], path[XLSXPART_NAME_BYTES];
		char name[NAME_BYTES];
		int place;   /* among the tabs, from 1 on; 0: no tab has it */
		bool hidden;
	} sheets[SHEETS_MAX];
};

/* Chooses the sheet called `wanted`; NULL: the first that is not hidden. False + verdict:
 * SHEET_NO_SHEET with the sheets that there are, SHEET_ODS and the like. */
bool xlsxbook_open(struct xlsxbook *b, struct xlsx *x, const char *wanted);

#endif
