/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper.h"

#include "base/must.h"
#include "base/numbers.h"
#include "base/text.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define A4_LONG (297 * PAPER_MM)
#define A4_SHORT (210 * PAPER_MM)
#define KEPT 2048 /* layouts; a page has a few hundred cells, and a year some thousand texts */

#define FONTS_MAX 64 /* styles and sizes, times the fonts that the texts' scripts need */

/* Where one letter stands, from the text's corner; font: a place in paper_inside.fonts. */
struct spot {
	cairo_glyph_t glyph;
	int font;
};

/* A text that was laid out. */
struct kept {
	char *text;
	struct paper_style style;
	double width, height, line_width;
	int lines_max, count;
	struct spot *letters;
	PangoLayout *layout; /* NULL but for a text that has no letters of a font */
};

/* What is drawn with it on this page. A letter at a time, or a cell, costs Cairo as much as a
 * thousand in one call. */
struct font {
	cairo_scaled_font_t *font;
	cairo_glyph_t *glyphs;
	int count, room;
};

struct paper_inside {
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoContext *context;
	struct kept kept[KEPT];
	struct font fonts[FONTS_MAX];
	int font_count;
};

static cairo_status_t take(void *to, const unsigned char *data, unsigned int len)
{
	buf_add(to, data, len);
	return CAIRO_STATUS_SUCCESS;
}

static void describe(cairo_surface_t *s, const char *title, struct wall made)
{
	time_t at = (time_t)(made.ns / NS_PER_S);
	char when[32];
	struct tm utc;

	gmtime_r(&at, &utc);
	strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, when);
}

static struct paper *open_sized(struct buf *to, const char *title, struct wall made, double width,
				double height)
{
	struct paper *p = calloc(1, sizeof(*p));
	struct paper_inside *in = calloc(1, sizeof(*in));

	must(p != NULL && in != NULL);
	*p = (struct paper){.width = width, .height = height, .in = in};
	in->surface = cairo_pdf_surface_create_for_stream(take, to, p->width, p->height);
	describe(in->surface, title, made);
	in->cr = cairo_create(in->surface);
	in->context = pango_cairo_create_context(in->cr);
	/* Letters stand where a printer puts them, not where a screen's pixels are. */
	pango_context_set_round_glyph_positions(in->context, FALSE);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(in->context, options);
	cairo_font_options_destroy(options);
	return p;
}

struct paper *paper_open(struct buf *to, const char *title, struct wall made)
{
	return open_sized(to, title, made, A4_LONG, A4_SHORT);
}

struct paper *paper_open_upright(struct buf *to, const char *title, struct wall made)
{
	return open_sized(to, title, made, A4_SHORT, A4_LONG);
}

static void draw_letters(struct paper_inside *in)
{
	for (int i = 0; i < in->font_count; i++) {
		struct font *f = &in->fonts[i];

		if (f->count == 0)
			continue;
		cairo_set_scaled_font(in->cr, f->font);
		cairo_show_glyphs(in->cr, f->glyphs, f->count);
		f->count = 0;
	}
}

void paper_page(struct paper *p)
{
	cairo_t *cr = p->in->cr;

	draw_letters(p->in);
	if (p->pages++ > 0)
		cairo_show_page(cr);
	/* Cairo joins the rectangles of all that is drawn on a page, one after the other, which
	 * took most of the time of a year's table: where all of the page is painted already, they
	 * are one. */
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_set_source_rgb(cr, 0, 0, 0);
}

static PangoLayout *lay_out(struct paper_inside *in, const char *text,
			    const struct paper_style *s, double width, int lines_max)
{
	static const PangoAlignment aligns[] = {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER,
						PANGO_ALIGN_RIGHT};
	PangoFontDescription *font = pango_font_description_from_string("Liberation Serif");
	PangoLayout *layout = pango_layout_new(in->context);

	pango_font_description_set_absolute_size(font, s->size * PANGO_SCALE);
	pango_font_description_set_weight(font, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_style(font, s->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(layout, aligns[s->align]);
	pango_layout_set_justify(layout, s->justify);
	pango_layout_set_indent(layout, (int)(s->indent * PANGO_SCALE));
	if (lines_max > 0) {
		pango_layout_set_height(layout, -lines_max);
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	}
	pango_layout_set_text(layout, text, -1);
	return layout;
}

/* -1: there are too many. */
static int font_number(struct paper_inside *in, PangoFont *font)
{
	cairo_scaled_font_t *scaled = pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font));

	for (int i = 0; i < in->font_count; i++)
		if (in->fonts[i].font == scaled)
			return i;
	if (scaled == NULL || in->font_count == FONTS_MAX)
		return -1;
	in->fonts[in->font_count].font = cairo_scaled_font_reference(scaled);
	return in->font_count++;
}

