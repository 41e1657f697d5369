/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table D, "Kế hoạch – thực hiện": a row a target that touches the period, by deadline: what was
 * asked against what the log and the registers have.
 *
 * The past is told as it was at the end of the period: what came later changes no report of it.
 * What was done behind a deadline stands in a column of its own, and no share counts it. Places
 * stand in registers in words, so that what was done is not told apart by them; a note says so.
 * What is set for other places than the station's is no row. */
#include "base/must.h"
#include "base/text.h"
#include "report/covered.h"
#include "report/deeds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_YEAR 1971 /* as periods have them: no log is older */
#define LAST_YEAR 9999

enum column {
	NUMBER, CODE, WHAT, SOURCE, WHO, GRADE, PROGRAMME, KIND, UNIT, LOW, HIGH, PERIOD, DONE,
	PERCENT, FROM, DUE, AFTER, LEFT, LATE, STATE, COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[CODE] = {"code", X("Mã", "Code"), TABLE_TEXT, .width = 10},
		[WHAT] = {"what", X("Chỉ tiêu", "Target"), TABLE_TEXT, .width = 22},
		[SOURCE] = {"source", X("Văn bản", "Document"), TABLE_TEXT, .width = 12},
		[WHO] = {"who", X("Đơn vị thực hiện", "By"), TABLE_TEXT, .width = 12},
		[GRADE] = {"grade", X("Mức", "Grade"), TABLE_TEXT, .width = 9},
		[PROGRAMME] = {"programme", X("Mã chương trình", "Programme"), TABLE_TEXT,
			.width = 11},
		[KIND] = {"kind", X("Loại", "Kind"), TABLE_TEXT, .width = 9},
		[UNIT] = {"unit", X("Đơn vị tính", "Unit"), TABLE_TEXT, .width = 9},
		[LOW] = {"planned", X("Kế hoạch", "Planned"), TABLE_COUNT, .width = 13},
		[HIGH] = {"planned_to", X("đến", "up to"), TABLE_COUNT, .width = 13},
		[PERIOD] = {"period", X("Làm trong kỳ", "Done in the period"), TABLE_COUNT,
			.width = 13},
		[DONE] = {"done", X("Làm từ đầu, đến hạn", "Done from its beginning, in time"),
			TABLE_COUNT, .width = 13},
		[PERCENT] = {"plan_percent", X("% kế hoạch", "% of plan"), TABLE_PERCENT,
			.width = 8},
		[FROM] = {"from", X("Từ ngày", "From"), TABLE_DATE, .width = 10},
		[DUE] = {"due", X("Hạn", "Deadline"), TABLE_DATE, .width = 10},
		[AFTER] = {"after", X("Làm sau hạn", "Done after it"), TABLE_COUNT, .width = 11},
		[LEFT] = {"days_left", X("Còn (ngày)", "Days left"), TABLE_COUNT, .width = 6},
		[LATE] = {"days_late", X("Trễ (ngày)", "Days late"), TABLE_COUNT, .width = 6},
		[STATE] = {"state", X("Tình trạng", "State"), TABLE_TEXT, .width = 16},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

/* In the unit that is counted: minutes as frames. */
struct line {
	const struct report_target *t;
	int64_t period, done, after;
};

struct plan {
	const struct report *r;
	struct date asof; /* the end of the period, or today within it */
	struct line *list;
	int count;
	int elsewhere;			/* targets left out, for they are of other places */
	bool unknown, placed, places, visits; /* notes to be written */
	struct covered covered;
	bool aired;    /* the station under way, in the period */
	int64_t alone; /* stations that count as a place though no register names one of theirs */
	struct report_sheet sheet; /* until the table's end */
};

/* What was planned is of the whole station, whoever sent it and wherever it was heard. */
static bool serves(const struct plan *p, const struct report_target *t, const struct deed *d)
{
	struct report_filter f = p->r->filter;
	const struct diary_product codes = {.language = d->language, .kind = d->kind,
					    .fund = d->fund,
					    .programmes = d->programmes != NULL ? d->programmes
										: ""};

	f.programme = d->programmes != NULL && t->programme[0] != '\0' ? t->programme : NULL;
	f.kind = t->kind[0] != '\0' ? t->kind : NULL;
	f.producer = NULL;
	return t->measure == d->measure && report_takes_product(&f, &codes);
}

static void count(const struct deed *d, void *arg)
{
	struct plan *p = arg;

	if (date_compare(d->day, p->asof) > 0)
		return;
	p->aired = p->aired || (d->measure == REPORT_AIRINGS &&
				period_day(&p->r->period, d->day) >= 0);
	for (int i = 0; i < p->count; i++) {
		struct line *l = &p->list[i];

		if (date_compare(d->day, l->t->from) < 0 || !serves(p, l->t, d))
			continue;
		bool in_time = date_compare(d->day, l->t->to) <= 0;
		*(in_time ? &l->done : &l->after) += d->amount;
		if (in_time && period_day(&p->r->period, d->day) >= 0)
			l->period += d->amount;
	}
}

static bool in_question(const struct report *r, const struct report_target *t)
{
	const struct report_filter *f = &r->filter;

	return date_compare(t->from, r->period.last) <= 0 &&
	       date_compare(t->to, r->period.first) >= 0 &&
	       (f->programme == NULL || strcmp(f->programme, t->programme) == 0) &&
	       (f->kind == NULL || strcmp(f->kind, t->kind) == 0);
}

static bool concerns(const struct report *r, const struct report_target *t)
{
	return !t->placed || r->concerns == NULL ||
	       r->concerns(r->concerns_arg, t, r->period.first, r->period.last);
}

static bool asked(const struct report *r, const struct report_target *t)
{
	return in_question(r, t) && concerns(r, t);
}

struct date report_plan_first(const struct report *r)
{
	const struct date least = {FIRST_YEAR, 1, 1};
	struct date first = r->period.first;

