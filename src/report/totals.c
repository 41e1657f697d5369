/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table B, "Tổng hợp": programme × language × kind.
 *
 * A bulletin may serve several programmes and stands then in a row of each; what it aired is
 * counted as "shared" there, apart from what aired for that programme alone, and the last row
 * counts each airing once. Road not taken: dividing an airing's minutes among its programmes,
 * which would give each of them figures that no log entry has. */
#include "base/must.h"
#include "base/numbers.h"
#include "base/text.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column {
	PROGRAMME, NAME, LANGUAGE, KIND, NEW, AIRED, WHOLE, NOT_AIRED, UNCLEAR, OWN, SHARED,
	SESSIONS, DAYS, ZONES, PERCENT, COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[PROGRAMME] = {"programme", X("Mã chương trình", "Programme"),
			TABLE_TEXT, .width = 11},
		[NAME] = {"name", X("Tên chương trình", "Name"), TABLE_TEXT, .width = 34},
		[LANGUAGE] = {"language", X("Tiếng", "Language"), TABLE_TEXT, .width = 11},
		[KIND] = {"kind", X("Loại", "Kind"), TABLE_TEXT, .width = 14},
		[NEW] = {"new", X("Bản tin mới", "New bulletins"), TABLE_COUNT, .width = 8},
		[AIRED] = {"aired", X("Lượt phát", "Airings"), TABLE_COUNT, .width = 8},
		[WHOLE] = {"whole", X("Trong đó đủ", "Of them whole"), TABLE_COUNT, .width = 8},
		[NOT_AIRED] = {"not_aired", X("Không phát", "Not aired"), TABLE_COUNT, .width = 8},
		[UNCLEAR] = {"unclear", X("Chưa rõ", "Not clear"), TABLE_COUNT, .width = 8},
		[OWN] = {"own_s", X("Thời lượng riêng", "Time of its own"),
			TABLE_FRAMES, .width = 10, .adds = true},
		[SHARED] = {"shared_s", X("Thời lượng dùng chung", "Time shared"),
			TABLE_FRAMES, .width = 10},
		[SESSIONS] = {"sessions", X("Buổi phát", "Sessions"), TABLE_COUNT, .width = 8},
		[DAYS] = {"days", X("Số ngày có phát", "Days with airings"),
			TABLE_COUNT, .width = 8},
		[ZONES] = {"zones", X("Số cụm loa", "Zones"), TABLE_COUNT, .width = 8},
		[PERCENT] = {"plan_percent", X("% kế hoạch", "% of plan"),
			TABLE_PERCENT, .width = 9},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

/* One row. */
struct total {
	char programme[CODE_BYTES], language[CODE_BYTES], kind[CODE_BYTES];
	int64_t made;			  /* new bulletins */
	int64_t count[REPORT_CLASSES], whole;
	int64_t own_frames, shared_frames;
	int64_t planned, kept;		  /* by the timetable, and of these aired */
	int64_t outside;		  /* airings on days on which its code does not hold */
	int64_t first_ms, last_ms;	  /* of the airings that it counts */
	struct numbers sessions, days, zones;
};

struct totals {
	const struct report *r;
	struct total all, *list;
	int count;
	bool full; /* more than REPORT_GROUPS_MAX */
	int64_t corrected;
};

static struct total *row_of(struct totals *t, const char *programme, size_t len,
			    const char *language, const char *kind)
{
	struct total *one;

	for (int i = 0; i < t->count; i++) {
		one = &t->list[i];
		if (strncmp(one->programme, programme, len) == 0 && one->programme[len] == '\0' &&
		    strcmp(one->language, language) == 0 && strcmp(one->kind, kind) == 0)
			return one;
	}
	if (t->count == REPORT_GROUPS_MAX || len >= CODE_BYTES) {
		t->full = true;
		return NULL;
	}
	one = &t->list[t->count++];
	*one = (struct total){0};
	snprintf(one->programme, sizeof(one->programme), "%.*s", (int)len, programme);
	snprintf(one->language, sizeof(one->language), "%.31s", language);
	snprintf(one->kind, sizeof(one->kind), "%.31s", kind);
	return one;
}

