/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spreadsheets for tests, made part by part: what no program would write, too. */
#ifndef VX_TESTS_XLSXCASE_H
#define VX_TESTS_XLSXCASE_H

#include <stddef.h>

#define XLSXCASE_MAIN "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define XLSXCASE_SHEET(rows)                                                                       \
	"<worksheet " XLSXCASE_MAIN "><sheetData>" rows "</sheetData></worksheet>"
#define XLSXCASE_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define XLSXCASE_RELATION(id, type, to)                                                            \
	"<Relationship Id=\"" id "\" Type=\"" XLSXCASE_RELATIONS "/" type "\" Target=\"" to "\"/>"
#define XLSXCASE_RELS(list)                                                                        \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"   \
	list "</Relationships>"

struct xlsxcase_part {
	const char *name, *text; /* NULL name: the last */
};

/* A descriptor of a file of these parts; those of a usual file that are not among them are added,
 * unless their text is "". The usual file: sheets "Một & hai" and "Ẩn" (hidden), texts "một" and
 * "hai", looks 0 as it is, 1 and 2 a day, 3 a month, 4 a moment, 5 a time, 6 five digits. */
int xlsxcase_open(const struct xlsxcase_part parts[]);

/* The usual file with this for the first sheet. */
int xlsxcase_sheet(const char *sheet);

/* A copy of what is at the descriptor, which is closed. */
void xlsxcase_save(int fd, const char *path);

#endif
