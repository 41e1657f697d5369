/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Table C, "Sản phẩm và kinh phí": bulletins that were approved in the period, each once, with what
 * the register of products says of it; then what stands in the register alone: videos, articles,
 * leaflets, by the day on which they were accepted, else made, decided or written down.
 *
 * What it costs an airing and a minute is its amount over what aired in this period. What is
 * suspected to be another product once more says so, of whatever time that is; once a person has
 * decided that it is, it keeps its row and airings, and neither number nor money: an amount that
 * nobody wrote down elsewhere stands with the product that counts, and notes tell of the others. */
#include "report/products.h"

#include "base/gather.h"
#include "base/json.h"
#include "base/text.h"
#include "proof/registers.h"
#include "report/doubles.h"
#include "report/doublesmoney.h"
#include "report/several.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Owned by the list: fields of the register, if it has any. */
struct product {
	char id[ID_BYTES], row[ID_BYTES]; /* "B17", "SP3"; "" none */
	char title[TITLE_BYTES], kind[CODE_BYTES], language[CODE_BYTES];
	char fund[CODE_BYTES], sender[CODE_BYTES], sha256[SHA256_HEX_BYTES];
	char programmes[BULLETIN_PROGRAMMES_MAX * CODE_BYTES];
	json_t *fields;
	int64_t frames, at_ms, entry;
	int64_t airings, aired_frames;
};

struct products {
	const struct report *r;
	struct product *list;
	int count, room;
	json_t *bulletins; /* {"B17": index} */
	struct doubles doubles;
	struct table_writer *w;
	int64_t counted, decided, amount, funds_twice;
};

enum column {
	NUMBER, CODE, ROW, TITLE, KIND, LANGUAGE, LENGTH, PRODUCER, LEVEL, PROGRAMMES, DECISION,
	APPROVED, ACCEPTED, FUND, AMOUNT, AIRINGS, AIRED, PER_AIRING, PER_MINUTE, LASTING, REUSED,
	TWIN, SHA256, ENTRY, COLUMNS
};

#define X(vi, en) (english ? (en) : (vi))
static void name_columns(struct table_column c[static COLUMNS])
{
	bool english = text_english();
	const struct table_column all[COLUMNS] = {
		[NUMBER] = {"number", X("STT", "No."), TABLE_COUNT, .width = 4},
		[CODE] = {"bulletin", X("Bản tin", "Bulletin"), TABLE_TEXT, .width = 6},
		[ROW] = {"row", X("Mã sổ", "Register"), TABLE_TEXT, .width = 6},
		[TITLE] = {"title", X("Tên sản phẩm", "Title"), TABLE_TEXT, .width = 24},
		[KIND] = {"kind", X("Loại", "Kind"), TABLE_TEXT, .width = 10},
		[LANGUAGE] = {"language", X("Tiếng", "Language"), TABLE_TEXT, .width = 8},
		[LENGTH] = {"length_s", X("Thời lượng", "Length"), TABLE_FRAMES, .width = 8},
		[PRODUCER] = {"producer", X("Đơn vị sản xuất", "Producer"), TABLE_TEXT,
			.width = 12},
		[LEVEL] = {"level", X("Cấp", "Level"), TABLE_TEXT, .width = 7},
		[PROGRAMMES] = {"programmes", X("Mã chương trình", "Programmes"), TABLE_TEXT,
			.width = 11},
		[DECISION] = {"decision", X("Quyết định", "Decision"), TABLE_TEXT, .width = 10},
		[APPROVED] = {"approved", X("Ngày duyệt", "Approved on"), TABLE_DATE, .width = 10},
		[ACCEPTED] = {"accepted", X("Nghiệm thu", "Accepted on"), TABLE_DATE, .width = 10},
		[FUND] = {"fund", X("Nguồn kinh phí", "Fund"), TABLE_TEXT, .width = 10},
		[AMOUNT] = {"amount", X("Kinh phí (đồng)", "Amount (đồng)"), TABLE_MONEY,
			.width = 11, .adds = true},
		[AIRINGS] = {"airings", X("Lượt phát trong kỳ", "Airings"), TABLE_COUNT,
			.width = 7, .adds = true},
		[AIRED] = {"aired_s", X("Thời lượng phát", "Time aired"), TABLE_FRAMES, .width = 9,
			.adds = true},
		[PER_AIRING] = {"per_airing", X("Đồng một lượt phát", "Đồng an airing"),
			TABLE_MONEY, .width = 9},
		[PER_MINUTE] = {"per_minute", X("Đồng một phút phát", "Đồng a minute"),
			TABLE_MONEY, .width = 9},
		[LASTING] = {"lasting", X("Giá trị lâu dài", "Of lasting value"), TABLE_TEXT,
			.width = 6},
		[REUSED] = {"reused", X("Dùng lại", "Reused"), TABLE_TEXT, .width = 6},
		[TWIN] = {"twin", X("Nghi trùng với", "Suspected duplicate of"), TABLE_TEXT,
			.width = 12},
		[SHA256] = {"sha256", X("Mã băm", "SHA-256"), TABLE_HASH, .width = 12},
		[ENTRY] = {"entry", X("Mục sổ nhật ký", "Log entry"), TABLE_COUNT, .width = 6},
	};
	memcpy(c, all, sizeof(all));
}
#undef X

