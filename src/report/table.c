/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"

#include "base/must.h"
#include "base/text.h"

#include <inttypes.h>
#include <string.h>

#define WRITE_BYTES (64 << 10) /* gathered before it is written */

const struct table_format *table_format(const char *name)
{
	static const struct {
		const char *name;
		const struct table_format *format;
	} all[] = {{"csv", &table_csv}, {"json", &table_json}, {"html", &table_html}};

	for (int i = 0; i < (int)(sizeof(all) / sizeof(all[0])); i++)
		if (strcmp(all[i].name, name) == 0)
			return all[i].format;
	return NULL;
}

static bool write_out(struct table_writer *w, size_t most, struct err *e)
{
	if (w->failed) {
		*e = w->why;
		return false;
	}
	if (w->text.len <= most)
		return true;
	if (fwrite(w->text.data, 1, w->text.len, w->out) != w->text.len)
		return err_errno(e, T("không ghi được báo cáo", "the report cannot be written"));
	buf_reset(&w->text);
	return true;
}

bool table_is_text(enum table_type type)
{
	return type == TABLE_TEXT || type == TABLE_HASH;
}

struct table_cell table_text(const char *words)
{
	return (struct table_cell){.set = words[0] != '\0', .text = words};
}

struct table_cell table_number(int64_t value)
{
	return (struct table_cell){.set = true, .number = value};
}

bool table_begin(struct table_writer *w, const struct table_head *head, struct err *e)
{
	must(head->column_count > 0 && head->column_count <= TABLE_COLUMNS_MAX);
	w->head = head;
	w->format->begin(w);
	return write_out(w, WRITE_BYTES, e);
}

bool table_row(struct table_writer *w, const struct table_cell *cells, struct err *e)
{
	w->format->row(w, cells);
	w->rows++;
	return write_out(w, WRITE_BYTES, e);
}

bool table_sum(struct table_writer *w, const struct table_cell *cells, struct err *e)
{
	w->format->sum(w, cells);
	return write_out(w, WRITE_BYTES, e);
}

bool table_note(struct table_writer *w, const char *text, struct err *e)
{
	w->format->note(w, text);
	w->notes++;
	return write_out(w, WRITE_BYTES, e);
}

bool table_end(struct table_writer *w, struct err *e)
{
	w->format->end(w);
	return write_out(w, 0, e) &&
	       (w->out == NULL || fflush(w->out) == 0 ||
		err_errno(e, T("không ghi được báo cáo", "the report cannot be written")));
}

void table_finish(struct table_writer *w)
{
	if (w->format->finish != NULL)
		w->format->finish(w);
	buf_finish(&w->text);
}

/* "1.234.567" */
static void group_digits(int64_t number, char mark, char *out)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%" PRId64, number), at = 0;

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
			out[at++] = mark;
		out[at++] = digits[i];
	}
	out[at] = '\0';
}

static void tell_percent(int64_t tenths, char point, const char *unit,
			 char out[static TABLE_CELL_BYTES])
{
	snprintf(out, TABLE_CELL_BYTES, "%" PRId64 "%c%d%s", tenths / 10, point,
		 (int)(tenths % 10), unit);
}

/* Decimals only where there are some. */
static void tell_hundredths(int64_t number, char point, char out[static TABLE_CELL_BYTES])
{
	int part = (int)(number % 100);
	int used = snprintf(out, TABLE_CELL_BYTES, "%" PRId64, number / 100);

	if (part % 10 != 0)
		snprintf(out + used, (size_t)(TABLE_CELL_BYTES - used), "%c%02d", point, part);
	else if (part != 0)
		snprintf(out + used, (size_t)(TABLE_CELL_BYTES - used), "%c%d", point, part / 10);
}

/* What is the same for people and spreadsheets. */
static void tell_time(enum table_type type, int64_t number, char out[static TABLE_CELL_BYTES])
{
	int64_t s = type == TABLE_TIME ? number : (number + FRAMES_PER_S / 2) / FRAMES_PER_S;

	snprintf(out, TABLE_CELL_BYTES, type == TABLE_TIME ? "%02d:%02d:%02d" : "%d:%02d:%02d",
		 (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

void table_tell(enum table_type type, int64_t number, char out[static TABLE_CELL_BYTES])
{
	if (type == TABLE_DATE)
		date_tell(date_from_days(number), out);
	else if (type == TABLE_PERCENT)
		tell_percent(number, text_english() ? '.' : ',', " %", out);
	else if (type == TABLE_HUNDREDTHS)
		tell_hundredths(number, text_english() ? '.' : ',', out);
	else if (type == TABLE_TIME || type == TABLE_FRAMES)
		tell_time(type, number, out);
	else
		group_digits(number, text_english() ? ',' : '.', out);
}

void table_plain(enum table_type type, int64_t number, char out[static TABLE_CELL_BYTES])
{
	if (type == TABLE_DATE)
		date_print(date_from_days(number), out);
	else if (type == TABLE_PERCENT)
		tell_percent(number, '.', "", out);
	else if (type == TABLE_HUNDREDTHS)
		tell_hundredths(number, '.', out);
	else if (type == TABLE_TIME || type == TABLE_FRAMES)
		tell_time(type, number, out);
	else
		snprintf(out, TABLE_CELL_BYTES, "%" PRId64, number);
}
