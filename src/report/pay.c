/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table G, "Bảng thanh toán thù lao": a row for each person, work, language and rate, from the
 * register of works and from the voices that the log heard live. Rates are the station's data and
 * hold on the days that they carry; where none holds a row has no money, and a note says so.
 *
 * Who spoke live may have been written down too. A row of the register that names no bulletin and
 * no product stands for as many voices of that person, day and language as it has readings: what is
 * more was only heard, and nothing is paid twice.
 *
 * The cap of a day is one for a person's readings of that day, in whatever language: works are
 * gone through by day, and what is above it is left out of the later ones. */
#include "base/fold.h"
#include "base/gather.h"
#include "base/json.h"
#include "base/text.h"
#include "proof/registers.h"
#include "report/report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column {
	NUMBER, PERSON, ROLE, LANGUAGE, SOURCE, COUNT, PAGES, RATE, BEFORE, CAPPED, SUM, COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[PERSON] = {"person", X("Người làm", "Person"), TABLE_TEXT, .width = 20},
		[ROLE] = {"role", X("Công việc", "Work"), TABLE_TEXT, .width = 12},
		[LANGUAGE] = {"language", X("Tiếng", "Language"), TABLE_TEXT, .width = 10},
		[SOURCE] = {"source", X("Theo", "From"), TABLE_TEXT, .width = 10},
		[COUNT] = {"count", X("Số lượt", "Count"), TABLE_COUNT, .width = 8},
		[PAGES] = {"pages", X("Số trang", "Pages"), TABLE_TEXT, .width = 8},
		[RATE] = {"rate", X("Mức chi (đồng)", "Rate (đồng)"), TABLE_MONEY, .width = 10},
		[BEFORE] = {"before", X("Thành tiền", "Before the cap"), TABLE_MONEY, .width = 11,
			.adds = true},
		[CAPPED] = {"capped", X("Vượt mức ngày", "Above the day's cap"), TABLE_MONEY,
			.width = 11, .adds = true},
		[SUM] = {"sum", X("Thực nhận", "To be paid"), TABLE_MONEY, .width = 11,
			.adds = true},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

/* One thing that somebody did. */
struct work {
	char person[NAME_BYTES], role[CODE_BYTES], language[CODE_BYTES];
	char same[NAME_BYTES]; /* the person, however capitals and spaces were written */
	bool heard; /* the log heard it; else it stands in the register */
	int64_t day;
	int64_t voices; /* of a row of the register: that may be what was heard live */
	int place; /* in which it was read */
	int64_t count;
	double pages;
	bool has_rate;
	struct report_rate rate;
	int64_t before, capped;
};

struct pay {
	const struct report *r;
	struct work *list;
	int count, room;
	int64_t unrated, unpaged, named, twice;
};

static struct work *add(struct pay *p)
{
	p->list = gather_room(p->list, p->count, &p->room, sizeof(*p->list));
	struct work *w = &p->list[p->count++];
	*w = (struct work){.count = 1, .place = p->count};
	return w;
}

static void name_person(struct work *w, const char *person)
{
	GATHER(w->person, person);
	fold_spaces(person, w->same, sizeof(w->same));
	fold_small(w->same);
}

static bool wanted(const struct pay *p, const char *language, const char *fund)
{
	const struct report_filter *f = &p->r->filter;

	return (f->language == NULL || strcmp(f->language, language) == 0) &&
	       (f->fund == NULL || strcmp(f->fund, fund) == 0);
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct pay *p = arg;
	const json_t *o = row->fields;
	const char *language = json_get_text(o, "language", "");
	struct date day;

	if (!date_parse(json_get_text(o, "day", ""), &day) ||
	    period_day(&p->r->period, day) < 0 ||
	    !wanted(p, language, json_get_text(o, "fund", "")))
		return true;
	struct work *w = add(p);
	name_person(w, json_get_text(o, "person", ""));
	GATHER(w->role, json_get_text(o, "role", ""));
	GATHER(w->language, language);
	w->day = date_to_days(day);
	w->count = json_get_integer(o, "count", 1);
	w->pages = json_get_number(o, "pages", 0);
	if (strcmp(w->role, "read") == 0 && json_object_get(o, "bulletin") == NULL &&
	    json_object_get(o, "product") == NULL)
		w->voices = w->count;
	return true;
}

/* The rest of one that was broken off is no reading more; a drill and an emergency are nobody's
 * work for pay. */
