/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table B, "Tổng hợp": programme × language × kind, or a row for each programme, language, place,
 * producer or fund (report/by.h).
 *
 * A bulletin may serve several programmes and stands then in a row of each; what it aired is
 * counted as "shared" there, apart from what aired for that programme alone, and the last row
 * counts each airing once. So it is with places, and what was heard in several of them. Road not
 * taken: dividing an airing's minutes among its programmes, which would give each of them figures
 * that no log entry has. */
#include "base/gather.h"
#include "base/must.h"
#include "base/numbers.h"
#include "base/text.h"
#include "report/by.h"
#include "report/doubles.h"
#include "report/several.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Behind what the row is of. */
enum column {
	NEW, AIRED, WHOLE, NOT_AIRED, UNCLEAR, OWN, SHARED, SESSIONS, DAYS, ZONES, DUE, KEPT,
	PERCENT, FIGURES
};

#define CELLS (BY_COLUMNS_MAX + FIGURES)

#define X(vi, en) (english ? (en) : (vi))
static void name_figures(struct table_column c[static FIGURES])
{
	bool english = text_english();
	const struct table_column all[FIGURES] = {
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
		[DUE] = {"due", X("Lượt theo lịch", "Planned"), TABLE_COUNT, .width = 0},
		[KEPT] = {"kept", X("Lượt theo lịch đã phát", "Planned that aired"), TABLE_COUNT,
			.width = 0},
		[PERCENT] = {"plan_percent", X("% kế hoạch", "% of plan"),
			TABLE_PERCENT, .width = 9},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

/* One row. */
struct total {
	char keys[BY_KEYS][NAME_BYTES];
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
	int lead;  /* columns in front of the figures */
	int label; /* the one in which the sum says what it is */
	int64_t corrected;
	struct doubles doubles; /* the decisions alone; of the station under way */
	const char **names; /* of stations, where there are several; borrowed */
	int stations, room;
	int from; /* the first row that may be of the station under way */
	struct report_sheet sheet; /* until the table's end */
};

/* Zones and accounts of the same name are others at each station. */
static bool stationed(const struct totals *t)
{
	return t->names != NULL &&
	       (t->r->by == REPORT_BY_PLACE || t->r->by == REPORT_BY_PRODUCER);
}

static int station_of(const struct report *r)
{
	return r->across != NULL ? r->across->station : 0;
}

static bool is_row(const struct total *one, const char *key, size_t len, const char *const more[2])
{
	return strncmp(one->keys[0], key, len) == 0 && one->keys[0][len] == '\0' &&
	       strcmp(one->keys[1], more[0]) == 0 && strcmp(one->keys[2], more[1]) == 0;
}

/* more: what it is of besides, in a table of all. */
static struct total *row_of(struct totals *t, const char *key, size_t len,
			    const char *const more[2])
{
	struct total *one;

	for (int i = t->from; i < t->count && len < NAME_BYTES; i++)
		if (is_row(&t->list[i], key, len, more))
			return &t->list[i];
	if (t->count == REPORT_GROUPS_MAX || len >= NAME_BYTES) {
		t->full = true;
		return NULL;
	}
	one = &t->list[t->count++];
	*one = (struct total){0};
	snprintf(one->keys[0], NAME_BYTES, "%.*s", (int)len, key);
	snprintf(one->keys[1], NAME_BYTES, "%.31s", more[0]);
	snprintf(one->keys[2], NAME_BYTES, "%.31s", more[1]);
	return one;
}

struct zone_call {
	struct total *to;
	const struct diary_row *d;
	int station;
};

static void count_zone(void *arg, const char *name, size_t len)
{
	struct zone_call *c = arg;
	char zone[NAME_BYTES];

	snprintf(zone, sizeof(zone), "%.*s", (int)len, name);
	if (diary_zone_heard(c->d, zone))
		numbers_add(&c->to->zones, numbers_hash(zone, c->station));
}

/* The rest of an airing that was broken off has its minutes and is no airing more. */
static void count(struct total *t, const struct report *r, const struct report_filter *f,
		  const struct diary_row *d, bool shared)
{
	enum report_class class = report_class_in(f, d);
	bool rest = d->from_frames > 0;
	int64_t station = station_of(r);

	t->count[class] += !rest;
	t->planned += !rest && d->slot[0] != '\0';
	if (class != REPORT_AIRED)
		return;
	t->kept += !rest && d->slot[0] != '\0';
	t->whole += !rest && d->sum == ROW_AIRED;
	*(shared ? &t->shared_frames : &t->own_frames) += d->frames;
	numbers_add(&t->sessions, numbers_hash(d->slot, d->occurrence_ms ^ station << 48));
	numbers_add(&t->days, date_to_days(report_day(r, d->at_ms)));
	by_each(REPORT_BY_PLACE, d->zones, f->place, count_zone,
		&(struct zone_call){t, d, (int)station});
}

/* What a row is of besides: in a table of all its language and kind, of a station's own its
 * number. */
static struct total *find_row(struct totals *t, const char *key, size_t len, const char *language,
			      const char *kind)
{
	bool all = t->r->by == REPORT_BY_ALL;
	char station[16] = "";

	if (stationed(t))
		snprintf(station, sizeof(station), "%03d", t->stations - 1);
	return row_of(t, key, len,
		      (const char *const[2]){all ? language : station, all ? kind : ""});
}

static void date_row(struct totals *t, struct total *one, const struct diary_row *d)
{
	const struct codes *list = &t->r->lists[CODES_PROGRAMMES];
	const char *code = one->keys[0];
	struct date day = report_day(t->r, d->at_ms);

	if (one->first_ms == 0)
		one->first_ms = d->at_ms;
	one->last_ms = d->at_ms;
	one->outside += codes_at(list, code, day) == NULL && codes_named(list, code, day) != NULL;
}

struct airing_call {
	struct totals *t;
	const struct diary_row *d;
	bool shared;
};

static void count_for(void *arg, const char *code, size_t len)
{
	struct airing_call *c = arg;
	const struct report *r = c->t->r;
	struct total *one = find_row(c->t, code, len, c->d->language, report_kind(c->d));
	struct report_filter f = r->filter;

	if (one == NULL)
		return;
	f.place = r->by == REPORT_BY_PLACE ? one->keys[0] : f.place;
	date_row(c->t, one, c->d);
	count(one, r, &f, c->d, c->shared);
}

static bool each_airing(const struct diary_row *d, void *arg)
{
	struct totals *t = arg;
	const struct report *r = t->r;

	if (!report_takes(&r->filter, d))
		return true;
	struct airing_call c = {t, d, by_shared(r->by, d)};
	by_each(r->by, by_airing(r->by, d), by_wanted(r->by, &r->filter), count_for, &c);
	count(&t->all, r, &r->filter, d, c.shared);
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
	struct total *one = find_row(c->t, code, len, c->p->language, c->p->kind);

	if (one != NULL)
		one->made++;
}

static bool each_product(const struct diary_product *p, void *arg)
{
	struct totals *t = arg;
	const struct report *r = t->r;
	const char *codes = by_product(r->by, p);

	if (p->again || !report_takes_product(&r->filter, p) ||
	    doubles_struck(&t->doubles, p->id, "") != NULL ||
	    several_counted(r->across, p->id))
		return true;
	if (codes != NULL)
		by_each(r->by, codes, by_wanted(r->by, &r->filter), made_for,
			&(struct product_call){t, p});
	t->all.made++;
	return !t->full;
}

/* What has no such code comes last. */
static int compare(const void *a, const void *b)
{
	const struct total *x = a, *y = b;
	int by = 0;

	if ((x->keys[0][0] == '\0') != (y->keys[0][0] == '\0'))
		return x->keys[0][0] == '\0' ? 1 : -1;
	for (int i = 0; i < BY_KEYS && by == 0; i++)
		by = strcmp(x->keys[i], y->keys[i]);
	return by;
}

/* One station's rows after the other's. */
static int compare_stationed(const void *a, const void *b)
{
	int by = strcmp(((const struct total *)a)->keys[1], ((const struct total *)b)->keys[1]);

	return by != 0 ? by : compare(a, b);
}

static void figures(struct total *t, struct table_cell c[static FIGURES])
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
	c[DUE] = table_number(t->planned);
	c[KEPT] = table_number(t->kept);
	c[PERCENT].set = t->planned > 0;
	c[PERCENT].number = t->planned > 0 ? (1000 * t->kept + t->planned / 2) / t->planned : 0;
}

/* The words that lead from a figure to its airings; lives while its row is written. */
struct opening {
	struct table_open of[REPORT_CLASSES];
};

static void open_figures(struct opening *o, struct table_open base,
			 struct table_cell c[static FIGURES])
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
	const char *const keys[BY_KEYS] = {one->keys[0], one->keys[1], one->keys[2]};
	struct date day = one->last_ms != 0 ? report_day(r, one->last_ms) : r->period.last;
	struct table_cell c[CELLS] = {{0}}, *of = c + t->lead;
	struct opening opening;

	by_fill(r, keys, day, c + stationed(t));
	if (stationed(t))
		c[0] = table_text(t->names[strtoll(one->keys[1], NULL, 10)]);
	figures(one, of);
	of[NEW].set = r->by != REPORT_BY_PLACE;
	if (t->names == NULL)
		open_figures(&opening, by_open(r, keys), of);
	return table_row(w, c, e);
}

