/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/letterhead.h"

#include <glib.h>
#include <stdio.h>

#define THIN 0.4
#define GAP 4.0 /* between who issues it and the country */

static const struct letter nothing;

static const struct paper_style upright = {.size = 12, .align = PAPER_CENTRE},
				bold = {.size = 12, .bold = true, .align = PAPER_CENTRE},
				motto = {.size = 13, .bold = true, .align = PAPER_CENTRE},
				date = {.size = 12, .italic = true, .align = PAPER_CENTRE},
				hint = {.size = 11, .italic = true, .align = PAPER_CENTRE};

/* A text in a part of the page's width, with a rule of that share of it below. */
static double headed(struct paper *p, double x, double y, double width, const char *text,
		     const struct paper_style *style, double rule)
{
	double height = paper_text(p, x, y, text, style, width, 3);
	double line = rule * paper_line_width(p, text, style);

	line = line > rule * width ? rule * width : line;
	if (rule > 0)
		paper_rule(p, x + (width - line) / 2, y + height + 1, x + (width + line) / 2,
			   y + height + 1, THIN);
	return y + height + (rule > 0 ? 5 : 0);
}

/* In capitals, as the decree has it. */
static double capitals(struct paper *p, double x, double y, double width, const char *text,
		       const struct paper_style *style, double rule)
{
	char *large = g_utf8_strup(text, -1);

	y = headed(p, x, y, width, large, style, rule);
	g_free(large);
	return y;
}

/* Who issues it. A people's committee has nobody above it in the head. */
static double issuer(struct paper *p, double x, double y, double half, const struct letter *l,
		     const char *station)
{
	if (l->superior[0] != '\0')
		y = capitals(p, x, y, half, l->superior, &upright, 0);
	else if (l->issuer[0] == '\0')
		y = headed(p, x, y, half, "ỦY BAN NHÂN DÂN " LETTERHEAD_DOTS, &upright, 0);
	return capitals(p, x, y, half, l->issuer[0] != '\0' ? l->issuer : station, &bold, 0.4);
}

double letterhead_draw(struct paper *p, double x, double y, double room,
		       const struct letter *letter, const char *station)
{
	static const char country[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
	const struct letter *l = letter != NULL ? letter : &nothing;
	/* Half of an upright page is too narrow for its name, which stands in one line. */
	double named = paper_line_width(p, country, &bold) + 4;
	double half = named > room / 2 ? named : room / 2, left = room - half, right = x + left;
	char text[2 * LETTER_BYTES];
	double a = issuer(p, x, y, left - GAP, l, station);
	double b = headed(p, right, y, half, country, &bold, 0);

	b = headed(p, right, b, half, "Độc lập - Tự do - Hạnh phúc", &motto, 1);
	a = (a > b ? a : b) + 2;
	snprintf(text, sizeof(text), "Số: …………/%s", l->symbol[0] != '\0' ? l->symbol : "…………");
	headed(p, x, a, left - GAP, text, &upright, 0);
	snprintf(text, sizeof(text), "%s, ngày …… tháng …… năm ………",
		 l->place[0] != '\0' ? l->place : "……………");
	return headed(p, right, a, half, text, &date, 0) + 12;
}

static double line(struct paper *p, double x, double y, double width, const char *text)
{
	return text[0] != '\0' ? capitals(p, x, y, width, text, &bold, 0) : y;
}

double letterhead_sign(struct paper *p, double x, double y, double room, const char *maker,
		       const struct letter *letter)
{
	const struct letter *l = letter != NULL ? letter : &nothing;
	const char *title = l->signer_title[0] != '\0' ? l->signer_title : LETTERHEAD_DOTS;
	double half = room / 2, right = x + half, a, b;

	if (maker[0] != '\0') {
		a = headed(p, x, y, half, maker, &bold, 0);
		headed(p, x, a, half, "(Ký, ghi rõ họ tên)", &hint, 0);
	}
	b = line(p, right, y, half, l->signer_for);
	b = line(p, right, b, half, title);
	headed(p, right, b, half,
	       l->signer_title[0] != '\0' ? "(Ký, ghi rõ họ tên, đóng dấu)"
					  : "(Chức vụ người ký; ký, ghi rõ họ tên, đóng dấu)",
	       &hint, 0);
	y += LETTERHEAD_SIGN_ROOM - 24;
	if (l->signer_name[0] != '\0')
		headed(p, right, y - 8, half, l->signer_name, &bold, 0);
	return y;
}
