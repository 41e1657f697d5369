/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sheetcols.h"

#include "base/fold.h"
#include "base/must.h"
#include "base/text.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

static bool is_called(const char *cell, const char *name)
{
	char a[256], b[256];

	fold_plain(cell, a, sizeof(a));
	fold_plain(name, b, sizeof(b));
	return strcmp(a, b) == 0;
}

/* Lines and spaces in a head count as one space. */
static void clean(const char *text, char out[static 256])
{
	size_t used = 0;

	for (; *text != '\0' && used < 250; text++) {
		bool space = strchr(" \t\r\n", *text) != NULL;
		if (!space)
			out[used++] = *text;
		else if (used > 0 && out[used - 1] != ' ')
			out[used++] = ' ';
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

static struct sheetcol column_of(const struct register_shape *r, const char *cell)
{
	static const char *const ids[] = {"id", "mã dòng"}, *const passed[] = {"stt", "tt", "no."};
	struct sheetcol col = {.passed = cell[0] == '\0'};

	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		col.id = col.id || is_called(cell, ids[i]);
	for (size_t i = 0; i < sizeof(passed) / sizeof(passed[0]); i++)
		col.passed = col.passed || is_called(cell, passed[i]);
	for (const struct register_field *f = r->fields; f->key != NULL; f++)
		if (is_called(cell, f->key) || is_called(cell, f->vi) || is_called(cell, f->en))
			col.field = f;
	return col;
}

bool sheetcols_head(struct sheetcols *s, int64_t row, const char *const *texts, int count)
{
	char cell[256];
	int known = 0;

	for (int i = 0; i < count; i++) {
		clean(texts[i], cell);
		s->columns[i] = column_of(s->shape, cell);
		known += s->columns[i].field != NULL;
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
		clean(texts[i], cell);
		if (col == NULL || (col->field == NULL && !col->id && !col->passed))
			tell(arg, i, cell, T("cột này không có trong sổ",
					     "the register has no such column"));
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
