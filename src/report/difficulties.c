/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table E, "Khó khăn, vướng mắc": what somebody wrote down, and behind it what the log gives reason
 * to write down: airings that were missed and things that were lost, a row a cause. The second are
 * proposals of the program and say so; a person makes a difficulty of them, or does not. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/outages.h"
#include "proof/reason.h"
#include "proof/registers.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CAUSES_MAX 128 /* the reasons there are, and so many devices and relays */

enum column {
	NUMBER, WHAT, SOURCE, SINCE, LAST, COUNT, LONGEST, OUT, STATE, PROPOSAL, AUTHORITY, ENTRY,
	COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[WHAT] = {"what", X("Khó khăn, vướng mắc", "Difficulty"), TABLE_TEXT, .width = 34},
		[SOURCE] = {"source", X("Ai nêu", "Raised by"), TABLE_TEXT, .width = 12},
		[SINCE] = {"since", X("Từ ngày", "Since"), TABLE_DATE, .width = 10},
		[LAST] = {"last", X("Đến ngày", "Until"), TABLE_DATE, .width = 10},
		[COUNT] = {"count", X("Số lần", "Times"), TABLE_COUNT, .width = 7},
		[LONGEST] = {"longest_s", X("Lần dài nhất", "The longest"), TABLE_FRAMES,
			.width = 9},
		[OUT] = {"out_s", X("Cộng trong kỳ", "In the period"), TABLE_FRAMES, .width = 9},
		[STATE] = {"state", X("Tình trạng", "State"), TABLE_TEXT, .width = 12},
		[PROPOSAL] = {"proposal", X("Kết quả, đề xuất", "Result, proposal"), TABLE_TEXT,
			.width = 26},
		[AUTHORITY] = {"authority", X("Vượt thẩm quyền của", "Beyond the authority of"),
			TABLE_TEXT, .width = 14},
		[ENTRY] = {"entry", X("Mục sổ đầu tiên", "First entry"), TABLE_COUNT, .width = 8},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

/* A row that the program proposes. */
struct trouble {
	enum outage_kind kind; /* OUTAGE_KINDS: airings that were missed */
	char name[NAME_BYTES];
	int64_t count, from_ms, last_ms, longest, frames, entry;
	bool standing;
};

struct difficulties {
	const struct report *r;
	struct trouble list[CAUSES_MAX];
	int count;
	bool more;
};

static struct trouble *cause_of(struct difficulties *d, enum outage_kind kind, const char *name)
{
	for (int i = 0; i < d->count; i++)
		if (d->list[i].kind == kind && strcmp(d->list[i].name, name) == 0)
			return &d->list[i];
	if (d->count == CAUSES_MAX) {
		d->more = true;
		return NULL;
	}
	struct trouble *c = &d->list[d->count++];
	c->kind = kind;
	snprintf(c->name, sizeof(c->name), "%.190s", name);
	return c;
}

/* Not in the order of their entries: what is not over is told last. */
static void happened(struct trouble *c, int64_t from_ms, int64_t last_ms, int64_t entry)
{
	if (c->count++ == 0 || from_ms < c->from_ms) {
		c->from_ms = from_ms;
		c->entry = entry;
	}
	c->last_ms = last_ms > c->last_ms ? last_ms : c->last_ms;
}

static bool each_outage(const struct outage *o, void *arg)
{
	struct difficulties *d = arg;
	struct trouble *c = cause_of(d, o->kind, o->name);

	if (c == NULL)
		return true;
	happened(c, o->from_ms, o->to_ms != 0 ? o->to_ms : o->from_ms, o->entry);
	int64_t frames = report_frames_in(d->r, o->from_ms, o->to_ms);
	c->frames += frames;
	c->longest = frames > c->longest ? frames : c->longest;
	c->standing = c->standing || o->to_ms == 0;
	return true;
}

/* What somebody wanted so is no difficulty. */
static bool is_difficulty(const struct report_filter *f, const struct diary_row *r)
{
	const char *cause = reason_cause(r->reason);

	return report_class_in(f, r) == REPORT_NOT_AIRED && r->from_frames == 0 &&
	       (cause == NULL || strcmp(cause, "person") != 0);
}

static bool each_airing(const struct diary_row *r, void *arg)
{
	struct difficulties *d = arg;

	if (!report_takes(&d->r->filter, r) || !is_difficulty(&d->r->filter, r))
		return true;
	struct trouble *c = cause_of(d, OUTAGE_KINDS, r->reason);
	if (c != NULL)
		happened(c, r->at_ms, r->at_ms, r->entry);
	return true;
}

static void say(const struct trouble *c, char out[static REASON_BYTES])
{
	const char *why = reason_text(c->name);

	switch (c->kind) {
	case OUTAGE_DEVICE:
		snprintf(out, REASON_BYTES, T("Mất thiết bị âm thanh %s", "Sound device %s lost"),
			 c->name);
		break;
	case OUTAGE_RELAY:
		snprintf(out, REASON_BYTES, T("Mất tín hiệu tiếp âm %s", "Relay %s lost"), c->name);
		break;
	case OUTAGE_OFF:
		snprintf(out, REASON_BYTES,
			 T("Đài không phát được: %s", "The station could not air: %s"), why);
		break;
	case OUTAGE_DISK:
		snprintf(out, REASON_BYTES, "%s", T("Đĩa gần đầy", "The disk was nearly full"));
		break;
	case OUTAGE_KINDS:
		snprintf(out, REASON_BYTES, T("Không phát được theo lịch: %s",
					      "Not aired as planned: %s"),
			 why[0] != '\0' ? why : T("không rõ vì sao", "nobody knows why"));
		break;
	}
}

static bool write_row(struct difficulties *d, int i, struct table_writer *w, struct err *e)
{
	const struct trouble *one = &d->list[i];
	struct table_cell c[COLUMNS] = {[NUMBER] = table_number(w->rows + 1)};
	bool lasts = one->kind == OUTAGE_DEVICE || one->kind == OUTAGE_RELAY ||
		     one->kind == OUTAGE_OFF;
	char what[REASON_BYTES];

	say(one, what);
	c[WHAT] = table_text(what);
	c[SOURCE] = table_text(T("do chương trình đề xuất", "proposed by the program"));
	c[SINCE] = report_day_cell(d->r, one->from_ms);
	c[LAST] = report_day_cell(d->r, one->standing ? 0 : one->last_ms);
	c[COUNT] = table_number(one->count);
	c[LONGEST] = (struct table_cell){.set = lasts, .number = one->longest};
	c[OUT] = (struct table_cell){.set = lasts, .number = one->frames};
	c[STATE] = table_text(one->standing ? T("chưa hết", "not over") : "");
	c[ENTRY] = table_number(one->entry);
	return table_row(w, c, e);
}

struct writing {
	const struct report *r;
	struct table_writer *w;
	struct err *e;
	bool ok;
};

/* What was solved before the period, or came up after it, is of another. */
static bool of_period(const struct report *r, const json_t *o, struct date *since,
		      struct date *solved)
{
	bool over = date_parse(json_get_text(o, "solved", ""), solved);

