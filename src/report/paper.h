/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of A4 as a PDF: texts that are broken into lines, and rules, by Pango and Cairo. What is on
 * a page that is full is written, and no more held. In vangxa-report only.
 *
 * Measures are points, 1/72 inch, from the upper left corner of a page. One thread. */
#ifndef VX_REPORT_PAPER_H
#define VX_REPORT_PAPER_H

#include "base/buf.h"
#include "base/civil.h"
#include "base/err.h"

#define PAPER_MM (72.0 / 25.4)

enum paper_align { PAPER_LEFT, PAPER_CENTRE, PAPER_RIGHT };

/* How a text looks. Liberation Serif, which has the measures of the Times New Roman that Decree
 * 30/2020/NĐ-CP asks for, and for letters it lacks whatever font of the machine has them. */
struct paper_style {
	double size;
	bool bold, italic;
	enum paper_align align;
	bool justify;  /* lines but the last are as wide as there is room */
	double indent; /* of the first line */
};

struct paper {
	double width, height;
	int pages; /* begun; 0: none yet */
	/* Its own. */
	struct paper_inside *in;
};

/* Landscape pages, or upright ones; bytes are added to `to`, which outlives it. title, made: what
 * the file says of itself. Never NULL. */
struct paper *paper_open(struct buf *to, const char *title, struct wall made);
struct paper *paper_open_upright(struct buf *to, const char *title, struct wall made);

/* Ends the page, if there is one, and begins another. */
void paper_page(struct paper *p);

/* The height of a text broken into lines of that width; what would be more than lines_max lines
 * ends with "…" (0: all). The layouts of the last texts are kept: most cells of a table's column
 * have been there before. */
double paper_measure(struct paper *p, const char *text, const struct paper_style *s, double width,
		     int lines_max);
/* Draws it, its upper left corner at x, y; returns its height. */
double paper_text(struct paper *p, double x, double y, const char *text,
		  const struct paper_style *s, double width, int lines_max);

/* As wide as the text's first line would be without an end. */
double paper_line_width(struct paper *p, const char *text, const struct paper_style *s);

void paper_rule(struct paper *p, double x1, double y1, double x2, double y2, double thick);

/* A QR code (ISO/IEC 18004) of a text of at most 200 bytes, a square of that side. */
void paper_code(struct paper *p, double x, double y, double side, const char *text);

/* Frees it. False + err: something could not be drawn, and the file is no good; e may be NULL for
 * one that is given up. */
bool paper_close(struct paper *p, struct err *e);

#endif