static bool each_airing(const struct diary_row *d, void *arg)
{
	struct pay *p = arg;

	if (d->speaker[0] == '\0' || strncmp(d->file, "live:", 5) != 0 || d->from_frames > 0 ||
	    d->emergency[0] != '\0' || report_class(d) != REPORT_AIRED ||
	    !wanted(p, d->language, d->fund))
		return true;
	struct work *w = add(p);
	name_person(w, d->speaker);
	GATHER(w->role, "read");
	GATHER(w->language, d->language);
	w->heard = true;
	w->day = date_to_days(report_day(p->r, d->at_ms));
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct work *x = a, *y = b;

	return x->day != y->day ? (x->day > y->day) - (x->day < y->day)
				: x->place - y->place;
}

/* Of what was said live the log may know no language. */
static bool same_voice(const struct work *row, const struct work *heard)
{
	return row->voices > 0 && strcmp(row->same, heard->same) == 0 &&
	       (strcmp(row->language, heard->language) == 0 || row->language[0] == '\0' ||
		heard->language[0] == '\0');
}

/* Whether a row of that day stands for what was heard; it does so once. */
static bool written_down(struct pay *p, int at)
{
	const struct work *heard = &p->list[at];

	/* Rows of the register were read first, and stand in front of the day's voices. */
	for (int i = at - 1; i >= 0 && p->list[i].day == heard->day; i--)
		if (same_voice(&p->list[i], heard)) {
			p->list[i].voices--;
			return true;
		}
	return false;
}

static void count_once(struct pay *p)
{
	int kept = 0;

	for (int i = 0; i < p->count; i++)
		p->list[i].count = p->list[i].heard && written_down(p, i) ? 0 : p->list[i].count;
	for (int i = 0; i < p->count; i++) {
		bool twice = p->list[i].heard && p->list[i].count == 0;
		p->twice += twice;
		if (!twice)
			p->list[kept++] = p->list[i];
	}
	p->count = kept;
}

/* What the person was paid for such work on that day before this one. */
static int64_t paid_before(const struct pay *p, int at)
{
	const struct work *w = &p->list[at];
	int64_t paid = 0;

	for (int i = at - 1; i >= 0 && p->list[i].day == w->day; i--)
		if (strcmp(p->list[i].same, w->same) == 0 &&
		    strcmp(p->list[i].role, w->role) == 0)
			paid += p->list[i].before - p->list[i].capped;
	return paid;
}

/* By the page, rounded down: whether a page that is begun counts whole the sources do not say. */
static void price(struct pay *p, int at)
{
	struct work *w = &p->list[at];
	const struct report *r = p->r;

	w->has_rate = r->rate != NULL && r->rate(r->rate_arg, w->role, w->language,
						 date_from_days(w->day), &w->rate);
	p->unrated += !w->has_rate;
	if (!w->has_rate)
		return;
	p->unpaged += w->rate.page_words > 0 && w->pages <= 0;
	w->before = w->rate.page_words > 0
			    ? (int64_t)floor(w->pages * (double)w->rate.dong + 1e-6)
			    : w->count * w->rate.dong;
	int64_t room = w->rate.day_cap - paid_before(p, at);
	room = room > 0 ? room : 0;
	w->capped = w->rate.day_cap > 0 && w->before > room ? w->before - room : 0;
}

static int by_person(const void *a, const void *b)
{
	const struct work *x = a, *y = b;
	int by = strcmp(x->same, y->same);

	return by != 0 ? by : x->place - y->place;
}

/* As it was written first. */
static void spell_once(struct pay *p)
{
	qsort(p->list, (size_t)p->count, sizeof(*p->list), by_person);
	for (int i = 1; i < p->count; i++)
		if (strcmp(p->list[i].same, p->list[i - 1].same) == 0)
			memcpy(p->list[i].person, p->list[i - 1].person, NAME_BYTES);
}

static int by_row(const void *a, const void *b)
{
	const struct work *x = a, *y = b;
	int by = strcmp(x->same, y->same);

	by = by != 0 ? by : strcmp(x->role, y->role);
	by = by != 0 ? by : strcmp(x->language, y->language);
	by = by != 0 ? by : (int)x->heard - (int)y->heard;
	return by != 0 ? by : (x->rate.dong > y->rate.dong) - (x->rate.dong < y->rate.dong);
}

static void fill(struct pay *p, const struct work *all, const struct work *first, int number,
		 struct table_cell c[static COLUMNS], char pages[static TABLE_CELL_BYTES])
{
	const char *name = p->r->person(p->r->person_arg, first->person);