/* What the sums of stations do not tell: a day on which two of them aired is one. */
static void tell_across(struct totals *t, struct report_across *across)
{
	across->planned += t->all.planned;
	across->kept += t->all.kept;
	numbers_settle(&t->all.days);
	for (size_t i = 0; i < t->all.days.count; i++)
		numbers_add(&across->days, t->all.days.list[i]);
}

static bool write_sum(struct totals *t, struct table_writer *w, struct err *e)
{
	struct table_cell c[CELLS] = {{0}}, *of = c + t->lead;
	struct opening opening;

	c[t->label] = table_text(T("Cộng, mỗi lượt phát tính một lần", "Total, each airing once"));
	figures(&t->all, of);
	if (t->r->across != NULL && t->names == NULL)
		tell_across(t, t->r->across);
	if (t->names == NULL)
		open_figures(&opening, by_open(t->r, NULL), of);
	return table_sum(w, c, e);
}

static bool note_codes(const struct totals *t, const struct total *one, struct table_writer *w,
		       struct err *e)
{
	const struct codes *list = &t->r->lists[CODES_PROGRAMMES];
	char line[2 * TITLE_BYTES], day[11];

	if (one->first_ms == 0 || one->keys[0][0] == '\0')
		return true;
	struct date first = report_day(t->r, one->first_ms);
	const struct code *then = codes_named(list, one->keys[0], first);
	const struct code *now = codes_named(list, one->keys[0],
					     report_day(t->r, one->last_ms));
	if (then == NULL) {
		snprintf(line, sizeof(line), T("%s: mã này không có trong danh mục chương trình.",
					       "%s: this code is not in the list of programmes."),
			 one->keys[0]);
		return list->count == 0 || table_note(w, line, e);
	}
	date_tell(then->to, day);
	if (then != now)
		snprintf(line, sizeof(line), T("%s: đến hết ngày %s có tên \"%s\".",
					       "%s: until %s its name was \"%s\"."),
			 one->keys[0], day, then->name);
	if (then != now && !table_note(w, line, e))
		return false;
	snprintf(line, sizeof(line),
		 T("%s: %lld lần phát vào những ngày mã này không có hiệu lực.",
		   "%s: %lld airings on days on which this code does not hold."),
		 one->keys[0], (long long)one->outside);
	return one->outside == 0 || table_note(w, line, e);
}

