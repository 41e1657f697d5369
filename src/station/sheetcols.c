/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetcols.h"

#include "base/fold.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"
#include "library/sheetpipe.h"

#include <stdio.h>
#include <string.h>

#define TOLD_BYTES 120 /* of a cell */

static struct sheetcol column_of(const struct register_shape *r, const char *cell)
{
	static const char *const ids[] = {"id", "mã dòng"}, *const passed[] = {
		"stt", "tt", "no.", "entry", "mục nhật ký", "log entry", "log", "sổ nhật ký"};
	struct sheetcol col = {.passed = cell[0] == '\0'};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		col.id = col.id || fold_same(cell, ids[i]);
	for (size_t i = 0; i < sizeof(passed) / sizeof(passed[0]); i++)
		col.passed = col.passed || fold_same(cell, passed[i]);
	for (const struct register_field *f = r->fields; f->key != NULL; f++)
		if (fold_same(cell, f->key) || fold_same(cell, f->vi) || fold_same(cell, f->en))
			col.field = f;
	return col;
}

/* The column before it that is the same; −1: none is. */
static int same_before(const struct sheetcols *s, int column)
{
	const struct sheetcol *col = &s->columns[column];

	for (int i = 0; i < column; i++)
		if ((col->id && s->columns[i].id) ||
		    (col->field != NULL && col->field == s->columns[i].field))
			return i;
	return -1;
}

bool sheetcols_head(struct sheetcols *s, int64_t row, const char *const *texts, int count)
{
	char cell[256];
	int known = 0, before;

	s->second = 0;
	for (int i = 0; i < count; i++) {
		fold_spaces(texts[i], cell, sizeof(cell));
		s->columns[i] = column_of(s->shape, cell);
		known += s->columns[i].field != NULL;
		before = same_before(s, i);
		if (before >= 0 && s->second == 0) {
			s->first = before;
			s->second = i;
		}
		snprintf(s->names[i], sizeof(s->names[i]), "%.63s", cell);
		utf8_cut(s->names[i], sizeof(s->names[i]) - 1);
	}
	if (known < 2)
		return false;
	s->head = row;
	s->count = count;
	return true;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

bool sheetcols_again(const struct sheetcols *s, const char *const *texts, int count)
{
	int same = 0;

	for (int i = 0; i < count; i++) {
		char cell[sizeof(s->names[0])];
		if (is_blank(texts[i]))
			continue;
		fold_spaces(texts[i], cell, sizeof(cell));
		utf8_cut(cell, sizeof(cell) - 1);
		if (i >= s->count || !fold_same(cell, s->names[i]))
			return false;
		same++;
	}
	return same >= 2;
}

int sheetcols_id(const struct sheetcols *s)
{
	for (int i = 0; i < s->count; i++)
		if (s->columns[i].id)
			return i;
	return -1;
}

json_t *sheetcols_row(const struct sheetcols *s, const char *const *texts, int count,
		      char id[static ID_BYTES],
		      void (*tell)(void *arg, int column, const char *value, const char *why),
		      void *arg)
{
	json_t *given = json_object();
	bool any = false;

	id[0] = '\0';
	for (int i = 0; i < count; i++) {
		const struct sheetcol *col = i < s->count ? &s->columns[i] : NULL;
		char cell[256];
		if (is_blank(texts[i]))
			continue;
		any = any || col == NULL || !col->passed;
		fold_spaces(texts[i], cell, sizeof(cell));
		bool no_value = cell[0] == SHEET_NO_VALUE;
		const char *said = cell + (no_value ? 1 : 0);
		if (col == NULL || (col->field == NULL && !col->id && !col->passed))
			tell(arg, i, said, T("cột này không có trong sổ",
					     "the register has no such column"));
		else if (no_value && !col->passed)
			tell(arg, i, said,
			     T("công thức lỗi hoặc chưa được tính; sửa trong bảng tính rồi lưu lại",
			       "a formula that failed or was not computed; mend it in the "
			       "spreadsheet and save that"));
		else if (col->id)
			snprintf(id, ID_BYTES, "%.31s", cell);
		else if (col->field != NULL)
			must(json_object_set_new_nocheck(given, col->field->key,
							 json_string_nocheck(texts[i])) == 0);
	}
	if (any)
		return given;
	json_decref(given);
	return NULL;
}

int sheetcols_of(const struct sheetcols *s, const char *key)
{
	for (int i = 0; i < s->count; i++)
		if (s->columns[i].field != NULL && strcmp(s->columns[i].field->key, key) == 0)
			return i;
	return -1;
}

void sheetcols_letters(int column, char out[static 8])
{
	char turned[8];
	int len = 0;

	for (int rest = column + 1; rest > 0 && len < 7; rest = (rest - 1) / 26)
		turned[len++] = (char)('A' + (rest - 1) % 26);
	for (int i = 0; i < len; i++)
		out[i] = turned[len - 1 - i];
	out[len] = '\0';
}

/* Columns of the register alone: a sheet may have any number of others. */
json_t *sheetcols_told(const struct sheetcols *c, int64_t row, const char *const *texts, int count)
{
	json_t *cells = json_array();
	char text[TOLD_BYTES];

	must(cells != NULL);
	for (int i = 0; i < count && i < c->count; i++) {
		snprintf(text, sizeof(text), "%s", texts[i]);
		utf8_cut(text, sizeof(text) - 4);
		if (text[0] != '\0' && c->columns[i].field != NULL)
			json_array_append_new(cells, json_pack("{s:s, s:o}", "name", c->names[i],
							       "value", json_text(text)));
	}
	json_t *o = json_pack("{s:I, s:o}", "row", (json_int_t)row, "cells", cells);
	must(o != NULL);
	return o;
}
