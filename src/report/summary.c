/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/summary.h"

#include "base/must.h"
#include "base/text.h"
#include "report/amount.h"
#include "report/telling.h"

#include <string.h>

#define DOTTED_LINES 4

bool summary_named(const char *table)
{
	return strcmp(table, SUMMARY_NAME) == 0 || strcmp(table, "summary") == 0;
}

const char *summary_title(void)
{
	return T("Báo cáo bằng lời", "The report in words");
}

struct date summary_first(const struct report *r)
{
	struct date first = report_plan_first(r);
	struct period before;

	if (period_before(&r->period, &before) && date_compare(before.first, first) < 0)
		first = before.first;
	return first;
}

static const struct model *choose(const struct report *r)
{
	for (int i = 0; i < r->model_count; i++) {
		const struct model *m = &r->models[i];
		if (m->span == (enum model_span)r->period.kind &&
		    date_compare(m->from, r->period.last) <= 0 &&
		    date_compare(m->to, r->period.last) >= 0)
			return m;
	}
	return NULL;
}

/* Of several stations' report nobody is asked for a folder, which may have no name for it. */
static const char *issuer(const struct report *r)
{
	if (r->letter != NULL && r->letter->issuer[0] != '\0')
		return r->letter->issuer;
	return r->station[0] != '\0' ? r->station : "……………………";
}

/* A fixed sentence with what it leaves open. */
static void fill(const struct report *r, const char *text, struct buf *out)
{
	char period[PERIOD_NAME_BYTES];

	period_name(&r->period, period);
	while (text[0] != '\0') {
		size_t len = strcspn(text, "{");

		buf_add(out, text, len);
		text += len;
		if (strncmp(text, "{ky}", 4) == 0) {
			buf_text(out, period);
			text += 4;
		} else if (strncmp(text, "{don_vi}", 8) == 0) {
			buf_text(out, issuer(r));
			text += 8;
		} else if (text[0] != '\0') {
			buf_add(out, text++, 1);
		}
	}
}

static void say(const struct report *r, struct document *d, enum document_look look,
		const char *text)
{
	struct buf b = {0};

	if (text[0] != '\0') {
		fill(r, text, &b);
		document_add(d, look, "", &b);
	}
	buf_finish(&b);
}

static void tell_part(struct telling *t, const struct model_part *part)
{
	static void (*const blocks[MODEL_BLOCKS])(struct telling *) = {
		[MODEL_TOTALS] = telling_totals,     [MODEL_PROGRAMMES] = telling_programmes,
		[MODEL_LANGUAGES] = telling_languages, [MODEL_PLANNED] = telling_planned,
		[MODEL_MISSED] = telling_missed,     [MODEL_TARGETS] = telling_targets,
		[MODEL_COMPARED] = telling_compared, [MODEL_DIFFICULTIES] = telling_difficulties,
	};

	t->points = 0;
	document_say(t->d, DOCUMENT_PART, part->heading);
	say(t->r, t->d, DOCUMENT_TEXT, part->sentence);
	for (int i = 0; i < part->block_count; i++)
		if (part->blocks[i] != MODEL_DOTS)
			blocks[part->blocks[i]](t);
		else
			for (int k = 0; k < DOTTED_LINES; k++)
				document_say(t->d, DOCUMENT_DOTS, "");
}

static void source_begin(struct table_writer *w)
{
	(void)w;
}

static void source_row(struct table_writer *w, const struct table_cell *cells)
{
	(void)w, (void)cells;
}

static void source_note(struct table_writer *w, const char *text)
{
	struct buf b = {0};

	buf_print(&b, "- %s", text);
	document_add(w->state, DOCUMENT_ITEM, "", &b);
	buf_finish(&b);
}

static const struct table_format sources = {source_begin, source_row, source_row, source_note,
					    source_begin, NULL};

/* Which packs they come from, and which are left out, a reader is told in the report itself. */
static bool tell_sources(struct telling *t, struct err *e)
{
	const struct report_across *all = t->r->across;
	struct table_writer w = {.format = &sources, .state = t->d};

	if (all == NULL)
		return true;
	document_say(t->d, DOCUMENT_PART, "Nguồn số liệu");
	bool ok = all->notes(all->arg, &w, e);
	table_finish(&w);
	return ok;
}

static bool tell(struct telling *t, const struct model *m, struct err *e)
{
	const struct report *r = t->r;

	t->d->table = SUMMARY_NAME;
	t->d->kind = "Báo cáo";
	fill(r, m->subject, &t->d->subject);
	for (int i = 0; i < m->basis_count; i++)
		say(r, t->d, DOCUMENT_BASIS, m->bases[i].sentence);
	say(r, t->d, DOCUMENT_TEXT, m->opening);
	for (int i = 0; i < m->part_count; i++)
		tell_part(t, &m->parts[i]);
	if (!tell_sources(t, e))
		return false;
	say(r, t->d, DOCUMENT_TEXT, m->closing);
	t->d->figures = telling_json(t);
	return true;
}

bool summary_make(const struct report *r, struct document *d, struct err *e)
{
	const struct model *m = choose(r);
	struct telling t = {.r = r, .d = d};

	*d = (struct document){0};
	if (m == NULL)
		return err_set(e, ERR_NOT_FOUND,
			       T("chưa có mẫu báo cáo cho kỳ này: thêm vào seeds/mau-bao-cao.yaml "
				 "(trang Danh mục)",
				 "there is no model of a report about such a period: add one to "
				 "seeds/mau-bao-cao.yaml (page Danh mục)"));
	enum text_reader was = text_speak(TEXT_VI);
	bool ok = telling_gather(&t, e) && tell(&t, m, e);
	telling_finish(&t);
	text_speak(was);
	return ok;
}

bool summary_write(const struct report *r, document_write *write, FILE *out, struct err *e)
{
	struct document d;
	struct buf text = {0};
	bool ok = summary_make(r, &d, e) && write(&d, r, &text, e);

	if (ok && (fwrite(text.data, 1, text.len, out) != text.len || fflush(out) != 0))
		ok = err_errno(e, T("không ghi được báo cáo", "the report cannot be written"));
	document_finish(&d);
	buf_finish(&text);
	return ok;
}
