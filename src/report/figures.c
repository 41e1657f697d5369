/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/figures.h"

#include "base/must.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct figures_cell {
	bool set;
	char *text; /* of a column of texts */
	int64_t number;
};

static void begin(struct table_writer *w)
{
	struct figures *f = w->state;

	f->columns = w->head->column_count;
	for (int i = 0; i < f->columns; i++)
		snprintf(f->keys[i], NAME_BYTES, "%.100s", w->head->columns[i].key);
}

static void keep(struct table_writer *w, const struct table_cell *cells)
{
	struct figures *f = w->state;
	size_t row = (size_t)f->columns * sizeof(*f->cells);

	if (f->rows > FIGURES_ROWS_MAX) {
		w->failed = !err_set(&w->why, ERR_FAILED,
				     T("bảng có hơn %d dòng, không kể bằng lời được; chọn kỳ ngắn "
				       "hơn",
				       "a table has more than %d rows, too many for words; choose "
				       "a shorter period"), FIGURES_ROWS_MAX);
		return;
	}
	f->cells = realloc(f->cells, (size_t)(f->rows + 1) * row);
	must(f->cells != NULL);
	for (int i = 0; i < f->columns; i++) {
		bool text = table_is_text(w->head->columns[i].type) && cells[i].set;
		struct figures_cell *c = &f->cells[f->rows * f->columns + i];
		*c = (struct figures_cell){cells[i].set, text ? strdup(cells[i].text) : NULL,
					   cells[i].number};
		must(!text || c->text != NULL);
	}
	f->rows++;
}

static void keep_sum(struct table_writer *w, const struct table_cell *cells)
{
	struct figures *f = w->state;

	keep(w, cells);
	f->sum = !w->failed;
	f->rows -= f->sum;
}

static void note(struct table_writer *w, const char *text)
{
	(void)w, (void)text;
}

static void end(struct table_writer *w)
{
	(void)w;
}

static const struct table_format kept = {begin, keep, keep_sum, note, end, NULL};

bool figures_take(struct figures *f, const struct report *r, const char *table, struct err *e)
{
	struct table_writer w = {.format = &kept, .state = f};
	const struct report_across *all = r->across;
	bool ok = all != NULL ? all->write(all->arg, r, table, &w, e)
			      : report_write(r, table, &w, e);

	table_finish(&w);
	return ok;
}

void figures_finish(struct figures *f)
{
	for (int i = 0; i < (f->rows + f->sum) * f->columns; i++)
		free(f->cells[i].text);
	free(f->cells);
	*f = (struct figures){0};
}

static const struct figures_cell *cell(const struct figures *f, int row, const char *key)
{
	int column = 0;

	must(row < f->rows && (row >= 0 || f->sum));
	while (column < f->columns && strcmp(f->keys[column], key) != 0)
		column++;
	must(column < f->columns);
	return &f->cells[(row >= 0 ? row : f->rows) * f->columns + column];
}

int64_t figures_number(const struct figures *f, int row, const char *key)
{
	const struct figures_cell *c = cell(f, row, key);

	return c->set ? c->number : 0;
}

const char *figures_text(const struct figures *f, int row, const char *key)
{
	const struct figures_cell *c = cell(f, row, key);

	return c->text != NULL ? c->text : "";
}

bool figures_set(const struct figures *f, int row, const char *key)
{
	return cell(f, row, key)->set;
}
