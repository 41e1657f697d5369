/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spreadsheet of somebody's as rows of texts, whatever kind it is of: CSV, read here, or .xlsx,
 * read by a process without rights (library/sheetpipe.h). The first bytes say which, not the
 * name. */
#ifndef VX_STATION_SHEETFILE_H
#define VX_STATION_SHEETFILE_H

#include "base/cells.h"
#include "base/charset.h"
#include "base/err.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>

enum sheetfile_kind {
	SHEETFILE_CSV, /* or any other text */
	SHEETFILE_XLSX,
	SHEETFILE_OLD, /* .xls, and .xlsx behind a password: both are OLE files */
	SHEETFILE_WEB, /* a page, or XML, that calls itself a spreadsheet */
	SHEETFILE_PDF
};

/* Zero-initialise, set the first part; sheetfile_finish. */
struct sheetfile {
	int fd;		  /* stays the caller's */
	const char *name; /* for sentences */
	const char *sheet; /* the one to be read; "" the first that is not hidden */
	const atomic_bool *stop;
	struct cells cells; /* each and arg set */
	/* Told behind it. */
	enum sheetfile_kind kind;
	enum charset set;
	json_t *sheets; /* {"sheet", "sheets"} as the worker tells; NULL: a CSV file has none */
};

/* Blocks until all rows are taken, cells.each refuses, or *stop. Any thread. */
bool sheetfile_read(struct sheetfile *f, struct err *e);
void sheetfile_finish(struct sheetfile *f);

/* By its first bytes, 512 of them or all. */
enum sheetfile_kind sheetfile_kind(const char *data, size_t len);

#endif