	for (int i = 0; i < r->target_count; i++) {
		const struct report_target *t = &r->targets[i];
		if (t->measure <= REPORT_MINUTES && asked(r, t) &&
		    date_compare(t->from, first) < 0)
			first = date_compare(t->from, least) < 0 ? least : t->from;
	}
	return first;
}

static int by_deadline(const void *a, const void *b)
{
	const struct report_target *x = ((const struct line *)a)->t;
	const struct report_target *y = ((const struct line *)b)->t;
	int by = date_compare(x->to, y->to);

	by = by != 0 ? by : date_compare(x->from, y->from);
	return by != 0 ? by : (x > y) - (x < y); /* as the file has them */
}

static void choose(struct plan *p)
{
	const struct report *r = p->r;

	p->asof = report_day(r, r->made.ns / NS_PER_MS);
	if (date_compare(p->asof, r->period.last) > 0)
		p->asof = r->period.last;
	p->list = calloc((size_t)r->target_count + 1, sizeof(*p->list));
	must(p->list != NULL);
	for (int i = 0; i < r->target_count; i++) {
		if (asked(r, &r->targets[i]))
			p->list[p->count++].t = &r->targets[i];
		else
			p->elsewhere += in_question(r, &r->targets[i]);
	}
	qsort(p->list, (size_t)p->count, sizeof(*p->list), by_deadline);
}

/* One of several stations that aired is a place that is reached, though its own register may not
 * say so; its log's name stands for it. */
static void cover(struct plan *p, struct covered *of, const char *name)
{
	if (name != NULL && p->aired && of->count == 0) {
		covered_alone(of, name);
		p->alone++;
	}
	covered_join(&p->covered, of);
}

bool report_plan_add(struct plan *p, const struct report *of, const char *name, struct err *e)
{
	struct covered covered = {0};

	p->aired = false;
	bool ok = deeds_each(of, report_plan_first(p->r), count, p, e) &&
		  covered_read(&covered, of, p->asof, e);
	if (ok)
		cover(p, &covered, name);
	covered_finish(&covered);
	return ok;
}

/* From what was counted to the units of the targets. */
static void settle(struct plan *p)
{
	for (int i = 0; i < p->count; i++) {
		struct line *l = &p->list[i];
		int64_t unit = l->t->measure == REPORT_MINUTES ? INT64_C(60) * FRAMES_PER_S : 1;

		if (l->t->measure == REPORT_PLACES)
			l->done = covered_count(&p->covered, p->r, l->t, p->asof, &l->period);
		l->period /= unit;
		l->done /= unit;
		l->after /= unit;
	}
}

/* Coverage has no time: it is that of the day. */
static const char *state(const struct plan *p, const struct line *l, char text[static NAME_BYTES])
{
	const struct report_target *t = l->t;

	if (t->part)
		return T("không tách được", "not told apart");
	snprintf(text, NAME_BYTES, T("phủ %lld/%lld", "covers %lld/%lld"), (long long)l->done,
		 (long long)t->low);
	if (t->grade == REPORT_SCOPE)
		return text;
	if (t->grade == REPORT_TOLD)
		return l->done < t->low	   ? T("sổ có ít hơn số đã báo cáo",
					       "less in the log than was reported")
		       : l->done > t->high ? T("sổ có nhiều hơn số đã báo cáo",
					       "more in the log than was reported")
					   : T("sổ có đúng số đã báo cáo", "as was reported");
	if (l->done >= t->low)
		return T("đạt", "reached");
	if (date_compare(p->asof, t->to) > 0)
		return l->done + l->after >= t->low ? T("đủ số, nhưng sau hạn", "reached late")
						    : T("trễ hạn, chưa đạt", "late, not reached");
	if (date_compare(p->asof, t->from) < 0)
		return T("chưa đến ngày bắt đầu", "not begun: its days come later");
	return l->done > 0 ? T("đang làm", "under way") : T("chưa làm", "nothing done yet");
}

static void days(const struct plan *p, const struct line *l, struct table_cell c[static COLUMNS])
{
	const struct report_target *t = l->t;
	int64_t left = date_to_days(t->to) - date_to_days(p->asof);
	bool due = t->to.year < LAST_YEAR;

	c[FROM] = (struct table_cell){.set = t->from.year > 1, .number = date_to_days(t->from)};
	c[DUE] = (struct table_cell){.set = due, .number = date_to_days(t->to)};
	c[LEFT] = (struct table_cell){.set = due && left >= 0 && t->grade != REPORT_TOLD,
				      .number = left};
	c[LATE] = (struct table_cell){.set = due && left < 0 && t->grade == REPORT_ASKED &&
					     !t->part && l->done < t->low,
				      .number = -left};
}

static void figures(const struct line *l, struct table_cell c[static COLUMNS])
{
	const struct report_target *t = l->t;
	bool known = !t->part;

	c[LOW] = table_number(t->low);
	c[HIGH] = (struct table_cell){.set = t->high > t->low, .number = t->high};
	c[PERIOD] = (struct table_cell){.set = known, .number = l->period};
	c[DONE] = (struct table_cell){.set = known, .number = l->done};
	c[AFTER] = (struct table_cell){.set = known && t->to.year < LAST_YEAR &&
					      t->measure != REPORT_PLACES,
				       .number = l->after};
	c[PERCENT].set = known && t->low > 0;
	if (c[PERCENT].set)
		c[PERCENT].number = (int64_t)(1000.0 * (double)l->done / (double)t->low + 0.5);
}

/* The airings behind a figure, where all of the period's are among them. */
static bool opens(const struct plan *p, const struct report_target *t)
{
	return (t->measure == REPORT_AIRINGS || t->measure == REPORT_MINUTES) &&
	       date_compare(t->from, p->r->period.first) <= 0 &&
	       date_compare(t->to, p->r->period.last) >= 0;
}

static bool write_row(struct plan *p, const struct line *l, struct table_writer *w, struct err *e)
{
	const struct report_target *t = l->t;
	const struct report_filter *f = &p->r->filter;
	struct table_cell c[COLUMNS] = {[NUMBER] = table_number(w->rows + 1)};
	char text[NAME_BYTES];
	const struct table_open open = {.programme = t->programme[0] != '\0' ? t->programme : NULL,
					.kind = t->kind[0] != '\0' ? t->kind : NULL,
					.language = f->language, .fund = f->fund,
					.only = report_class_code(REPORT_AIRED)};

	figures(l, c);
	days(p, l, c);
	c[CODE] = table_text(t->code);
	c[WHAT] = table_text(t->what);
	c[SOURCE] = table_text(t->source);
	c[WHO] = table_text(t->who);
	c[GRADE] = table_text(t->called);
	c[PROGRAMME] = table_text(t->programme);
	c[KIND] = table_text(report_name(p->r, CODES_KINDS, t->kind, p->asof));
	c[UNIT] = table_text(t->unit);
	c[STATE] = table_text(state(p, l, text));
	c[PERIOD].open = opens(p, t) ? &open : NULL;
	p->unknown = p->unknown || t->part;
	p->placed = p->placed || (t->placed && t->measure != REPORT_PLACES);
	p->places = p->places || t->measure == REPORT_PLACES;
	p->visits = p->visits || t->measure == REPORT_VISITS;
	return table_row(w, c, e);
}

static bool note_alone(const struct plan *p, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES];

