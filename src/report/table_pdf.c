/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table as it is handed in on paper: the head that Decree 30/2020/NĐ-CP (Phụ lục I) gives a
 * document, with dots where only people know what stands there, the table's own head on each page,
 * the number of the page in the middle above from the second on, places for signatures, and which
 * log it is made from. */
#include "base/must.h"
#include "base/text.h"
#include "report/formats.h"
#include "report/letterhead.h"
#include "report/paper.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LEFT (20 * PAPER_MM)
#define RIGHT (12 * PAPER_MM)
#define TOP (18 * PAPER_MM)
#define BOTTOM (16 * PAPER_MM)
#define PAD 2.0
#define THIN 0.4
#define LETTER 0.5 /* of its size, as wide as a letter is, about */
#define LETTERS_MIN 6.0
#define LETTERS_MAX 11.0
#define CELL_LINES_MAX 24 /* whatever it says: the rest is in other formats */
#define HASH_LETTERS 12
#define CODE_SIDE (24 * PAPER_MM)

struct sheet {
	struct paper *paper;
	double y, top;		/* where the next row comes; where the table began on this page */
	double x[TABLE_COLUMNS_MAX + 1];
	int column[TABLE_COLUMNS_MAX]; /* of the table's, which are printed */
	int count;
	double size;
};

/* All of it by the widths that the columns ask for, and letters as large as these allow. */
static void spread(struct sheet *s, const struct table_head *h)
{
	double room = s->paper->width - LEFT - RIGHT, letters = 0, x = LEFT;

	for (int i = 0; i < h->column_count; i++)
		if (h->columns[i].width > 0) {
			s->column[s->count++] = i;
			letters += h->columns[i].width;
		}
	must(s->count > 0);
	s->size = (room - 2 * PAD * s->count) / letters / LETTER;
	s->size = fmin(fmax(s->size, LETTERS_MIN), LETTERS_MAX);
	for (int i = 0; i < s->count; i++) {
		s->x[i] = x;
		x += 2 * PAD + (room - 2 * PAD * s->count) *
				       h->columns[s->column[i]].width / letters;
	}
	s->x[s->count] = x;
}

static void page(struct table_writer *w)
{
	static const struct paper_style number = {.size = 11, .align = PAPER_CENTRE},
					small = {.size = 7};
	struct sheet *s = w->state;
	struct paper *p = s->paper;
	double room = p->width - LEFT - RIGHT, foot = p->height - BOTTOM + 4 * PAPER_MM;
	char text[192];

	paper_page(p);
	s->y = TOP;
	if (p->pages > 1) {
		snprintf(text, sizeof(text), "%d", p->pages);
		paper_text(p, LEFT, TOP - 8 * PAPER_MM, text, &number, room, 1);
	}
	if (w->head->mark[0] == '\0')
		return;
	snprintf(text, sizeof(text), T("Sổ nhật ký: %.100s", "Log: %.100s"), w->head->mark);
	paper_text(p, LEFT, foot, text, &small, room, 1);
}

static double left(const struct table_writer *w)
{
	const struct sheet *s = w->state;

	return s->paper->height - BOTTOM - s->y;
}

static void titles(struct table_writer *w)
{
	static const struct paper_style bold = {.size = 14, .bold = true, .align = PAPER_CENTRE},
					italic = {.size = 12, .italic = true,
						  .align = PAPER_CENTRE};
	struct sheet *s = w->state;
	double room = s->paper->width - LEFT - RIGHT;
	char *title = g_utf8_strup(w->head->title, -1);

	s->y += paper_text(s->paper, LEFT, s->y, title, &bold, room, 3);
	s->y += paper_text(s->paper, LEFT, s->y, w->head->period, &italic, room, 2) + 8;
	g_free(title);
}

/* One row of texts, at s->y; returns its height, and draws nothing where only that is asked. */
static double cells(struct sheet *s, const char *const *texts, const struct paper_style *styles,
		    bool draw)
{
	double height = 0;

	for (int i = 0; i < s->count; i++) {
		double width = s->x[i + 1] - s->x[i] - 2 * PAD, one = 0;

		if (texts[i][0] == '\0')
			continue;
		if (draw)
			paper_text(s->paper, s->x[i] + PAD, s->y + PAD, texts[i], &styles[i],
				   width, CELL_LINES_MAX);
		else
			one = paper_measure(s->paper, texts[i], &styles[i], width,
					    CELL_LINES_MAX);
		height = one > height ? one : height;
	}
	return height > 0 ? height + 2 * PAD : s->size * 1.2 + 2 * PAD;
}

static void line_below(struct sheet *s)
{
	paper_rule(s->paper, s->x[0], s->y, s->x[s->count], s->y, THIN);
}