static struct product *add(struct products *s)
{
	s->list = gather_room(s->list, s->count, &s->room, sizeof(*s->list));
	struct product *p = &s->list[s->count++];
	*p = (struct product){.entry = -1};
	return p;
}

/* As table B counts what is new. */
static bool each_bulletin(const struct diary_product *b, void *arg)
{
	if (b->again)
		return true;
	struct product *p = add(arg);
	GATHER(p->id, b->id);
	GATHER(p->title, b->title);
	GATHER(p->kind, b->kind);
	GATHER(p->language, b->language);
	GATHER(p->fund, b->fund);
	GATHER(p->sender, b->sender);
	GATHER(p->sha256, b->sha256);
	GATHER(p->programmes, b->programmes);
	p->frames = b->frames;
	p->at_ms = b->at_ms;
	p->entry = b->entry;
	json_object_set_new(((struct products *)arg)->bulletins, p->id,
			    json_integer(((struct products *)arg)->count - 1));
	return true;
}

static struct product *of_bulletin(struct products *s, const char *id)
{
	int64_t at = json_get_integer(s->bulletins, id, -1);

	return at >= 0 ? &s->list[at] : NULL;
}

struct date products_day(const struct report *r, const struct register_row *row)
{
	static const char *const days[] = {"accepted", "made", "decided"};
	struct date d;

	for (int i = 0; i < 3; i++)
		if (date_parse(json_get_text(row->fields, days[i], ""), &d))
			return d;
	return report_day(r, row->at_ms);
}

void products_programmes(const struct register_row *row, char *out, size_t size)
{
	const json_t *item;
	size_t i, len = 0;

	out[0] = '\0';
	json_array_foreach(json_object_get(row->fields, "programmes"), i, item)
		if (json_is_string(item) && len + CODE_BYTES < size)
			len += (size_t)snprintf(out + len, size - len, "%s%.31s",
						len > 0 ? "," : "", json_string_value(item));
}

static void take_row(struct product *p, const struct register_row *row)
{
	const json_t *f = row->fields;

	GATHER(p->row, row->id);
	p->fields = json_incref((json_t *)(uintptr_t)f);
	if (p->id[0] != '\0' && p->fund[0] != '\0')
		return;
	GATHER(p->fund, json_get_text(f, "fund", ""));
	if (p->id[0] != '\0')
		return;
	GATHER(p->title, json_get_text(f, "title", ""));
	GATHER(p->kind, json_get_text(f, "kind", ""));
	GATHER(p->language, json_get_text(f, "language", ""));
	GATHER(p->sha256, json_get_text(f, "sha256", ""));
	products_programmes(row, p->programmes, sizeof(p->programmes));
	p->frames = json_get_integer(f, "length_s", 0) * FRAMES_PER_S;
	p->entry = row->n;
}

