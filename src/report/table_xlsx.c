/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for spreadsheets, with what CSV cannot say: which cells are numbers, days and durations,
 * and that a sum is one. Text is written as text and never as a formula. */
#include "base/must.h"
#include "base/text.h"
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { STATION_ROW, TITLE_ROW, PERIOD_ROW, HEAD_ROW = 4, FIRST_ROW };

#define EPOCH_DAYS 25569 /* from 30 December 1899, a spreadsheet's day 0, to 1970 */
#define PAPER_A4 9
#define WIDTH_MIN 9.0
#define READ_BYTES (16 << 10)
#define DAY_S 86400.0

struct book {
	lxw_workbook *book; /* NULL once it is closed */
	lxw_worksheet *sheet;
	lxw_format *cell[TABLE_TYPES], *sum[TABLE_TYPES], *title, *head, *note;
	lxw_row_t row;
	int64_t added[TABLE_COLUMNS_MAX]; /* of the rows, by column */
	int fd; /* the file, which has no name */
};

static const char *const number_formats[TABLE_TYPES] = {
	[TABLE_COUNT] = "#,##0",    [TABLE_DATE] = "dd/mm/yyyy", [TABLE_TIME] = "hh:mm:ss",
	[TABLE_FRAMES] = "[h]:mm:ss", [TABLE_MONEY] = "#,##0",   [TABLE_PERCENT] = "0.0%",
};

static void check(struct table_writer *w, lxw_error error)
{
	if (error == LXW_NO_ERROR || w->failed)
		return;
	w->failed = true;
	if (error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
		err_set(&w->why, ERR_FAILED,
			T("nhiều dòng hơn một trang tính chứa được (1.048.576); chọn kỳ ngắn hơn "
			  "hoặc --format csv",
			  "more rows than a sheet can hold (1,048,576); choose a shorter period or "
			  "--format csv"));
	else
		err_set(&w->why, ERR_FAILED, T("không lập được bảng tính: %s",
					       "the spreadsheet cannot be made: %s"),
			lxw_strerror(error));
}

static lxw_format *format(struct book *b, const char *number, bool bold)
{
	lxw_format *f = workbook_add_format(b->book);

	must(f != NULL);
	if (number != NULL)
		format_set_num_format(f, number);
	if (bold)
		format_set_bold(f);
	return f;
}

static void add_formats(struct book *b)
{
	for (int i = 0; i < TABLE_TYPES; i++) {
		b->cell[i] = format(b, number_formats[i], false);
		b->sum[i] = format(b, number_formats[i], true);
		format_set_border(b->cell[i], LXW_BORDER_THIN);
		format_set_border(b->sum[i], LXW_BORDER_THIN);
		format_set_align(b->cell[i], LXW_ALIGN_VERTICAL_TOP);
	}
	format_set_text_wrap(b->cell[TABLE_TEXT]);
	b->title = format(b, NULL, true);
	format_set_font_size(b->title, 14);
	b->head = format(b, NULL, true);
	format_set_border(b->head, LXW_BORDER_THIN);
	format_set_text_wrap(b->head);
	format_set_align(b->head, LXW_ALIGN_CENTER);
	format_set_align(b->head, LXW_ALIGN_VERTICAL_CENTER);
	b->note = format(b, NULL, false);
}

static bool open_book(struct table_writer *w, struct book *b)
{
	char path[32];

	b->fd = memfd_create("report", MFD_CLOEXEC);
	if (b->fd < 0)
		return err_errno(&w->why, T("không lập được bảng tính",
					    "the spreadsheet cannot be made"));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", b->fd);
	/* A row is on the disk as soon as the next begins. */
	lxw_workbook_options options = {.constant_memory = LXW_TRUE,
					.tmpdir = getenv("TMPDIR")};
	b->book = workbook_new_opt(path, &options);
	must(b->book != NULL);
	return true;
}

/* Both sides of a page's foot, where "&8" is a size, and "&85" another. */
static void set_foot(struct book *b, const struct table_head *h)
{
	char foot[160];

	snprintf(foot, sizeof(foot), "&L&8 %.90s&R&8 &P/&N", h->mark);
	worksheet_set_footer(b->sheet, foot);
}

static void set_pages(struct book *b, const struct table_head *h)
{
	worksheet_set_landscape(b->sheet);
	worksheet_set_paper(b->sheet, PAPER_A4);
	worksheet_fit_to_pages(b->sheet, 1, 0);
	worksheet_repeat_rows(b->sheet, HEAD_ROW, HEAD_ROW);
	worksheet_freeze_panes(b->sheet, FIRST_ROW, 0);
	set_foot(b, h);
	for (int i = 0; i < h->column_count; i++) {
		double width = h->columns[i].width + 2;

		worksheet_set_column(b->sheet, (lxw_col_t)i, (lxw_col_t)i,
				     width > WIDTH_MIN ? width : WIDTH_MIN, NULL);
	}
}

static void set_properties(struct book *b, const struct table_head *h)
{
	/* The library copies them, and changes none. */
	lxw_doc_properties p = {.title = (char *)h->title, .company = (char *)h->station,
				.subject = (char *)h->period,
				.comments = (char *)h->log,
				.created = (time_t)(h->made.ns / NS_PER_S)};

	workbook_set_properties(b->book, &p);
}

static void line(struct table_writer *w, lxw_row_t row, const char *words, lxw_format *f)
{
	struct book *b = w->state;

	check(w, worksheet_write_string(b->sheet, row, 0, words, f));
}

static void begin(struct table_writer *w)
{
	const struct table_head *h = w->head;
	struct book *b = calloc(1, sizeof(*b));

	must(b != NULL);
	w->state = b;
	w->failed = !open_book(w, b);
	if (w->failed)
		return;
	add_formats(b);
	b->sheet = workbook_add_worksheet(b->book, h->table);
	must(b->sheet != NULL);
	set_pages(b, h);
	set_properties(b, h);
	line(w, STATION_ROW, h->station, b->note);
	line(w, TITLE_ROW, h->title, b->title);
	line(w, PERIOD_ROW, h->period, b->note);
	for (int i = 0; i < h->column_count; i++)
		check(w, worksheet_write_string(b->sheet, HEAD_ROW, (lxw_col_t)i,
						h->columns[i].name, b->head));
	b->row = FIRST_ROW;
}

/* In the unit that a spreadsheet calculates with: days, and parts of one. */
static double value(enum table_type type, int64_t number)
{
	switch (type) {
	case TABLE_DATE:
		return (double)(number + EPOCH_DAYS);
	case TABLE_TIME:
		return (double)number / DAY_S;
	case TABLE_FRAMES:
		return (double)number / FRAMES_PER_S / DAY_S;
	case TABLE_PERCENT:
		return (double)number / 1000;
	case TABLE_HUNDREDTHS:
		return (double)number / 100;
	case TABLE_TEXT:
	case TABLE_HASH:
	case TABLE_COUNT:
	case TABLE_MONEY:
	case TABLE_TYPES:
		break;
	}
	return (double)number;
}

static void put(struct table_writer *w, int column, const struct table_cell *c, lxw_format **f)
{
	struct book *b = w->state;
	enum table_type type = w->head->columns[column].type;
	lxw_col_t at = (lxw_col_t)column;

	if (!c->set)
		check(w, worksheet_write_blank(b->sheet, b->row, at, f[type]));
	else if (table_is_text(type))
		check(w, worksheet_write_string(b->sheet, b->row, at, c->text, f[type]));
	else
		check(w, worksheet_write_number(b->sheet, b->row, at, value(type, c->number),
						f[type]));
}

static void row(struct table_writer *w, const struct table_cell *cells)
{
	struct book *b = w->state;

	for (int i = 0; i < w->head->column_count && !w->failed; i++) {
		put(w, i, &cells[i], b->cell);
		b->added[i] += cells[i].set ? cells[i].number : 0;
	}
	b->row++;
}

static void put_formula(struct table_writer *w, int column, const struct table_cell *c)
{
	struct book *b = w->state;
	char formula[64], first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];
	enum table_type type = w->head->columns[column].type;

	lxw_rowcol_to_cell(first, FIRST_ROW, (lxw_col_t)column);
	lxw_rowcol_to_cell(last, b->row - 1, (lxw_col_t)column);
	snprintf(formula, sizeof(formula), "=SUM(%s:%s)", first, last);
	check(w, worksheet_write_formula_num(b->sheet, b->row, (lxw_col_t)column, formula,
					     b->sum[type], value(type, c->number)));
}

