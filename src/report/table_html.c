/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table for people and their printers: one file that needs no other. */
#include "base/markup.h"
#include "base/text.h"
#include "report/table.h"

static const char style[] =
	"body{font:11pt 'Times New Roman','Liberation Serif',serif;margin:1.5em}\n"
	"h1{font-size:14pt;text-align:center;margin:.5em 0 0}\n"
	"header p{text-align:center;margin:.2em 0 1em}\n"
	"table{border-collapse:collapse;width:100%;font-size:9pt}\n"
	"th,td{border:1px solid #000;padding:.2em .3em;vertical-align:top;text-align:left;"
	"overflow-wrap:anywhere}\n"
	"th{text-align:center}\n"
	"td.n{text-align:right;white-space:nowrap}\n"
	"tfoot td{font-weight:bold}\n"
	"thead{display:table-header-group}\n"
	"tfoot{display:table-row-group}\n"
	"tr{break-inside:avoid}\n"
	".log{font-size:8pt;overflow-wrap:anywhere}\n"
	".wide{overflow-x:auto}\n"
	"@page{size:A4 landscape;margin:15mm}\n"
	"@media print{body{margin:0}.wide{overflow:visible}}\n";

static void begin(struct table_writer *w)
{
	const struct table_head *h = w->head;

	buf_print(&w->text, "<!doctype html>\n<html lang=\"%s\">\n<head>\n"
		  "<meta charset=\"utf-8\">\n"
		  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
		  T("vi", "en"));
	markup_element(&w->text, "title", h->title);
	buf_print(&w->text, "<style>\n%s</style>\n</head>\n<body>\n<main>\n<header>\n", style);
	markup_element(&w->text, "p", h->station);
	markup_element(&w->text, "h1", h->title);
	markup_element(&w->text, "p", h->period);
	/* Reached by the keyboard, or nobody without a mouse could scroll it sideways. */
	buf_print(&w->text, "</header>\n<div class=\"wide\" role=\"region\" tabindex=\"0\""
		  " aria-label=\"%s\">\n<table>\n<thead>\n<tr>", T("Bảng", "Table"));
	for (int i = 0; i < h->column_count; i++) {
		buf_text(&w->text, "<th scope=\"col\">");
		markup_text(&w->text, h->columns[i].name);
		buf_text(&w->text, "</th>");
	}
	buf_text(&w->text, "</tr>\n</thead>\n<tbody>\n");
}

static void row(struct table_writer *w, const struct table_cell *cells)
{
	char number[TABLE_CELL_BYTES];

	buf_text(&w->text, "<tr>");
	for (int i = 0; i < w->head->column_count; i++) {
		enum table_type type = w->head->columns[i].type;

		buf_text(&w->text, table_is_text(type) ? "<td>" : "<td class=\"n\">");
		if (cells[i].set && table_is_text(type))
			markup_text(&w->text, cells[i].text);
		if (cells[i].set && !table_is_text(type)) {
			table_tell(type, cells[i].number, number);
			buf_text(&w->text, number);
		}
		buf_text(&w->text, "</td>");
	}
	buf_text(&w->text, "</tr>\n");
}

static void sum(struct table_writer *w, const struct table_cell *cells)
{
	buf_text(&w->text, "</tbody>\n<tfoot>\n");
	row(w, cells);
	buf_text(&w->text, "</tfoot>\n</table>\n</div>\n");
}

static void note(struct table_writer *w, const char *text)
{
	markup_element(&w->text, "p", text);
}

static void end(struct table_writer *w)
{
	buf_text(&w->text, "<footer class=\"log\">\n");
	if (w->head->log[0] != '\0')
		markup_element(&w->text, "p", w->head->log);
	buf_text(&w->text, "</footer>\n</main>\n</body>\n</html>\n");
}

const struct table_format table_html = {begin, row, sum, note, end, NULL};