static void names(struct table_writer *w)
{
	struct sheet *s = w->state;
	struct paper_style styles[TABLE_COLUMNS_MAX];
	const char *texts[TABLE_COLUMNS_MAX];

	for (int i = 0; i < s->count; i++) {
		texts[i] = w->head->columns[s->column[i]].name;
		styles[i] = (struct paper_style){
			.size = s->size, .bold = true, .align = PAPER_CENTRE};
	}
	double height = cells(s, texts, styles, false);
	s->top = s->y;
	line_below(s);
	cells(s, texts, styles, true);
	s->y += height;
	line_below(s);
}

/* The columns' rules, down to where the rows end. */
static void close_table(struct sheet *s)
{
	for (int i = 0; i <= s->count; i++)
		paper_rule(s->paper, s->x[i], s->top, s->x[i], s->y, THIN);
}

static void begin(struct table_writer *w)
{
	struct sheet *s = calloc(1, sizeof(*s));

	must(s != NULL);
	w->state = s;
	s->paper = paper_open(&w->text, w->head->title, w->head->made);
	spread(s, w->head);
	page(w);
	s->y = letterhead_draw(s->paper, LEFT, s->y, s->paper->width - LEFT - RIGHT,
			       w->head->letter, w->head->station);
	titles(w);
	names(w);
}

static void put(struct table_writer *w, const struct table_cell *row, bool bold)
{
	struct sheet *s = w->state;
	char numbers[TABLE_COLUMNS_MAX][TABLE_CELL_BYTES];
	struct paper_style styles[TABLE_COLUMNS_MAX];
	const char *texts[TABLE_COLUMNS_MAX];

	for (int i = 0; i < s->count; i++) {
		const struct table_cell *c = &row[s->column[i]];
		enum table_type type = w->head->columns[s->column[i]].type;

		styles[i] = (struct paper_style){
			.size = s->size, .bold = bold, .align = PAPER_RIGHT};
		texts[i] = numbers[i];
		numbers[i][0] = '\0';
		if (table_is_text(type))
			styles[i].align = PAPER_LEFT;
		if (c->set && type == TABLE_TEXT)
			texts[i] = c->text;
		else if (c->set && type == TABLE_HASH)
			snprintf(numbers[i], TABLE_CELL_BYTES, "%.*s…", HASH_LETTERS, c->text);
		else if (c->set)
			table_tell(type, c->number, numbers[i]);
	}
	double height = cells(s, texts, styles, false);
	if (height > left(w)) {
		close_table(s);
		page(w);
		names(w);
	}
	cells(s, texts, styles, true);
	s->y += height;
	line_below(s);
}

static void row(struct table_writer *w, const struct table_cell *c)
{
	put(w, c, false);
}

static void sum(struct table_writer *w, const struct table_cell *c)
{
	struct sheet *s = w->state;

	put(w, c, true);
	close_table(s);
	s->y += 6;
}

static void note(struct table_writer *w, const char *text)
{
	static const struct paper_style plain = {.size = 11};
	struct sheet *s = w->state;
	double room = s->paper->width - LEFT - RIGHT;

	if (paper_measure(s->paper, text, &plain, room, 0) > left(w))
		page(w);
	s->y += paper_text(s->paper, LEFT, s->y, text, &plain, room, 0) + 3;
}

static void source(struct table_writer *w)
{
	static const struct paper_style plain = {.size = 9};
	struct sheet *s = w->state;
	double room = s->paper->width - LEFT - RIGHT;

	if (w->head->log[0] == '\0')
		return;
	if (left(w) < CODE_SIDE)
		page(w);
	double x = LEFT, indent = 0;
	if (w->head->mark[0] != '\0') {
		paper_code(s->paper, x, s->y, CODE_SIDE, w->head->mark);
		indent = CODE_SIDE + 8;
	}
	paper_text(s->paper, x + indent, s->y, w->head->log, &plain, room - indent, 4);
}

static void end(struct table_writer *w)
{
	struct sheet *s = w->state;

	if (left(w) < LETTERHEAD_SIGN_ROOM)
		page(w);
	s->y = letterhead_sign(s->paper, LEFT, s->y + 8, s->paper->width - LEFT - RIGHT,
			       "NGƯỜI LẬP BIỂU", w->head->letter);
	source(w);
	w->failed = !paper_close(s->paper, &w->why);
	s->paper = NULL;
}

static void finish(struct table_writer *w)
{
	struct sheet *s = w->state;

	if (s != NULL && s->paper != NULL)
		paper_close(s->paper, NULL);
	free(s);
	w->state = NULL;
}

const struct table_format table_pdf = {begin, row, sum, note, end, finish};