/* A spreadsheet that calculates a formula again must come to what was written there. */
static bool adds_up(const struct table_writer *w, int column, const struct table_cell *c)
{
	const struct book *b = w->state;

	return w->head->columns[column].adds && c->set && w->rows > 0 &&
	       b->added[column] == c->number;
}

static void sum(struct table_writer *w, const struct table_cell *cells)
{
	struct book *b = w->state;
	lxw_col_t last = (lxw_col_t)(w->head->column_count - 1);

	if (w->rows > 0)
		check(w, worksheet_autofilter(b->sheet, HEAD_ROW, 0, b->row - 1, last));
	for (int i = 0; i <= last && !w->failed; i++) {
		if (adds_up(w, i, &cells[i]))
			put_formula(w, i, &cells[i]);
		else
			put(w, i, &cells[i], b->sum);
	}
	b->row += 2;
}

static void note(struct table_writer *w, const char *text)
{
	struct book *b = w->state;

	line(w, b->row++, text, b->note);
}

static void copy_out(struct table_writer *w, int fd)
{
	char piece[READ_BYTES];
	ssize_t n = 0;
	bool ok = lseek(fd, 0, SEEK_SET) == 0;

	while (ok && (n = read(fd, piece, sizeof(piece))) > 0)
		buf_add(&w->text, piece, (size_t)n);
	if (!ok || n < 0)
		w->failed = !err_errno(&w->why, T("không đọc lại được bảng tính",
						  "the spreadsheet cannot be read back"));
}

static void end(struct table_writer *w)
{
	struct book *b = w->state;

	if (w->head->log[0] != '\0')
		note(w, w->head->log);
	check(w, workbook_close(b->book));
	b->book = NULL;
	if (!w->failed)
		copy_out(w, b->fd);
}

static void finish(struct table_writer *w)
{
	struct book *b = w->state;

	if (b == NULL)
		return;
	if (b->book != NULL)
		lxw_workbook_free(b->book);
	if (b->fd >= 0)
		close(b->fd);
	free(b);
	w->state = NULL;
}

const struct table_format table_xlsx = {begin, row, sum, note, end, finish};
