/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/document.h"

#include "base/civil.h"
#include "base/json.h"
#include "base/markup.h"
#include "base/must.h"
#include "base/text.h"
#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#define DOTS "……………………………………………………………………………………"

void document_add(struct document *d, enum document_look look, const char *table, struct buf *text)
{
	d->lines = realloc(d->lines, (size_t)(d->count + 1) * sizeof(*d->lines));
	must(d->lines != NULL);
	struct document_line *l = &d->lines[d->count++];
	*l = (struct document_line){.look = look, .text = strdup(buf_str(text))};
	must(l->text != NULL);
	snprintf(l->table, sizeof(l->table), "%.3s", table);
	buf_reset(text);
}

void document_say(struct document *d, enum document_look look, const char *text)
{
	struct buf b = {0};

	buf_text(&b, text);
	document_add(d, look, "", &b);
	buf_finish(&b);
}

void document_finish(struct document *d)
{
	for (int i = 0; i < d->count; i++)
		free(d->lines[i].text);
	free(d->lines);
	buf_finish(&d->subject);
	json_decref(d->figures);
	*d = (struct document){0};
}

const char *document_roman(int number)
{
	static const char *const all[] = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
					  "X", "XI", "XII"};

	must(number >= 1 && number <= (int)(sizeof(all) / sizeof(all[0])));
	return all[number - 1];
}

static json_t *lines_json(const struct document *d)
{
	static const char *const looks[DOCUMENT_LOOKS] = {"basis", "part", "point", "text", "item",
							  "dots"};
	json_t *list = json_array();

	for (int i = 0; i < d->count; i++) {
		const struct document_line *l = &d->lines[i];
		json_t *o = json_pack("{s:s, s:s}", "look", looks[l->look], "text", l->text);
		must(o != NULL);
		if (l->table[0] != '\0')
			json_object_set_new(o, "table", json_string(l->table));
		json_array_append_new(list, o);
	}
	return list;
}

static json_t *period_json(const struct report *r)
{
	char name[PERIOD_NAME_BYTES], from[11], to[11];

	period_name(&r->period, name);
	date_print(r->period.first, from);
	date_print(r->period.last, to);
	return json_pack("{s:s, s:s, s:s}", "name", name, "from", from, "to", to);
}

bool document_json(const struct document *d, const struct report *r, struct buf *out,
		   struct err *e)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:O, s:s, s:s}", "table",
			      d->table, "title", d->kind, "subject", buf_str(&d->subject),
			      "station", r->station, "made", json_time(r->made, r->tz), "period",
			      period_json(r), "lines", lines_json(d), "figures", d->figures, "log",
			      r->log, "mark", r->mark);

	(void)e;
	must(o != NULL);
	char *text = json_dumps(o, JSON_LINE);
	must(text != NULL);
	buf_text(out, text);
	buf_text(out, "\n");
	free(text);
	json_decref(o);
	return true;
}

static const char style[] =
	"body{font:14pt 'Times New Roman','Liberation Serif',serif;max-width:17cm;margin:1.5em "
	"auto;padding:0 1em}\n"
	".head{display:flex;gap:1em;font-size:12pt;text-align:center}\n"
	".head>div{flex:1}\n"
	".head p,h1,.subject{margin:.1em 0;text-align:center}\n"
	"h1{font-size:14pt;margin-top:1.5em}\n"
	"h2,h3{font-size:14pt;margin:.8em 0 .3em}\n"
	".capitals,h1,h2{text-transform:uppercase}\n"
	".bold,.subject{font-weight:bold}\n"
	".subject{margin-bottom:1em}\n"
	".basis,.date{font-style:italic}\n"
	"main>p{text-align:justify;text-indent:1.27cm;margin:.3em 0;overflow-wrap:anywhere}\n"
	"main>p.subject,main>p.dots{text-indent:0}\n"
	".dots{overflow:hidden;white-space:nowrap}\n"
	".log{font-size:8pt;overflow-wrap:anywhere;margin-top:2em}\n"
	"@page{size:A4;margin:20mm 15mm 20mm 30mm}\n"
	"@media print{body{margin:0;padding:0}}\n";

static void in_class(struct buf *out, const char *class, const char *text)
{
	buf_print(out, "<p class=\"%s\">", class);
	markup_text(out, text);
	buf_text(out, "</p>\n");
}

static const char *or_dots(const char *text)
{
	return text[0] != '\0' ? text : "……………………";
}

static void html_head(const struct report *r, struct buf *out)
{
	static const struct letter nothing;
	const struct letter *l = r->letter != NULL ? r->letter : &nothing;

	buf_text(out, "<div class=\"head\"><div>\n");
	if (l->superior[0] != '\0')
		in_class(out, "capitals", l->superior);
	in_class(out, "capitals bold", l->issuer[0] != '\0' ? l->issuer : r->station);
	buf_text(out, "<p>Số: …………/");
	markup_text(out, or_dots(l->symbol));
	buf_text(out, "</p></div>\n<div><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p>\n"
		 "<p><b>Độc lập - Tự do - Hạnh phúc</b></p>\n<p class=\"date\">");
	markup_text(out, or_dots(l->place));
	buf_text(out, ", ngày …… tháng …… năm ………</p></div></div>\n");
}

static void html_foot(const struct report *r, struct buf *out)
{
	static const struct letter nothing;
	const struct letter *l = r->letter != NULL ? r->letter : &nothing;

	buf_text(out, "<div class=\"head\"><div><p><b><i>Nơi nhận:</i></b></p><p>" DOTS
		 "</p></div>\n<div>");
	if (l->signer_for[0] != '\0')
		in_class(out, "capitals bold", l->signer_for);
	in_class(out, "capitals bold", or_dots(l->signer_title));
	in_class(out, "date", "(Ký, ghi rõ họ tên, đóng dấu)");
	buf_text(out, "<p>&nbsp;</p><p>&nbsp;</p>");
	if (l->signer_name[0] != '\0')
		in_class(out, "bold", l->signer_name);
	buf_text(out, "</div></div>\n");
	if (r->log[0] != '\0')
		in_class(out, "log", r->log);
}

static void html_line(const struct document_line *l, int *part, struct buf *out)
{
	static const char *const classes[DOCUMENT_LOOKS] = {"basis", "", "", "text", "item",
							    "dots"};

	if (l->look != DOCUMENT_PART && l->look != DOCUMENT_POINT) {
		in_class(out, classes[l->look], l->look == DOCUMENT_DOTS ? DOTS DOTS : l->text);
		return;
	}
	const char *tag = l->look == DOCUMENT_PART ? "h2" : "h3";
	buf_print(out, "<%s>", tag);
	if (l->look == DOCUMENT_PART)
		buf_print(out, "%s. ", document_roman(++*part));
	markup_text(out, l->text);
	buf_print(out, "</%s>\n", tag);
}

bool document_html(const struct document *d, const struct report *r, struct buf *out,
		   struct err *e)
{
	int part = 0;

	(void)e;
	buf_text(out, "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
	markup_element(out, "title", buf_str(&d->subject));
	buf_print(out, "<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
	html_head(r, out);
	markup_element(out, "h1", d->kind);
	in_class(out, "subject", buf_str(&d->subject));
	for (int i = 0; i < d->count; i++)
		html_line(&d->lines[i], &part, out);
	html_foot(r, out);
	buf_text(out, "</main>\n</body>\n</html>\n");
	return true;
}
