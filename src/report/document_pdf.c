/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document as it is signed and handed in, in the layout of Decree 30/2020/NĐ-CP (Phụ lục I): its
 * margins, size 14 with the first line of each paragraph set in, the number of the page in the
 * middle above from the second on; then places for signatures and receivers, and which log its
 * figures are of. */
#include "base/must.h"
#include "report/formats.h"
#include "report/letterhead.h"
#include "report/paper.h"
#include "report/report.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#define LEFT (30 * PAPER_MM)
#define RIGHT (15 * PAPER_MM)
#define TOP (20 * PAPER_MM)
#define BOTTOM (20 * PAPER_MM)
#define SET_IN (12.7 * PAPER_MM)
#define BETWEEN 4.0
#define CODE_SIDE (24 * PAPER_MM)

static const struct paper_style
	title = {.size = 14, .bold = true, .align = PAPER_CENTRE},
	looks[DOCUMENT_LOOKS] = {
		[DOCUMENT_BASIS] = {.size = 14, .italic = true, .justify = true, .indent = SET_IN},
		[DOCUMENT_PART] = {.size = 14, .bold = true, .indent = SET_IN},
		[DOCUMENT_POINT] = {.size = 14, .bold = true, .indent = SET_IN},
		[DOCUMENT_TEXT] = {.size = 14, .justify = true, .indent = SET_IN},
		[DOCUMENT_ITEM] = {.size = 14, .justify = true, .indent = SET_IN},
		[DOCUMENT_DOTS] = {.size = 14},
};

struct sheet {
	struct paper *paper;
	const struct report *r;
	double y, room;
	int parts;
};

static void page(struct sheet *s)
{
	static const struct paper_style number = {.size = 13, .align = PAPER_CENTRE},
					small = {.size = 7};
	struct paper *p = s->paper;
	char text[192];

	paper_page(p);
	s->y = TOP;
	if (p->pages > 1) {
		snprintf(text, sizeof(text), "%d", p->pages);
		paper_text(p, LEFT, TOP - 9 * PAPER_MM, text, &number, s->room, 1);
	}
	if (s->r->mark[0] == '\0')
		return;
	snprintf(text, sizeof(text), "Sổ nhật ký: %.100s", s->r->mark);
	paper_text(p, LEFT, p->height - BOTTOM + 8 * PAPER_MM, text, &small, s->room, 1);
}

static void need(struct sheet *s, double height)
{
	if (s->y + height > s->paper->height - BOTTOM)
		page(s);
}

static void put(struct sheet *s, const char *text, const struct paper_style *style)
{
	need(s, paper_measure(s->paper, text, style, s->room, 0));
	s->y += paper_text(s->paper, LEFT, s->y, text, style, s->room, 0) + BETWEEN;
}

static void put_capitals(struct sheet *s, const char *text, const struct paper_style *style)
{
	char *large = g_utf8_strup(text, -1);

	put(s, large, style);
	g_free(large);
}

/* A heading with two lines of what it heads. */
static void put_heading(struct sheet *s, const struct document_line *l)
{
	struct buf b = {0};

	s->y += l->look == DOCUMENT_PART ? BETWEEN : 0;
	need(s, 5 * looks[l->look].size);
	if (l->look == DOCUMENT_PART)
		buf_print(&b, "%s. ", document_roman(++s->parts));
	buf_text(&b, l->text);
	if (l->look == DOCUMENT_PART)
		put_capitals(s, buf_str(&b), &looks[l->look]);
	else
		put(s, buf_str(&b), &looks[l->look]);
	buf_finish(&b);
}

/* Of dots as many as a line holds. */
static void put_dots(struct sheet *s)
{
	const struct paper_style *style = &looks[DOCUMENT_DOTS];
	char line[512] = "";
	double one = paper_line_width(s->paper, "…", style);
	size_t count = one > 0 ? (size_t)(s->room / one) : 0, len = strlen("…");

	for (size_t i = 0; i < count && (i + 1) * len < sizeof(line); i++)
		memcpy(line + i * len, "…", len + 1);
	put(s, line, style);
}

static void put_line(struct sheet *s, const struct document_line *l)
{
	if (l->look == DOCUMENT_PART || l->look == DOCUMENT_POINT)
		put_heading(s, l);
	else if (l->look == DOCUMENT_DOTS)
		put_dots(s);
	else
		put(s, l->text, &looks[l->look]);
}

/* Whom it goes to only people know. */
static void put_signatures(struct sheet *s)
{
	static const struct paper_style bold = {.size = 12, .bold = true, .italic = true},
					plain = {.size = 11};
	struct paper *p = s->paper;
	double half = s->room / 2, y;

	need(s, LETTERHEAD_SIGN_ROOM + 8);
	y = s->y + 8;
	double below = y + paper_text(p, LEFT, y, "Nơi nhận:", &bold, half, 1);
	for (int i = 0; i < 2; i++)
		below += paper_text(p, LEFT, below, "- " LETTERHEAD_DOTS ";", &plain, half, 1);
	paper_text(p, LEFT, below, "- Lưu: VT, " LETTERHEAD_DOTS, &plain, half, 1);
	s->y = letterhead_sign(p, LEFT, y, s->room, "", s->r->letter);
}

static void put_source(struct sheet *s)
{
	static const struct paper_style plain = {.size = 9};
	double indent = 0;

	if (s->r->log[0] == '\0')
		return;
	s->y += 6;
	need(s, CODE_SIDE);
	if (s->r->mark[0] != '\0') {
		paper_code(s->paper, LEFT, s->y, CODE_SIDE, s->r->mark);
		indent = CODE_SIDE + 8;
	}
	paper_text(s->paper, LEFT + indent, s->y, s->r->log, &plain, s->room - indent, 4);
}

bool document_pdf(const struct document *d, const struct report *r, struct buf *out, struct err *e)
{
	struct sheet s = {.paper = paper_open_upright(out, buf_str(&d->subject), r->made), .r = r};

	s.room = s.paper->width - LEFT - RIGHT;
	page(&s);
	s.y = letterhead_draw(s.paper, LEFT, s.y, s.room, r->letter, r->station);
	put_capitals(&s, d->kind, &title);
	put(&s, buf_str(&d->subject), &title);
	s.y += 8;
	for (int i = 0; i < d->count; i++)
		put_line(&s, &d->lines[i]);
	put_signatures(&s);
	put_source(&s);
	return paper_close(s.paper, e);
}
