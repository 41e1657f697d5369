/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every format that a report can have: those of report/table.h, and what needs libraries that no
 * other process of the station shall load. In vangxa-report only. */
#ifndef VX_REPORT_FORMATS_H
#define VX_REPORT_FORMATS_H

#include "report/document.h"
#include "report/table.h"

/* Office Open XML (ECMA-376) by libxlsxwriter: numbers, dates and durations are numbers with a
 * format, a column that adds up is summed by a formula. Memory holds a row at a time; the file is
 * gathered in an unnamed one before its first byte is written. */
extern const struct table_format table_xlsx;

/* A4, the layout of Decree 30/2020/NĐ-CP, by Pango and Cairo; a page is written when it is full. */
extern const struct table_format table_pdf;

/* "csv" | "json" | "html" | "xlsx" | "pdf"; NULL: no such format. */
const struct table_format *report_format(const char *name);

/* A document on upright pages, in the same layout. */
document_write document_pdf;
/* "pdf" | "html" | "json"; NULL: no document is written so. */
document_write *document_format(const char *name);

#endif