/* Of a bulletin it counts when that was approved, and with it alone. */
static bool each_row(const struct register_row *row, void *arg)
{
	struct products *s = arg;
	const char *bulletin = json_get_text(row->fields, "bulletin", "");
	struct product *p = of_bulletin(s, bulletin);

	if (p != NULL && p->fields == NULL)
		take_row(p, row);
	else if (bulletin[0] == '\0' &&
		 period_day(&s->r->period, products_day(s->r, row)) >= 0)
		take_row(add(s), row);
	return true;
}

static bool each_airing(const struct diary_row *d, void *arg)
{
	struct product *p = of_bulletin(arg, d->bulletin);

	if (p == NULL || report_class(d) != REPORT_AIRED)
		return true;
	p->airings += d->from_frames == 0;
	p->aired_frames += d->frames;
	return true;
}

static bool gather(struct products *s, struct err *e)
{
	struct wall from, to;

	period_span(&s->r->period, s->r->tz, &from, &to);
	return diary_products(s->r->view, from, to, each_bulletin, s, e) &&
	       registers_rows(s->r->view, "products", each_row, s, e) &&
	       diary_rows(s->r->view, from, to, each_airing, s, e) &&
	       doubles_find(&s->doubles, s->r->view, e);
}

/* By what it does not count again; NULL: it counts. */
static const json_t *struck(const struct products *s, const struct product *p)
{
	return doubles_struck(&s->doubles, p->id, p->row);
}

/* At which other station; NULL: it counts here. */
static const struct several_found *elsewhere(const struct products *s, const struct product *p)
{
	return several_find(s->r->across, p->id, p->row);
}

static bool is_reuse(const json_t *decision)
{
	return strcmp(json_get_text(decision, "decision", ""), "reuse") == 0;
}

static void tell_twin(struct products *s, const struct product *p, char out[static REASON_BYTES])
{
	const json_t *decision = struck(s, p);
	const struct pair *pair = doubles_open(&s->doubles, p->id, p->row);
	const char *of = json_get_text(decision, "first", ""), *words = "%s";

	out[0] = '\0';
	if (decision == NULL && elsewhere(s, p) != NULL) {
		several_tell(s->r->across, elsewhere(s, p), out);
		return;
	}
	if (decision != NULL)
		words = is_reuse(decision) ? T("dùng lại %s", "%s used again")
					   : T("một sản phẩm với %s, không tính lại",
					       "one product with %s, counted there");
	else if (pair == NULL)
		return;
	else if (pair->kind == PAIR_TWO_FUNDS)
		words = T("%s, KHÁC NGUỒN KINH PHÍ", "%s, PAID BY ANOTHER FUND");
	else if (pair->kind == PAIR_REUSE)
		words = T("%s, dùng lại?", "%s, used again?");
	if (decision == NULL) {
		of = doubles_name(&s->doubles, pair->first);
		s->funds_twice += pair->kind == PAIR_TWO_FUNDS;
	}
	snprintf(out, REASON_BYTES, words, of);
}

/* −1: it was refused. */
static int item_of(const struct products *s, const struct product *p)
{
	int at = doubles_index(&s->doubles, p->id);

	return at >= 0 ? at : doubles_index(&s->doubles, p->row);
}

/* Of one product the money counts once, wherever it was written down, and in the row that has the
 * number. */
