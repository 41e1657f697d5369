/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/report.h"

#include "base/must.h"
#include "base/register.h"
#include "base/text.h"
#include "report/summary.h"

#include <stdio.h>
#include <string.h>

static const char *const classes[REPORT_CLASSES] = {"aired", "not-aired", "unclear"};

bool report_class_parse(const char *text, int *only)
{
	for (int i = 0; i < REPORT_CLASSES; i++)
		if (strcmp(classes[i], text) == 0) {
			*only = i;
			return true;
		}
	return false;
}

const char *report_class_code(enum report_class class)
{
	return classes[class];
}

enum report_class report_class(const struct diary_row *d)
{
	switch (d->sum) {
	case ROW_AIRED:
	case ROW_IN_PART:
		return REPORT_AIRED;
	case ROW_NOT_AIRED:
	case ROW_UNSENT:
		return REPORT_NOT_AIRED;
	case ROW_UNSURE:
	case ROW_UNKNOWN:
	case ROW_ON_AIR:
	case ROW_SUM_COUNT:
		break;
	}
	return REPORT_UNCLEAR;
}

/* The next of "a,b,…", "" at the end; what comes behind it. */
static const char *next_of(const char *codes, char one[static NAME_BYTES])
{
	size_t len = strcspn(codes, ",");

	snprintf(one, NAME_BYTES, "%.*s", (int)len, codes);
	return codes + len + (codes[len] == ',');
}

/* Where it was heard best. */
static enum diary_heard heard_in_any(const struct diary_row *d, const char *zones)
{
	enum diary_heard best = DIARY_NOT_HEARD;
	char one[NAME_BYTES];

	do {
		zones = next_of(zones, one);
		enum diary_heard heard = diary_zone(d, one);
		best = heard < best ? heard : best;
	} while (zones[0] != '\0');
	return best;
}

enum report_class report_class_in(const struct report_filter *f, const struct diary_row *d)
{
	static const enum report_class here[] = {[DIARY_HEARD] = REPORT_AIRED,
						 [DIARY_PERHAPS] = REPORT_UNCLEAR,
						 [DIARY_NOT_HEARD] = REPORT_NOT_AIRED};
	enum report_class class = report_class(d);

	return class == REPORT_AIRED && f->place != NULL ? here[heard_in_any(d, f->place)] : class;
}

const char *report_kind(const struct diary_row *d)
{
	if (d->emergency[0] != '\0')
		return "khan-cap";
	if (strncmp(d->file, "live:", 5) == 0)
		return "truc-tiep";
	if (strncmp(d->file, "relay:", 6) == 0)
		return "tiep-song";
	return d->kind;
}

bool report_lists(const char *codes, const char *code)
{
	size_t len = strlen(code);

	if (len == 0 || codes[0] == '\0')
		return len == 0 && codes[0] == '\0';
	for (; codes[0] != '\0'; codes += codes[0] == ',') {
		size_t one = strcspn(codes, ",");
		if (one == len && memcmp(codes, code, len) == 0)
			return true;
		codes += one;
	}
	return false;
}

bool report_lists_any(const char *codes, const char *any)
{
	char one[NAME_BYTES];

	do {
		any = next_of(any, one);
		if (report_lists(codes, one))
			return true;
	} while (any[0] != '\0');
	return false;
}

static bool is(const char *wanted, const char *code)
{
	return wanted == NULL || strcmp(wanted, code) == 0;
}

static bool takes(const struct report_filter *f, const char *language, const char *kind,
		  const char *fund, const char *programmes)
{
	return is(f->language, language) && is(f->kind, kind) && is(f->fund, fund) &&
	       (f->programme == NULL || report_lists(programmes, f->programme));
}

bool report_takes(const struct report_filter *f, const struct diary_row *d)
{
	return takes(f, d->language, report_kind(d), d->fund, d->programmes) &&
	       is(f->producer, d->sender) &&
	       (f->place == NULL || report_lists_any(d->zones, f->place)) &&
	       (f->only < 0 || f->only == (int)report_class_in(f, d));
}

bool report_takes_product(const struct report_filter *f, const struct diary_product *p)
{
	return takes(f, p->language, p->kind, p->fund, p->programmes) && is(f->producer, p->sender);
}

struct date report_day(const struct report *r, int64_t at_ms)
{
	return tz_date(r->tz, (struct wall){at_ms * NS_PER_MS}, NULL);
}

struct table_cell report_day_cell(const struct report *r, int64_t at_ms)
{
	return (struct table_cell){.set = at_ms != 0,
				   .number = date_to_days(report_day(r, at_ms))};
}

