/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for spreadsheets: names of the columns, rows, the sum; notes and the log's head below,
 * each alone in its row. */
#include "base/csv.h"
#include "report/table.h"

#include <string.h>

static void csv_begin(struct table_writer *w)
{
	buf_text(&w->text, CSV_BOM);
	/* csv_text separates by what stands before it, and the mark is no cell. */
	struct buf line = {0};
	for (int i = 0; i < w->head->column_count; i++)
		csv_text(&line, w->head->columns[i].name);
	csv_end(&line);
	buf_add(&w->text, line.data, line.len);
	buf_finish(&line);
}

static void csv_row(struct table_writer *w, const struct table_cell *cells)
{
	char number[TABLE_CELL_BYTES];

	for (int i = 0; i < w->head->column_count; i++) {
		enum table_type type = w->head->columns[i].type;

		if (!cells[i].set) {
			csv_plain(&w->text, "%s", "");
		} else if (table_is_text(type)) {
			csv_text(&w->text, cells[i].text);
		} else {
			table_plain(type, cells[i].number, number);
			csv_plain(&w->text, "%s", number);
		}
	}
	csv_end(&w->text);
}

static void csv_note(struct table_writer *w, const char *text)
{
	csv_text(&w->text, text);
	csv_end(&w->text);
}

static void csv_tail(struct table_writer *w)
{
	if (w->head->log[0] != '\0')
		csv_note(w, w->head->log);
}

const struct table_format table_csv = {csv_begin, csv_row, csv_row, csv_note, csv_tail, NULL};
