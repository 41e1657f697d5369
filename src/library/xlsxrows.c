/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxrows.h"

#include "base/cells.h"
#include "base/must.h"
#include "library/xlsxnumber.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 1048576 /* of any .xlsx: 2^20 and 2^14 (ECMA-376 part 1, 18.3.1) */
#define COLUMNS_MAX 16384
#define FORMULA_BYTES 60 /* of one that has no value: enough to know it by */

enum into { INTO_NOTHING, INTO_VALUE, INTO_FORMULA };

struct rows {
	struct xlsx *x;
	const struct xlsxbook *b;
	const struct xlsxshared *s;
	const struct xlsxrows_out *out;

	bool in_data, in_row, in_cell, inlined, spoken, has_formula;
	enum into into;
	long row, written; /* from 1 on */
	int column;	   /* from 0 on; −1 none yet */
	int last;	   /* with text, of this row */
	char type[16];
	size_t look;
	struct buf value, formula, texts, line;
	size_t begins[CELLS_COLUMNS_MAX], ends[CELLS_COLUMNS_MAX]; /* in texts; both 0: none */
};

static bool damaged(struct rows *r)
{
	return xlsxpart_refuse(r->x, SHEET_DAMAGED);
}

/* A row and a cell may say where they are; who does not stands behind the one before. */
static bool begin_row(struct rows *r, const struct xlsxattrs *a)
{
	char text[16], *end;
	long row = r->row + 1;

	if (xlsxpart_attr(a, "r", text, sizeof(text))[0] != '\0') {
		row = strtol(text, &end, 10);
		if (*end != '\0' || row <= r->row)
			return damaged(r);
	}
	if (row > ROWS_MAX)
		return damaged(r);
	r->row = row;
	r->in_row = true;
	r->column = r->last = -1;
	buf_reset(&r->texts);
	memset(r->begins, 0, sizeof(r->begins));
	memset(r->ends, 0, sizeof(r->ends));
	return true;
}

/* "C17" → 2; −1: no name of a cell. */
static int column_of(const char *name)
{
	int column = 0;

	for (; *name >= 'A' && *name <= 'Z' && column <= COLUMNS_MAX; name++)
		column = column * 26 + *name - 'A' + 1;
	return column <= COLUMNS_MAX && *name >= '1' && *name <= '9' ? column - 1 : -1;
}

static bool begin_cell(struct rows *r, const struct xlsxattrs *a)
{
	char text[24];

	r->column++;
	if (xlsxpart_attr(a, "r", text, sizeof(text))[0] != '\0')
		r->column = column_of(text);
	if (r->column < 0 || r->column >= COLUMNS_MAX)
		return damaged(r);
	xlsxpart_attr(a, "t", r->type, sizeof(r->type));
	r->look = strtoul(xlsxpart_attr(a, "s", text, sizeof(text)), NULL, 10);
	r->in_cell = true;
	r->has_formula = r->inlined = r->spoken = false;
	buf_reset(&r->value);
	buf_reset(&r->formula);
	return true;
}

static bool start(void *arg, const char *name, const struct xlsxattrs *a)
{
	struct rows *r = arg;

	r->into = INTO_NOTHING;
	if (strcmp(name, "sheetData") == 0)
		r->in_data = true;
	else if (r->in_data && strcmp(name, "row") == 0)
		return !r->in_row ? begin_row(r, a) : damaged(r);
	else if (r->in_row && strcmp(name, "c") == 0)
		return !r->in_cell ? begin_cell(r, a) : damaged(r);
	else if (!r->in_cell)
		return true;
	else if (strcmp(name, "v") == 0)
		r->into = INTO_VALUE;
	else if (strcmp(name, "is") == 0)
		r->inlined = true;
	else if (strcmp(name, "rPh") == 0)
		r->spoken = true;
	else if (strcmp(name, "t") == 0 && r->inlined && !r->spoken)
		r->into = INTO_VALUE;
	else if (strcmp(name, "f") == 0) {
		r->has_formula = true;
		r->into = INTO_FORMULA;
	}
	return true;
}

static bool text(void *arg, const char *data, size_t len)
{
	struct rows *r = arg;

	if (r->into == INTO_VALUE)
		buf_add(&r->value, data, len);
	if (r->into == INTO_FORMULA && r->formula.len < FORMULA_BYTES)
		buf_add(&r->formula, data, len);
	if (r->formula.len > CELLS_ROW_BYTES_MAX)
		buf_reset(&r->formula); /* one piece of a parser is long already */
	return r->value.len <= CELLS_ROW_BYTES_MAX || xlsxpart_refuse(r->x, SHEET_LONG_ROW);
}

static bool is_type(const struct rows *r, const char *type)
{
	return strcmp(r->type, type) == 0;
}

/* ISO 8601, which the strict form of the format writes: a day is enough where there is no time. */
static void cut_midnight(struct buf *value)
{
	const char *t = strchr(buf_str(value), 'T');

	if (t != NULL && t - value->data == 10 && t[1 + strspn(t + 1, "0:.Z")] == '\0')
		value->data[value->len = 10] = '\0';
}