struct table_cell report_time_cell(const struct report *r, int64_t at_ms)
{
	int32_t second = 0;

	if (at_ms != 0)
		tz_date(r->tz, (struct wall){at_ms * NS_PER_MS}, &second);
	return (struct table_cell){.set = at_ms != 0, .number = second};
}

int64_t report_frames_in(const struct report *r, int64_t from_ms, int64_t to_ms)
{
	struct wall first, end;

	period_span(&r->period, r->tz, &first, &end);
	int64_t begin = first.ns / NS_PER_MS, over = end.ns / NS_PER_MS;
	if (r->made.ns / NS_PER_MS < over)
		over = r->made.ns / NS_PER_MS;
	if (to_ms == 0 || to_ms > over)
		to_ms = over;
	if (from_ms < begin)
		from_ms = begin;
	return to_ms > from_ms ? (to_ms - from_ms) * FRAMES_PER_S / 1000 : 0;
}

const char *report_choice(const char *shape, const char *key, const char *code)
{
	return register_choice_text(register_field(register_find(shape), key), code);
}

const char *report_name(const struct report *r, enum codes_list which, const char *code,
			struct date day)
{
	const struct code *c = codes_named(&r->lists[which], code, day);

	return c != NULL && c->name[0] != '\0' ? c->name : code;
}

/* All that there is to know of a table stands here, and in the file that writes it. */
static const struct report_table tables[] = {
	{"A", "Nhật ký phát thanh", "Diary of airings", report_airings},
	{"B", "Tổng hợp phát thanh theo chương trình", "Totals by programme", report_totals},
	{"C", "Sản phẩm và kinh phí", "Products and money", report_products},
	{"D", "Kế hoạch – thực hiện", "Plan and done", report_plan},
	{"E", "Khó khăn, vướng mắc", "Difficulties", report_difficulties},
	{"F", "Phiếu kiểm tra", "Checklist", report_checklist},
	{"G", "Bảng thanh toán thù lao", "Pay sheet", report_pay},
	{"H", "Tình trạng thiết bị", "State of the equipment", report_equipment},
};

const struct report_table *report_table(int i)
{
	return i < (int)(sizeof(tables) / sizeof(tables[0])) ? &tables[i] : NULL;
}

const struct report_table *report_table_find(const char *letter)
{
	const struct report_table *t;

	for (int i = 0; (t = report_table(i)) != NULL; i++)
		if (strcmp(t->letter, letter) == 0)
			return t;
	return NULL;
}

struct table_head report_head(const struct report *r, const char *table, const char *title,
			      const char *period, const struct table_column *columns, int count)
{
	return (struct table_head){.table = table, .title = title, .station = r->station,
				   .period = period, .first = r->period.first,
				   .last = r->period.last, .made = r->made, .tz = r->tz,
				   .letter = r->letter, .log = r->log, .mark = r->mark,
				   .columns = columns, .column_count = count};
}

bool report_begin(struct report_sheet *s, const struct report *r, const char *letter, int columns,
		  struct table_writer *w, struct err *e)
{
	const struct report_table *t = report_table_find(letter);

	must(t != NULL && columns <= TABLE_COLUMNS_MAX);
	period_name(&r->period, s->period);
	s->head = report_head(r, t->letter, T(t->vi, t->en), s->period, s->columns, columns);
	return table_begin(w, &s->head, e);
}

bool report_no_table(const char *letter, struct err *e)
{
	char there[ERR_TEXT_BYTES / 2];
	const struct report_table *t;
	size_t len = 0;

	there[0] = '\0';
	for (int i = 0; (t = report_table(i)) != NULL && len < sizeof(there); i++)
		len += (size_t)snprintf(there + len, sizeof(there) - len, "%s%s (%s)",
					i > 0 ? ", " : "", t->letter, T(t->vi, t->en));
	return err_set(e, ERR_USAGE,
		       T("không có bảng \"%.20s\"; chọn %s, hoặc " SUMMARY_NAME " (%s)",
			 "no table \"%.20s\"; choose %s, or " SUMMARY_NAME " (%s)"),
		       letter, there, summary_title());
}

bool report_write(const struct report *r, const char *table, struct table_writer *w,
		  struct err *e)
{
	const struct report_table *t = report_table_find(table);

	return t != NULL ? t->write(r, w, e) : report_no_table(table, e);
}

struct date report_first(const struct report *r, const char *table)
{
	return strcmp(table, SUMMARY_NAME) == 0 ? summary_first(r)
	       : strcmp(table, "D") == 0	? report_plan_first(r)
						: r->period.first;
}