static void count_zones(struct total *t, const struct diary_row *d)
{
	char zone[NAME_BYTES];

	for (const char *at = d->zones; at[0] != '\0';) {
		size_t len = strcspn(at, ",");

		snprintf(zone, sizeof(zone), "%.*s", (int)len, at);
		if (diary_zone_heard(d, zone))
			numbers_add(&t->zones, numbers_hash(zone, 0));
		at += len + (at[len] == ',');
	}
}

/* The rest of an airing that was broken off has its minutes and is no airing more. */
static void count(struct total *t, const struct report *r, const struct diary_row *d, bool shared)
{
	enum report_class class = report_class(d);
	bool rest = d->from_frames > 0;

	t->count[class] += !rest;
	t->planned += !rest && d->slot[0] != '\0';
	if (class != REPORT_AIRED)
		return;
	t->kept += !rest && d->slot[0] != '\0';
	t->whole += !rest && d->sum == ROW_AIRED;
	*(shared ? &t->shared_frames : &t->own_frames) += d->frames;
	numbers_add(&t->sessions, numbers_hash(d->slot, d->occurrence_ms));
	numbers_add(&t->days, date_to_days(report_day(r, d->at_ms)));
	count_zones(t, d);
}

static void date_row(struct totals *t, struct total *one, const struct diary_row *d)
{
	const struct codes *list = &t->r->lists[CODES_PROGRAMMES];
	struct date day = report_day(t->r, d->at_ms);

	if (one->first_ms == 0)
		one->first_ms = d->at_ms;
	one->last_ms = d->at_ms;
	one->outside += codes_at(list, one->programme, day) == NULL &&
			codes_named(list, one->programme, day) != NULL;
}

/* Calls for each programme of the list, or once with "" for none. */
static void each_programme(const char *codes, const char *only,
			   void (*call)(void *arg, const char *code, size_t len), void *arg)
{
	do {
		size_t len = strcspn(codes, ",");

		if (only == NULL || (strlen(only) == len && memcmp(only, codes, len) == 0))
			call(arg, codes, len);
		codes += len + (codes[len] == ',');
	} while (codes[0] != '\0');
}

struct airing_call {
	struct totals *t;
	const struct diary_row *d;
	bool shared;
};

static void count_for(void *arg, const char *code, size_t len)
{
	struct airing_call *c = arg;
	struct total *one = row_of(c->t, code, len, c->d->language, report_kind(c->d));

	if (one == NULL)
		return;
	date_row(c->t, one, c->d);
	count(one, c->t->r, c->d, c->shared);
}

static bool each_airing(const struct diary_row *d, void *arg)
{
	struct totals *t = arg;

	if (!report_takes(&t->r->filter, d))
		return true;
	struct airing_call c = {t, d, strchr(d->programmes, ',') != NULL};
	each_programme(d->programmes, t->r->filter.programme, count_for, &c);
	count(&t->all, t->r, d, c.shared);
	t->corrected += d->corrected;
	return !t->full;
}

struct product_call {
	struct totals *t;
	const struct diary_product *p;
};

static void made_for(void *arg, const char *code, size_t len)
{
	struct product_call *c = arg;
	struct total *one = row_of(c->t, code, len, c->p->language, c->p->kind);

	if (one != NULL)
		one->made++;
}

static bool each_product(const struct diary_product *p, void *arg)
{
	struct totals *t = arg;
	const struct report_filter *f = &t->r->filter;

	if (p->again || !report_takes_product(f, p))
		return true;
	each_programme(p->programmes, f->programme, made_for, &(struct product_call){t, p});
	t->all.made++;
	return !t->full;
}

