/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column of somebody's sheet is which field of a register. Pure. */
#ifndef VX_STATION_SHEETCOLS_H
#define VX_STATION_SHEETCOLS_H

#include "base/cells.h"
#include "base/register.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define SHEETCOLS_HEAD_ROWS 20 /* so many may stand above the names of the columns */

struct sheetcols {
	const struct register_shape *shape; /* set; the rest zero */
	int64_t head; /* the row with the names; 0 not seen yet */
	int count;
	int first, second; /* columns that are one field, or both the id; second 0: none */
	struct sheetcol {
		const struct register_field *field; /* NULL: none */
		bool id, passed; /* the row's id; a running number, or nothing */
	} columns[CELLS_COLUMNS_MAX];
	char names[CELLS_COLUMNS_MAX][64]; /* as the sheet has them */
};

/* True if this row has the names: two of fields at least, by key or in either language. */
bool sheetcols_head(struct sheetcols *s, int64_t row, const char *const *texts, int count);

/* True if a row below it has the same names once more, as where sheets were joined. */
bool sheetcols_again(const struct sheetcols *s, const char *const *texts, int count);

/* The column of the rows' ids; −1: there is none. */
int sheetcols_id(const struct sheetcols *s);

/* A row below it as what register_row_take takes, and the id that it gives ("" none); NULL: it is
 * empty. The caller's. tell: of a cell that is in no column with a known name. */
json_t *sheetcols_row(const struct sheetcols *s, const char *const *texts, int count,
		      char id[static ID_BYTES],
		      void (*tell)(void *arg, int column, const char *value, const char *why),
		      void *arg);

/* The column of a field; −1: the sheet has none. */
int sheetcols_of(const struct sheetcols *s, const char *key);

/* 0 → "A", 26 → "AA". */
void sheetcols_letters(int column, char out[static 8]);

/* {"row", "cells": [{"name", "value"}]}: that row as it was read, good or bad, long texts cut:
 * whoever sends a sheet in an old character set sees whether it was taken for the right one. */
json_t *sheetcols_told(const struct sheetcols *c, int64_t row, const char *const *texts, int count);

#endif