	p->named += strcmp(name, first->person) != 0;
	pages[0] = '\0';
	if (all->pages > 0)
		snprintf(pages, TABLE_CELL_BYTES, "%.4g", all->pages);
	c[NUMBER] = table_number(number);
	c[PERSON] = table_text(name);
	c[ROLE] = table_text(report_choice("works", "role", first->role));
	c[LANGUAGE] = table_text(report_name(p->r, CODES_LANGUAGES, first->language,
					     p->r->period.last));
	c[SOURCE] = table_text(first->heard ? T("sổ nhật ký", "the log")
					    : T("sổ công việc", "the register"));
	c[COUNT] = table_number(all->count);
	c[PAGES] = table_text(pages);
	c[RATE] = (struct table_cell){.set = first->has_rate, .number = first->rate.dong};
	c[BEFORE] = (struct table_cell){.set = first->has_rate, .number = all->before};
	c[CAPPED] = (struct table_cell){.set = first->has_rate, .number = all->capped};
	c[SUM] = (struct table_cell){.set = first->has_rate,
				     .number = all->before - all->capped};
}

static bool write_rows(struct pay *p, struct table_writer *w, struct err *e)
{
	struct table_cell sum[COLUMNS] = {[PERSON] = table_text(T("Cộng", "Total"))};

	for (int i = 0, next; i < p->count; i = next) {
		struct work all = {.count = 0};
		struct table_cell c[COLUMNS] = {[NUMBER] = {0}};
		char pages[TABLE_CELL_BYTES];
		for (next = i; next < p->count && by_row(&p->list[i], &p->list[next]) == 0;
		     next++) {
			all.count += p->list[next].count;
			all.pages += p->list[next].pages;
			all.before += p->list[next].before;
			all.capped += p->list[next].capped;
		}
		fill(p, &all, &p->list[i], w->rows + 1, c, pages);
		if (!table_row(w, c, e))
			return false;
		for (int k = BEFORE; k <= SUM; k++)
			sum[k].number += c[k].number;
	}
	sum[BEFORE].set = sum[CAPPED].set = sum[SUM].set = true;
	sum[NUMBER] = table_number(w->rows);
	return table_sum(w, sum, e);
}

static bool write_notes(struct pay *p, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES], once[REASON_BYTES], pages[REASON_BYTES];

	snprintf(once, sizeof(once),
		 T("%lld lượt nói trực tiếp đã có trong sổ công việc (cùng người, ngày và tiếng, "
		   "dòng không ghi bản tin hay sản phẩm): chỉ tính một lần, theo sổ công việc.",
		   "%lld live voices stand in the register of works too (the same person, day and "
		   "language, in a row without a bulletin or product): each counts once, by the "
		   "register."), (long long)p->twice);
	snprintf(line, sizeof(line),
		 T("%lld việc không có mức chi nào áp dụng vào ngày làm, nên không tính tiền: xem "
		   "seeds/thu-lao.yaml.",
		   "For %lld works no rate holds on their day, and they have no money: see "
		   "seeds/thu-lao.yaml."), (long long)p->unrated);
	snprintf(pages, sizeof(pages),
		 T("%lld việc trả theo trang mà sổ công việc không ghi số trang, nên chưa có "
		   "tiền: hãy ghi số trang.",
		   "%lld works are paid by the page and the register says no number of pages: they "
		   "have no money yet."), (long long)p->unpaged);
	return (p->unpaged == 0 || table_note(w, pages, e)) &&
	       (p->twice == 0 || table_note(w, once, e)) &&
	       (p->unrated == 0 || table_note(w, line, e)) &&
	       (p->count > 0 ||
		table_note(w, T("Trong kỳ không có việc nào tính thù lao.",
				"There is no paid work in this period."), e)) &&
	       (p->named == 0 ||
		table_note(w, T("Tên người lấy từ danh sách tài khoản của đài; sổ nhật ký không "
				"bảo chứng tên.",
				"Names of persons are those of the station's list of accounts; the "
				"log vouches for no name."), e)) &&
	       table_end(w, e);
}

static bool write_all(struct pay *p, struct table_writer *w, struct err *e)
{
	struct report_sheet sheet;

	name_columns(sheet.columns);
	return report_begin(&sheet, p->r, "G", COLUMNS, w, e) && write_rows(p, w, e) &&
	       write_notes(p, w, e);
}

bool report_pay(const struct report *r, struct table_writer *w, struct err *e)
{
	struct pay p = {.r = r};
	struct wall from, to;

	period_span(&r->period, r->tz, &from, &to);
	bool ok = registers_rows(r->view, "works", each_row, &p, e) &&
		  diary_rows(r->view, from, to, each_airing, &p, e);
	if (p.count > 0)
		qsort(p.list, (size_t)p.count, sizeof(*p.list), by_day);
	count_once(&p);
	for (int i = 0; i < p.count; i++)
		price(&p, i);
	if (p.count > 0) {
		spell_once(&p);
		qsort(p.list, (size_t)p.count, sizeof(*p.list), by_row);
	}
	ok = ok && write_all(&p, w, e);
	free(p.list);
	return ok;
}