static int compare(const void *a, const void *b)
{
	const struct total *x = a, *y = b;
	int by = strcmp(x->programme, y->programme);

	/* What serves no programme comes last. */
	if ((x->programme[0] == '\0') != (y->programme[0] == '\0'))
		return x->programme[0] == '\0' ? 1 : -1;
	if (by == 0)
		by = strcmp(x->language, y->language);
	return by != 0 ? by : strcmp(x->kind, y->kind);
}

static void figures(struct total *t, struct table_cell c[static COLUMNS])
{
	c[NEW] = table_number(t->made);
	c[AIRED] = table_number(t->count[REPORT_AIRED]);
	c[WHOLE] = table_number(t->whole);
	c[NOT_AIRED] = table_number(t->count[REPORT_NOT_AIRED]);
	c[UNCLEAR] = table_number(t->count[REPORT_UNCLEAR]);
	c[OWN] = table_number(t->own_frames);
	c[SHARED] = table_number(t->shared_frames);
	c[SESSIONS] = table_number((int64_t)numbers_count(&t->sessions));
	c[DAYS] = table_number((int64_t)numbers_count(&t->days));
	c[ZONES] = table_number((int64_t)numbers_count(&t->zones));
	c[PERCENT].set = t->planned > 0;
	c[PERCENT].number = t->planned > 0 ? (1000 * t->kept + t->planned / 2) / t->planned : 0;
}

/* The words that lead from a figure to its airings; lives while its row is written. */
struct opening {
	struct table_open of[REPORT_CLASSES];
};

static void open_figures(struct opening *o, struct table_open base,
			 struct table_cell c[static COLUMNS])
{
	static const enum column columns[REPORT_CLASSES] = {AIRED, NOT_AIRED, UNCLEAR};

	for (int i = 0; i < REPORT_CLASSES; i++) {
		o->of[i] = base;
		o->of[i].only = report_class_code((enum report_class)i);
		c[columns[i]].open = &o->of[i];
	}
	c[OWN].open = c[SHARED].open = c[SESSIONS].open = c[DAYS].open = c[ZONES].open =
		&o->of[REPORT_AIRED];
}

static bool write_row(struct totals *t, struct total *one, struct table_writer *w, struct err *e)
{
	const struct report *r = t->r;
	struct date day = one->last_ms != 0 ? report_day(r, one->last_ms) : r->period.last;
	struct table_cell c[COLUMNS] = {[PROGRAMME] = table_text(one->programme)};
	struct opening opening;

	c[NAME] = table_text(one->programme[0] != '\0'
				     ? report_name(r, CODES_PROGRAMMES, one->programme, day)
				     : T("(không ghi chương trình)", "(no programme)"));
	c[LANGUAGE] = table_text(report_name(r, CODES_LANGUAGES, one->language, day));
	c[KIND] = table_text(report_name(r, CODES_KINDS, one->kind, day));
	figures(one, c);
	open_figures(&opening, (struct table_open){.programme = one->programme,
						   .language = one->language, .kind = one->kind,
						   .fund = r->filter.fund}, c);
	return table_row(w, c, e);
}

static bool write_sum(struct totals *t, struct table_writer *w, struct err *e)
{
	const struct report_filter *f = &t->r->filter;
	const char *name = T("Cộng, mỗi lượt phát tính một lần", "Total, each airing once");
	struct table_cell c[COLUMNS] = {[NAME] = table_text(name)};
	struct opening opening;

	figures(&t->all, c);
	open_figures(&opening, (struct table_open){.programme = f->programme,
						   .language = f->language, .kind = f->kind,
						   .fund = f->fund}, c);
	return table_sum(w, c, e);
}

static bool note_codes(const struct totals *t, const struct total *one, struct table_writer *w,
		       struct err *e)
{
	const struct codes *list = &t->r->lists[CODES_PROGRAMMES];
	char line[2 * TITLE_BYTES], day[11];

