/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading CSV (RFC 4180) as it comes, in pieces of UTF-8: rows of cells. What csv.h writes is one
 * of the kinds that it reads. Pure. */
#ifndef VX_BASE_CELLS_H
#define VX_BASE_CELLS_H

#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CELLS_COLUMNS_MAX 256
#define CELLS_ROW_BYTES_MAX 65536

/* Zero-initialise but for separator, each and arg; cells_finish. */
struct cells {
	char separator;
	/* One row: texts without their quotes, numbered from 1 as spreadsheets do; rows without any
	 * text come too. False + err ends it. */
	bool (*each)(void *arg, int64_t row, const char *const *texts, int count, struct err *e);
	void *arg;
	/* Its own. */
	int64_t row;
	int count;
	size_t starts[CELLS_COLUMNS_MAX];
	struct buf text; /* the cells of this row, each with its NUL */
	bool quoted, quote, begun, carriage;
};

/* The separator of a sheet that begins so: of ; , and tab the one that its first row with any has
 * most of, outside quotes; ',' when there is none. */
char cells_separator(const char *head, size_t len);

bool cells_add(struct cells *c, const char *data, size_t len, struct err *e);
/* The last row, which no new line ends. ERR_DAMAGED: a quote that nobody closed. */
bool cells_end(struct cells *c, struct err *e);
void cells_finish(struct cells *c);

#endif