static bool write_notes(struct totals *t, struct table_writer *w, struct err *e)
{
	const char *rounded = by_rounded_words(t->all.own_frames, t->all.shared_frames);
	char line[REASON_BYTES];

	if (rounded != NULL && !table_note(w, rounded, e))
		return false;
	snprintf(line, sizeof(line),
		 T("%lld lần phát có giờ đã sửa theo đồng hồ đúng.",
		   "The times of %lld airings are corrected."), (long long)t->corrected);
	if (t->all.shared_frames > 0 && !table_note(w, by_shared_words(t->r->by), e))
		return false;
	if (t->corrected > 0 && !table_note(w, line, e))
		return false;
	for (int i = 0; i < t->count && t->r->by <= REPORT_BY_PROGRAMME; i++)
		if (!note_codes(t, &t->list[i], w, e))
			return false;
	return t->count > 0 ||
	       table_note(w, T("Trong kỳ không có lần phát nào như vậy.",
			       "There is no such airing in this period."), e);
}

static void head(struct totals *t)
{
	struct table_column *c = t->sheet.columns;

	if (stationed(t))
		c[0] = (struct table_column){"station", T("Đài", "Station"), TABLE_TEXT,
					     .width = 14};
	t->lead = stationed(t) + by_columns(t->r->by, c + stationed(t), &t->label);
	name_figures(c + t->lead);
}