	if (one->first_ms == 0 || one->programme[0] == '\0')
		return true;
	struct date first = report_day(t->r, one->first_ms);
	const struct code *then = codes_named(list, one->programme, first);
	const struct code *now = codes_named(list, one->programme,
					     report_day(t->r, one->last_ms));
	if (then == NULL) {
		snprintf(line, sizeof(line), T("%s: mã này không có trong danh mục chương trình.",
					       "%s: this code is not in the list of programmes."),
			 one->programme);
		return list->count == 0 || table_note(w, line, e);
	}
	date_tell(then->to, day);
	if (then != now)
		snprintf(line, sizeof(line), T("%s: đến hết ngày %s có tên \"%s\".",
					       "%s: until %s its name was \"%s\"."),
			 one->programme, day, then->name);
	if (then != now && !table_note(w, line, e))
		return false;
	snprintf(line, sizeof(line),
		 T("%s: %lld lần phát vào những ngày mã này không có hiệu lực.",
		   "%s: %lld airings on days on which this code does not hold."),
		 one->programme, (long long)one->outside);
	return one->outside == 0 || table_note(w, line, e);
}

static bool write_notes(struct totals *t, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES];

	snprintf(line, sizeof(line),
		 T("%lld lần phát có giờ đã sửa theo đồng hồ đúng.",
		   "The times of %lld airings are corrected."), (long long)t->corrected);
	if (t->all.shared_frames > 0 &&
	    !table_note(w, T("Thời lượng dùng chung là của những bản tin phục vụ nhiều chương "
			     "trình: nó đứng ở mỗi chương trình ấy, và dòng cộng chỉ tính một lần.",
			     "Shared is the time of bulletins that serve several programmes: it "
			     "stands with each of these, and once in the total."), e))
		return false;
	if (t->corrected > 0 && !table_note(w, line, e))
		return false;
	for (int i = 0; i < t->count; i++)
		if (!note_codes(t, &t->list[i], w, e))
			return false;
	return t->count > 0 ||
	       table_note(w, T("Trong kỳ không có lần phát nào như vậy.",
			       "There is no such airing in this period."), e);
}

static bool write_all(struct totals *t, struct table_writer *w, struct err *e)
{
	struct report_sheet sheet;

	name_columns(sheet.columns);
	if (!report_begin(&sheet, t->r, "B", COLUMNS, w, e))
		return false;
	qsort(t->list, (size_t)t->count, sizeof(*t->list), compare);
	for (int i = 0; i < t->count; i++)
		if (!write_row(t, &t->list[i], w, e))
			return false;
	return write_sum(t, w, e) && write_notes(t, w, e) && table_end(w, e);
}

static void finish_total(struct total *t)
{
	numbers_finish(&t->sessions);
	numbers_finish(&t->days);
	numbers_finish(&t->zones);
}

static bool too_many(struct err *e)
{
	return err_set(e, ERR_FAILED,
		       T("hơn %d nhóm chương trình, tiếng và loại; chọn kỳ ngắn hơn hoặc một "
			 "chương trình",
			 "more than %d groups of programme, language and kind; choose a shorter "
			 "period or one programme"), REPORT_GROUPS_MAX);
}

bool report_totals(const struct report *r, struct table_writer *w, struct err *e)
{
	struct totals t = {.r = r, .list = calloc(REPORT_GROUPS_MAX, sizeof(*t.list))};
	struct wall from, to;

	must(t.list != NULL);
	period_span(&r->period, r->tz, &from, &to);
	bool ok = diary_rows(r->view, from, to, each_airing, &t, e) &&
		  (t.full || diary_products(r->view, from, to, each_product, &t, e)) &&
		  (!t.full || too_many(e)) && write_all(&t, w, e);
	for (int i = 0; i < t.count; i++)
		finish_total(&t.list[i]);
	finish_total(&t.all);
	free(t.list);
	return ok;
}