	snprintf(line, sizeof(line),
		 T("%lld đài có phát trong kỳ mà sổ đài của chính nó không ghi địa bàn nào thuộc "
		   "phạm vi: mỗi đài ấy tính là một nơi.",
		   "%lld stations aired in the period, and their own registers name no place in "
		   "scope: each of them counts as one."), (long long)p->alone);
	return table_note(w, line, e);
}

/* One that is written in two ways may be two: whoever reads the figure is told. */
static bool note_unknown(struct plan *p, struct table_writer *w, struct err *e)
{
	int64_t unknown = covered_unknown(&p->covered);
	char line[REASON_BYTES];

	if (!p->places || p->r->place_of == NULL || unknown == 0)
		return true;
	snprintf(line, sizeof(line),
		 T("Độ phủ: %lld nơi trong sổ đài không có trong danh mục địa bàn ngày ấy "
		   "(seeds/dia-ban.yaml), hoặc danh mục có nhiều nơi tên như vậy: mỗi tên tính là "
		   "một nơi, thuộc phạm vi như sổ ghi.",
		   "Coverage: of %lld places in the register of stations the catalogue of that day "
		   "(seeds/dia-ban.yaml) has none, or several of that name: each name counts as a "
		   "place, in scope as the register says."), (long long)unknown);
	return table_note(w, line, e);
}