	return date_parse(json_get_text(o, "since", ""), since) &&
	       date_to_days(*since) <= date_to_days(r->period.last) &&
	       (!over || date_to_days(*solved) >= date_to_days(r->period.first));
}

static bool takes_row(const struct report *r, const json_t *o)
{
	const char *wanted = r->filter.programme;
	const json_t *list = json_object_get(o, "programmes"), *item;
	size_t i;

	if (wanted == NULL || (wanted[0] == '\0' && json_array_size(list) == 0))
		return true;
	json_array_foreach(list, i, item)
		if (json_is_string(item) && strcmp(json_string_value(item), wanted) == 0)
			return true;
	return false;
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct writing *g = arg;
	const json_t *o = row->fields;
	struct table_cell c[COLUMNS] = {[NUMBER] = table_number(g->w->rows + 1)};
	struct date since, solved;

	if (!takes_row(g->r, o) || !of_period(g->r, o, &since, &solved))
		return true;
	const char *result = json_get_text(o, "result", "");
	c[WHAT] = table_text(json_get_text(o, "what", ""));
	c[SOURCE] = table_text(row->who[0] != '\0' ? g->r->person(g->r->person_arg, row->who) : "");
	c[SINCE] = table_number(date_to_days(since));
	c[LAST] = (struct table_cell){.set = json_object_get(o, "solved") != NULL,
				      .number = date_to_days(solved)};
	c[STATE] = table_text(report_choice("difficulties", "state",
					    json_get_text(o, "state", "")));
	c[PROPOSAL] = table_text(result[0] != '\0' ? result : json_get_text(o, "proposal", ""));
	c[AUTHORITY] = table_text(json_get_text(o, "beyond", ""));
	c[ENTRY] = table_number(row->n);
	g->ok = table_row(g->w, c, g->e);
	return g->ok;
}

/* Airings that were missed before all else, then by how often. */
static int compare(const void *a, const void *b)
{
	const struct trouble *x = a, *y = b;

	if ((x->kind == OUTAGE_KINDS) != (y->kind == OUTAGE_KINDS))
		return x->kind == OUTAGE_KINDS ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->kind != y->kind ? (int)x->kind - (int)y->kind : strcmp(x->name, y->name);
}

static bool write_end(struct difficulties *d, struct table_writer *w, struct err *e)
{
	struct table_cell c[COLUMNS] = {[WHAT] = table_text(T("Cộng", "Total"))};

	c[NUMBER] = table_number(w->rows);
	return table_sum(w, c, e) &&
	       (d->count == 0 ||
		table_note(w, T("Những dòng do chương trình đề xuất là những gì sổ nhật ký ghi "
				"lại; có phải khó khăn cần báo cáo hay không là do người lập báo "
				"cáo quyết định.",
				"What the program proposes is what the log tells; whether it is "
				"a difficulty to report, whoever makes the report decides."),
			   e)) &&
	       (w->rows > 0 ||
		table_note(w, T("Trong kỳ không ai nêu khó khăn nào, và sổ không ghi sự cố.",
				"Nobody raised a difficulty in this period, and the log tells of "
				"no fault."), e)) &&
	       (!d->more || table_note(w, T("Có nhiều nguyên nhân hơn bảng này chứa được.",
					    "There are more causes than this table holds."), e)) &&
	       table_end(w, e);
}

static bool write_all(struct difficulties *d, struct table_writer *w, struct err *e)
{
	struct report_sheet sheet;

	name_columns(sheet.columns);
	if (!report_begin(&sheet, d->r, "E", COLUMNS, w, e))
		return false;
	struct writing g = {d->r, w, e, true};
	if (!registers_rows(d->r->view, "difficulties", each_row, &g, e) || !g.ok)
		return false;
	qsort(d->list, (size_t)d->count, sizeof(*d->list), compare);
	for (int i = 0; i < d->count; i++)
		if (!write_row(d, i, w, e))
			return false;
	return write_end(d, w, e);
}

bool report_difficulties(const struct report *r, struct table_writer *w, struct err *e)
{
	struct difficulties *d = calloc(1, sizeof(*d));
	struct wall from, to;

	must(d != NULL);
	d->r = r;
	period_span(&r->period, r->tz, &from, &to);
	bool ok = diary_rows(r->view, from, to, each_airing, d, e) &&
		  outages_rows(r->view, from, to, each_outage, d, e) && write_all(d, w, e);
	free(d);
	return ok;
}