/* False: some letter has no font, and Pango draws a box with its number. */
static bool take_run(struct paper_inside *in, struct kept *k, const PangoGlyphItem *run, double x,
		     double y)
{
	int font = font_number(in, run->item->analysis.font), n = run->glyphs->num_glyphs;

	k->letters = realloc(k->letters, (size_t)(k->count + n) * sizeof(*k->letters));
	must(k->letters != NULL || k->count + n == 0);
	for (int i = 0; i < n && font >= 0; i++) {
		const PangoGlyphInfo *g = &run->glyphs->glyphs[i];

		if ((g->glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0)
			return false;
		if (g->glyph != PANGO_GLYPH_EMPTY)
			k->letters[k->count++] = (struct spot){
				{g->glyph, x + (double)g->geometry.x_offset / PANGO_SCALE,
				 y + (double)g->geometry.y_offset / PANGO_SCALE}, font};
		x += (double)g->geometry.width / PANGO_SCALE;
	}
	return font >= 0;
}

/* Takes the letters out of its layout, which then is needed no more. */
static void take_letters(struct paper_inside *in, struct kept *k)
{
	PangoLayoutIter *at = pango_layout_get_iter(k->layout);
	bool ok = true;

	do {
		PangoGlyphItem *run = pango_layout_iter_get_run_readonly(at);
		PangoRectangle where;

		if (run == NULL) /* an end of a line */
			continue;
		pango_layout_iter_get_run_extents(at, NULL, &where);
		ok = take_run(in, k, run, (double)where.x / PANGO_SCALE,
			      (double)pango_layout_iter_get_baseline(at) / PANGO_SCALE);
	} while (ok && pango_layout_iter_next_run(at));
	pango_layout_iter_free(at);
	if (ok) {
		g_object_unref(k->layout);
		k->layout = NULL;
	}
}

static unsigned place(const char *text, const struct paper_style *s, double width)
{
	int64_t looks = (int64_t)(width * 16) << 20 | (int64_t)(s->size * 16) << 1 | s->bold;
	uint64_t hash = (uint64_t)numbers_hash(text, looks);

	return (unsigned)((hash ^ hash >> 32) % KEPT);
}

static bool same_style(const struct paper_style *a, const struct paper_style *b)
{
	return a->size == b->size && a->bold == b->bold && a->italic == b->italic &&
	       a->align == b->align && a->justify == b->justify && a->indent == b->indent;
}

static void forget(struct kept *k)
{
	if (k->layout != NULL)
		g_object_unref(k->layout);
	free(k->letters);
	free(k->text);
	*k = (struct kept){0};
}

static struct kept *find(struct paper *p, const char *text, const struct paper_style *s,
			 double width, int lines_max)
{
	struct kept *k = &p->in->kept[place(text, s, width)];
	int across, height;

	if (k->text != NULL && k->width == width && k->lines_max == lines_max &&
	    same_style(&k->style, s) && strcmp(k->text, text) == 0)
		return k;
	forget(k);
	*k = (struct kept){.text = strdup(text), .style = *s, .width = width,
			   .lines_max = lines_max,
			   .layout = lay_out(p->in, text, s, width, lines_max)};
	must(k->text != NULL);
	pango_layout_get_size(k->layout, &across, &height);
	k->height = (double)height / PANGO_SCALE;
	k->line_width = (double)across / PANGO_SCALE;
	take_letters(p->in, k);
	return k;
}

static void add_letter(struct font *f, cairo_glyph_t glyph, double x, double y)
{
	if (f->count == f->room) {
		f->room = 2 * f->room + 256;
		f->glyphs = realloc(f->glyphs, (size_t)f->room * sizeof(*f->glyphs));
		must(f->glyphs != NULL);
	}
	glyph.x += x;
	glyph.y += y;
	f->glyphs[f->count++] = glyph;
}

/* What numbers, hours and days are written with, and one more, whose place tells how wide the last
 * of them is. */
static const char figures[] = "0123456789:/.,-0";

/* Numbers are most of a table's texts and none of them has been there before: they are put together
 * from letters that were laid out once. NULL: it is another text, or has to be broken. line: its
 * width. */
static const struct kept *find_figures(struct paper *p, const char *text,
				       const struct paper_style *s, double width, double *line)
{
	if (text[strspn(text, figures)] != '\0')
		return NULL;
	const struct paper_style left = {s->size, s->bold, s->italic, PAPER_LEFT, false, 0};
	const struct kept *k = find(p, figures, &left, 0, 0);
	const struct spot *l = k->letters;

	if (k->layout != NULL || k->count != (int)sizeof(figures) - 1)
		return NULL;
	*line = 0;
	for (; text[0] != '\0'; text++) {
		const char *at = strchr(figures, text[0]);
		*line += l[at - figures + 1].glyph.x - l[at - figures].glyph.x;
	}
	return *line <= width ? k : NULL;
}

static void draw_figures(struct paper *p, double x, double y, const char *text,
			 const struct kept *k)
{
	for (; text[0] != '\0'; text++) {
		const struct spot *l = &k->letters[strchr(figures, text[0]) - figures];

		add_letter(&p->in->fonts[l->font], l->glyph, x - l->glyph.x, y);
		x += l[1].glyph.x - l->glyph.x;
	}
}

double paper_measure(struct paper *p, const char *text, const struct paper_style *s, double width,
		     int lines_max)
{
	double line;
	const struct kept *k = find_figures(p, text, s, width, &line);

	return (k != NULL ? k : find(p, text, s, width, lines_max))->height;
}

double paper_text(struct paper *p, double x, double y, const char *text,
		  const struct paper_style *s, double width, int lines_max)
{
	double line;
	const struct kept *k = find_figures(p, text, s, width, &line);

	if (k != NULL) {
		draw_figures(p, x + (width - line) * s->align / PAPER_RIGHT, y, text, k);
		return k->height;
	}
	k = find(p, text, s, width, lines_max);
	if (k->layout != NULL) {
		cairo_move_to(p->in->cr, x, y);
		pango_cairo_show_layout(p->in->cr, k->layout);
		return k->height;
	}
	for (int i = 0; i < k->count; i++)
		add_letter(&p->in->fonts[k->letters[i].font], k->letters[i].glyph, x, y);
	return k->height;
}

double paper_line_width(struct paper *p, const char *text, const struct paper_style *s)
{
	return find(p, text, s, 0, 0)->line_width;
}

void paper_rule(struct paper *p, double x1, double y1, double x2, double y2, double thick)
{
	cairo_set_line_width(p->in->cr, thick);
	cairo_move_to(p->in->cr, x1, y1);
	cairo_line_to(p->in->cr, x2, y2);
	cairo_stroke(p->in->cr);
}

void paper_code(struct paper *p, double x, double y, double side, const char *text)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	must(code != NULL);
	double module = side / code->width;
	for (int i = 0; i < code->width * code->width; i++)
		if (code->data[i] & 1)
			cairo_rectangle(p->in->cr, x + i % code->width * module,
					y + i / code->width * module, module, module);
	cairo_fill(p->in->cr);
	QRcode_free(code);
}

bool paper_close(struct paper *p, struct err *e)
{
	struct paper_inside *in = p->in;

	draw_letters(in);
	if (p->pages > 0)
		cairo_show_page(in->cr);
	cairo_surface_finish(in->surface);
	cairo_status_t status = cairo_status(in->cr);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(in->surface);
	for (int i = 0; i < KEPT; i++)
		forget(&in->kept[i]);
	for (int i = 0; i < in->font_count; i++) {
		cairo_scaled_font_destroy(in->fonts[i].font);
		free(in->fonts[i].glyphs);
	}
	g_object_unref(in->context);
	cairo_destroy(in->cr);
	cairo_surface_destroy(in->surface);
	free(in);
	free(p);
	return status == CAIRO_STATUS_SUCCESS || e == NULL ||
	       err_set(e, ERR_FAILED, T("không lập được trang in: %s", "no page can be made: %s"),
		       cairo_status_to_string(status));
}
