/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of CSV as spreadsheets read them (RFC 4180), and harmless to them. */
#ifndef VX_BASE_CSV_H
#define VX_BASE_CSV_H

#include "base/buf.h"

/* Without it Excel takes UTF-8 for the local code page. Goes first in the file. */
#define CSV_BOM "\xEF\xBB\xBF"

/* Adds a cell of text, quoted where needed. One that begins with = + - @, a tab or a carriage
 * return gets an apostrophe in front: spreadsheets would run it as a formula. */
void csv_text(struct buf *out, const char *text);

/* Adds a cell that we made ourselves (a number, a time), as it is. */
void csv_plain(struct buf *out, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Ends the record. */
void csv_end(struct buf *out);

#endif