static bool has_amount(const struct products *s, const struct product *p, int64_t *amount)
{
	const json_t *decision = struck(s, p);
	const struct doubles_item *list = s->doubles.list;
	int at = item_of(s, p), payer;
	bool said = json_object_get(p->fields, "amount") != NULL;
	const struct several_found *there = elsewhere(s, p);

	*amount = json_get_integer(p->fields, "amount", 0);
	if (there != NULL && there->paid) {
		*amount = 0;
		return true;
	}
	if (at >= 0 ? doubles_root(&s->doubles, at) != at : decision != NULL) {
		*amount = 0;
		return said || is_reuse(decision);
	}
	payer = at >= 0 ? list[at].payer : -1;
	if (payer < 0 || payer == at)
		return said;
	*amount = list[payer].amount;
	return true;
}

static struct table_cell money(bool set, int64_t amount, int64_t over)
{
	return (struct table_cell){.set = set && over > 0,
				   .number = over > 0 ? (amount + over / 2) / over : 0};
}

static void cost(const struct products *s, const struct product *p,
		 struct table_cell c[static COLUMNS])
{
	int64_t amount;
	bool set = has_amount(s, p, &amount);

	c[AMOUNT] = (struct table_cell){.set = set, .number = amount};
	c[AIRINGS] = table_number(p->airings);
	c[AIRED] = table_number(p->aired_frames);
	c[PER_AIRING] = money(set, amount, p->airings);
	c[PER_MINUTE].set = set && p->aired_frames > 0;
	if (c[PER_MINUTE].set)
		c[PER_MINUTE].number = (int64_t)((double)amount * 60 * FRAMES_PER_S /
						 (double)p->aired_frames + 0.5);
}

static const char *flag(bool yes)
{
	return yes ? T("có", "yes") : "";
}

static struct table_cell day_of(const json_t *fields, const char *key)
{
	struct date d;
	bool set = date_parse(json_get_text(fields, key, ""), &d);

	return (struct table_cell){.set = set, .number = set ? date_to_days(d) : 0};
}

static void number(struct products *s, const struct product *p, struct table_cell *c)
{
	const struct several_found *there = elsewhere(s, p);

	if (there != NULL)
		several_meet(s->r->across, there);
	if (struck(s, p) != NULL)
		s->decided++;
	else if (there == NULL || !there->counted)
		*c = table_number(++s->counted);
}

static bool write_row(struct products *s, int i, struct err *e)
{
	const struct report *r = s->r;
	const struct product *p = &s->list[i];
	struct date day = p->at_ms != 0 ? report_day(r, p->at_ms) : r->period.last;
	struct table_cell c[COLUMNS] = {[NUMBER] = {.set = false}};
	char twin[REASON_BYTES];

	number(s, p, &c[NUMBER]);
	tell_twin(s, p, twin);
	cost(s, p, c);
	c[CODE] = table_text(p->id);
	c[ROW] = table_text(p->row);
	c[TITLE] = table_text(p->title);
	c[KIND] = table_text(report_name(r, CODES_KINDS, p->kind, day));
	c[LANGUAGE] = table_text(report_name(r, CODES_LANGUAGES, p->language, day));
	c[LENGTH] = (struct table_cell){.set = p->frames > 0, .number = p->frames};
	c[PRODUCER] = table_text(json_get_text(p->fields, "producer",
					       p->sender[0] != '\0'
						       ? r->person(r->person_arg, p->sender)
						       : ""));
	c[LEVEL] = table_text(report_choice("products", "level",
					    json_get_text(p->fields, "level", "")));
	c[PROGRAMMES] = table_text(p->programmes);
	c[DECISION] = table_text(json_get_text(p->fields, "decision", ""));
	c[APPROVED] = report_day_cell(r, p->at_ms);
	c[ACCEPTED] = day_of(p->fields, "accepted");
	c[FUND] = table_text(report_name(r, CODES_FUNDS, p->fund, day));
	c[LASTING] = table_text(flag(json_get_bool(p->fields, "lasting", false)));
	c[REUSED] = table_text(flag(json_get_bool(p->fields, "reused", false) ||
				     is_reuse(struck(s, p))));
	c[TWIN] = table_text(twin);
	c[SHA256] = table_text(p->sha256);
	c[ENTRY] = table_number(p->entry);
	s->amount += c[AMOUNT].number;
	return table_row(s->w, c, e);
}