bool report_totals_write(struct totals *t, struct table_writer *w, struct err *e)
{
	head(t);
	if (!report_begin(&t->sheet, t->r, "B", t->lead + FIGURES, w, e))
		return false;
	qsort(t->list, (size_t)t->count, sizeof(*t->list),
	      stationed(t) ? compare_stationed : compare);
	for (int i = 0; i < t->count; i++)
		if (!write_row(t, &t->list[i], w, e))
			return false;
	return write_sum(t, w, e) && write_notes(t, w, e);
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
		       T("hơn %d dòng tổng hợp; chọn kỳ ngắn hơn hoặc một chương trình",
			 "more than %d rows; choose a shorter period or one programme"),
		       REPORT_GROUPS_MAX);
}

struct totals *report_totals_begin(const struct report *r)
{
	struct totals *t = calloc(1, sizeof(*t));

	must(t != NULL);
	t->r = r;
	t->list = calloc(REPORT_GROUPS_MAX, sizeof(*t->list));
	must(t->list != NULL);
	return t;
}

void report_totals_end(struct totals *t)
{
	if (t == NULL)
		return;
	for (int i = 0; i < t->count; i++)
		finish_total(&t->list[i]);
	finish_total(&t->all);
	free(t->list);
	free(t->names);
	free(t);
}

static bool gather(struct totals *t, const struct report *of, struct err *e)
{
	const struct report *asked = t->r;
	struct wall from, to;

	t->r = of;
	period_span(&of->period, of->tz, &from, &to);
	bool ok = doubles_decisions(&t->doubles, of->view, e) &&
		  diary_rows(of->view, from, to, each_airing, t, e) &&
		  (t->full || diary_products(of->view, from, to, each_product, t, e)) &&
		  (!t->full || too_many(e));
	doubles_finish(&t->doubles);
	t->r = asked;
	return ok;
}

bool report_totals_add(struct totals *t, const struct report *of, const char *name, struct err *e)
{
	t->names = gather_room(t->names, t->stations, &t->room, sizeof(*t->names));
	t->names[t->stations++] = name;
	t->from = stationed(t) ? t->count : 0;
	return gather(t, of, e);
}

bool report_totals(const struct report *r, struct table_writer *w, struct err *e)
{
	struct totals *t = report_totals_begin(r);
	bool ok = gather(t, r, e) && report_totals_write(t, w, e) && table_end(w, e);

	report_totals_end(t);
	return ok;
}