/* What the cell says, in the caller's words or ours; NULL + verdict. */
static const char *cell_text(struct rows *r, char number[static XLSXNUMBER_BYTES])
{
	const char *value = buf_str(&r->value), *shared;
	char *end;

	if (is_type(r, "s")) {
		shared = xlsxshared_text(r->s, strtoul(value, &end, 10));
		if (shared == NULL || *value == '\0' || *end != '\0')
			damaged(r);
		return *value == '\0' || *end != '\0' ? NULL : shared;
	}
	if (is_type(r, "b"))
		return strcmp(value, "0") == 0 ? "FALSE" : "TRUE";
	if (is_type(r, "d"))
		cut_midnight(&r->value);
	if (is_type(r, "str") || is_type(r, "inlineStr"))
		xlsxshared_unescape(&r->value, 0);
	if (!is_type(r, "") && !is_type(r, "n"))
		return buf_str(&r->value);
	xlsxnumber_text(value, xlsxshared_kind(r->s, r->look), r->b->from_1904, number);
	return number;
}

/* Who reads CSV takes one apostrophe away in front of what a spreadsheet would run (base/cells.h);
 * this one is part of the text. */
static bool is_guarded(const char *text)
{
	size_t guards = strspn(text, "'");

	return guards > 0 && text[guards] != '\0' && strchr("=+-@\t\r", text[guards]) != NULL;
}

static bool keep(struct rows *r, const char *mark, const char *said)
{
	if (said[0] == '\0')
		return true;
	if (r->column >= CELLS_COLUMNS_MAX)
		return xlsxpart_refuse(r->x, SHEET_TOO_WIDE);
	if (r->ends[r->column] > 0)
		return damaged(r); /* two cells in one place */
	r->begins[r->column] = r->texts.len;
	buf_text(&r->texts, is_guarded(said) ? "'" : mark);
	buf_text(&r->texts, said);
	r->ends[r->column] = r->texts.len;
	r->last = r->column > r->last ? r->column : r->last;
	return r->texts.len + CELLS_COLUMNS_MAX <= CELLS_ROW_BYTES_MAX ||
	       xlsxpart_refuse(r->x, SHEET_LONG_ROW);
}

static bool end_cell(struct rows *r)
{
	static const char no_value[] = {SHEET_NO_VALUE, '\0'};
	static const char not_computed[] = {SHEET_NO_VALUE, '=', '\0'};
	char number[XLSXNUMBER_BYTES];
	const char *said;

	r->in_cell = false;
	if (r->value.len == 0 && r->has_formula && !is_type(r, "str")) {
		if (r->formula.len > FORMULA_BYTES)
			buf_reset(&r->formula);
		return keep(r, not_computed, r->formula.len > 0 ? r->formula.data : "?");
	}
	if (r->value.len == 0)
		return true;
	said = cell_text(r, number);
	return said != NULL && keep(r, is_type(r, "e") ? no_value : "", said);
}

static void add_quoted(struct buf *line, const char *text, size_t len)
{
	const char *end = text + len;

	buf_add(line, "\"", 1);
	while (text < end) {
		const char *quote = memchr(text, '"', (size_t)(end - text));
		size_t part = (size_t)((quote != NULL ? quote + 1 : end) - text);
		buf_add(line, text, part);
		if (quote != NULL)
			buf_add(line, "\"", 1);
		text += part;
	}
	buf_add(line, "\"", 1);
}

static bool end_row(struct rows *r)
{
	r->in_row = false;
	if (r->last < 0)
		return true;
	buf_reset(&r->line);
	for (; r->written < r->row - 1; r->written++)
		buf_add(&r->line, "\n", 1);
	for (int i = 0; i <= r->last; i++) {
		if (i > 0)
			buf_add(&r->line, ",", 1);
		if (r->ends[i] > 0)
			add_quoted(&r->line, r->texts.data + r->begins[i],
				   r->ends[i] - r->begins[i]);
	}
	buf_add(&r->line, "\n", 1);
	r->written++;
	return r->out->put(r->out->arg, r->line.data, r->line.len);
}

static bool end(void *arg, const char *name)
{
	struct rows *r = arg;

	r->into = INTO_NOTHING;
	if (r->in_cell && strcmp(name, "c") == 0)
		return end_cell(r);
	if (r->in_row && strcmp(name, "row") == 0)
		return !r->in_cell ? end_row(r) : damaged(r);
	if (r->in_cell && strcmp(name, "rPh") == 0)
		r->spoken = false;
	if (strcmp(name, "sheetData") == 0)
		r->in_data = false;
	return true;
}

bool xlsxrows_read(struct xlsx *x, const struct xlsxbook *b, const struct xlsxshared *s,
		   const struct xlsxrows_out *out)
{
	struct rows *r = calloc(1, sizeof(*r));

	must(r != NULL);
	r->x = x;
	r->b = b;
	r->s = s;
	r->out = out;
	bool ok = xlsxpart_parse(x, b->sheets[b->chosen].path,
				 &(struct xlsxpart_handler){start, end, text, r});
	buf_finish(&r->value);
	buf_finish(&r->formula);
	buf_finish(&r->texts);
	buf_finish(&r->line);
	free(r);
	return ok;
}