static bool taken(const struct products *s, const struct product *p)
{
	const struct diary_product codes = {.language = p->language, .kind = p->kind,
					    .fund = p->fund, .programmes = p->programmes,
					    .sender = p->sender};

	return report_takes_product(&s->r->filter, &codes);
}

/* Among the rows of this table. */
static bool is_here(const struct products *s, int item)
{
	for (int i = 0; i < s->count; i++)
		if (item_of(s, &s->list[i]) == item && taken(s, &s->list[i]))
			return true;
	return false;
}

static bool write_rows(struct products *s, struct err *e)
{
	struct table_cell sum[COLUMNS] = {[TITLE] = table_text(T("Cộng", "Total"))};

	for (int i = 0; i < s->count; i++) {
		const struct product *p = &s->list[i];
		if (!taken(s, p))
			continue;
		if (!write_row(s, i, e))
			return false;
		sum[AIRINGS].number += p->airings;
		sum[AIRED].number += p->aired_frames;
	}
	sum[NUMBER] = table_number(s->counted);
	sum[AMOUNT] = table_number(s->amount);
	sum[AIRINGS].set = sum[AIRED].set = true;
	return table_sum(s->w, sum, e);
}

/* Of the rows of this table, and of what other periods have that counts in one of them. */
static bool note_all_money(struct products *s, struct err *e)
{
	bool ok = true;

	for (int i = 0; ok && i < s->count; i++) {
		int at = item_of(s, &s->list[i]);
		int payer = at >= 0 ? s->doubles.list[at].payer : -1;

		if (at < 0 || !taken(s, &s->list[i]))
			continue;
		ok = doublesmoney_note(&s->doubles, at, s->r, s->w, e) &&
		     (payer < 0 || payer == at || is_here(s, payer) ||
		      doublesmoney_note(&s->doubles, payer, s->r, s->w, e));
	}
	return ok;
}

static bool write_notes(struct products *s, struct err *e)
{
	char line[REASON_BYTES];

	if (json_object_size(s->doubles.struck) > 0 && !note_all_money(s, e))
		return false;

	snprintf(line, sizeof(line),
		 T("%lld sản phẩm nghi trùng mà ghi hai nguồn kinh phí: xem lại trước khi nộp.",
		   "%lld suspected duplicates name two funds: look at them before handing in."),
		 (long long)s->funds_twice);
	if (s->funds_twice > 0 && !table_note(s->w, line, e))
		return false;
	snprintf(line, sizeof(line),
		 T("%lld sản phẩm không tính lại, theo quyết định trong sổ nhật ký: xem cột Nghi "
		   "trùng với.",
		   "%lld products are not counted again, as was decided in the log: see the column "
		   "Suspected duplicate of."), (long long)s->decided);
	return (s->decided == 0 || table_note(s->w, line, e)) &&
	       (s->w->rows > 0 || table_note(s->w, T("Trong kỳ không có sản phẩm nào như vậy.",
						     "There is no such product in this period."),
					     e)) &&
	       table_end(s->w, e);
}

bool report_products(const struct report *r, struct table_writer *w, struct err *e)
{
	struct products s = {.r = r, .w = w, .bulletins = json_object()};
	struct report_sheet sheet;

	name_columns(sheet.columns);
	bool ok = gather(&s, e) && report_begin(&sheet, r, "C", COLUMNS, w, e) &&
		  write_rows(&s, e) && write_notes(&s, e);
	for (int i = 0; i < s.count; i++)
		json_decref(s.list[i].fields);
	free(s.list);
	doubles_finish(&s.doubles);
	json_decref(s.bulletins);
	return ok;
}