/* Nothing is left out in silence. */
static bool note_elsewhere(const struct plan *p, struct table_writer *w, struct err *e)
{
	const char *where = p->r->where;
	char line[REASON_BYTES];

	if (p->elsewhere == 0)
		return true;
	if (where == NULL || where[0] == '\0')
		snprintf(line, sizeof(line),
			 T("Không kể %d chỉ tiêu đặt cho những địa bàn nhất định: station.yaml "
			   "chưa ghi đài ở đâu (place: mã của seeds/dia-ban.yaml).",
			   "%d targets that are set for certain places are left out: station.yaml "
			   "does not say where the station is (place: a code of "
			   "seeds/dia-ban.yaml)."), p->elsewhere);
	else
		snprintf(line, sizeof(line),
			 T("Không kể %d chỉ tiêu của nơi khác, hoặc của nơi không còn trong kỳ; "
			   "đài này ở: %s.",
			   "%d targets of other places, or of places that were gone in this "
			   "period, are left out; this station is in: %s."), p->elsewhere, where);
	return table_note(w, line, e);
}

/* What a plan asks for it asks of the whole station. */
static bool note_narrowed(const struct plan *p, struct table_writer *w, struct err *e)
{
	const struct report_filter *f = &p->r->filter;

	return (f->place == NULL && f->producer == NULL) ||
	       table_note(w, T("Bảng này không lọc theo cụm loa, địa bàn hay người gửi: chỉ tiêu "
			       "đặt cho cả đài, và sổ sản phẩm, điểm hỗ trợ, tập huấn không ghi "
			       "những điều ấy. Lượt phát của một cụm loa hay một người gửi: bảng "
			       "A, B.",
			       "This table is not narrowed by zone, place or sender: a target is "
			       "of the whole station, and registers of products, points and "
			       "trainings do not tell these. For airings of one zone or sender see "
			       "tables A and B."), e);
}

