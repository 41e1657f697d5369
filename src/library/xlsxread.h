/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An .xlsx file from a stranger as CSV: unpacked by libarchive and parsed by libxml2 in a process
 * of its own that has no rights (`vangxa worker sheet`). */
#ifndef VX_LIBRARY_XLSXREAD_H
#define VX_LIBRARY_XLSXREAD_H

#include "library/xlsxrows.h"

/* What the libraries load, once a process. */
void xlsxread_prepare(void);

/* The file at fd (any place can be read), as sheetpipe.h has it. wanted: a sheet by its name; NULL:
 * the first that is not hidden. */
enum sheet_verdict xlsxread(int fd, const char *wanted, const struct xlsxrows_out *out);

/* stdin to stdout. Shuts itself in before it looks at a byte. The exit status. */
int xlsxread_main(const char *wanted);

#endif