static bool write_notes(struct plan *p, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES], day[11];

	if (!note_narrowed(p, w, e) || !note_elsewhere(p, w, e))
		return false;
	if (p->count == 0)
		return table_note(w, T("Trong kỳ không có chỉ tiêu nào như vậy: xem "
				       "seeds/chi-tieu.yaml.",
				       "There is no such target in this period: see "
				       "seeds/chi-tieu.yaml."), e);
	date_tell(p->asof, day);
	snprintf(line, sizeof(line),
		 T("Thực hiện tính đến hết ngày %s, theo sổ nhật ký và các sổ của %s; bản tin tính "
		   "khi được duyệt, sản phẩm dùng lại không tính.",
		   "What is done is that of %s, by the log and the registers of %s; a bulletin "
		   "counts when approved, what is used again does not."), day,
		 p->r->across == NULL ? T("đài này", "this station")
				      : T("các đài đã gộp", "the stations that are here"));
	if (!table_note(w, line, e) || (p->alone > 0 && !note_alone(p, w, e)) ||
	    !note_unknown(p, w, e))
		return false;
	return (!p->placed ||
		table_note(w, T("Các sổ ghi địa bàn bằng chữ: việc làm ngoài địa bàn của chỉ tiêu "
				"cũng được tính.",
				"Registers have places in words: what was done outside a target's "
				"places is counted too."), e)) &&
	       (!p->visits ||
		table_note(w, T("Sổ kiểm tra không ghi chương trình: lần kiểm tra nào cũng được "
				"tính.",
				"The register of inspections has no programmes: each is counted."),
			   e)) &&
	       (!p->unknown ||
		table_note(w, T("Ô trống ở cột thực hiện: số đó là một phần của chỉ tiêu khác, và "
				"sổ không tách được phần riêng của nó.",
				"Where what was done is empty, the number is a part of another, "
				"and the registers cannot tell its share."), e));
}

static bool write_all(struct plan *p, struct table_writer *w, struct err *e)
{
	struct table_cell sum[COLUMNS] = {[NUMBER] = {0}};

	name_columns(p->sheet.columns);
	if (!report_begin(&p->sheet, p->r, "D", COLUMNS, w, e))
		return false;
	for (int i = 0; i < p->count; i++)
		if (!write_row(p, &p->list[i], w, e))
			return false;
	return table_sum(w, sum, e) && write_notes(p, w, e);
}

struct plan *report_plan_begin(const struct report *r)
{
	struct plan *p = calloc(1, sizeof(*p));

	must(p != NULL);
	p->r = r;
	choose(p);
	return p;
}

bool report_plan_write(struct plan *p, struct table_writer *w, struct err *e)
{
	settle(p);
	return write_all(p, w, e);
}

void report_plan_end(struct plan *p)
{
	covered_finish(&p->covered);
	free(p->list);
	free(p);
}

bool report_plan(const struct report *r, struct table_writer *w, struct err *e)
{
	struct plan *p = report_plan_begin(r);
	bool ok = report_plan_add(p, r, NULL, e) && report_plan_write(p, w, e) && table_end(w, e);

	report_plan_end(p);
	return ok;
}
