/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each product of each station is an item; those that are one are joined, the items of such a group
 * in a tree whose root is the group. */
#include "report/several.h"

#include "base/gather.h"
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/registers.h"
#include "report/amount.h"
#include "report/doubles.h"
#include "report/products.h"

#include <stdlib.h>
#include <string.h>

#define NOTES_MAX 100 /* of amounts; the rest are counted */
#define NOBODY (-1)

struct item {
	struct several_found found; /* first: borrowed by others as what it is in */
	char id[ID_BYTES], row[ID_BYTES], fund[CODE_BYTES];
	char sha256[2][SHA256_HEX_BYTES]; /* as sent in and as kept; "" unknown */
	int64_t at_ms, amount;
	int station, rank, up;
	int at, payer; /* of a root: the item that counts, and the one whose amount does */
	bool reused, counts, pays; /* by its own station's rules, in time */
	bool lent; /* it pays, and another of its station counts and shows the amount */
	bool met;
};

struct several {
	struct item *list;
	int count, room;
	char (*names)[NAME_BYTES]; /* of stations */
	int stations, names_room;
	json_t *away; /* {"2 B17": index}: what is not counted at its station */
};

struct several *several_begin(void)
{
	struct several *s = calloc(1, sizeof(*s));

	must(s != NULL);
	s->away = json_object();
	must(s->away != NULL);
	return s;
}

void several_end(struct several *s)
{
	if (s == NULL)
		return;
	free(s->list);
	free(s->names);
	json_decref(s->away);
	free(s);
}

static int root(const struct several *s, int i)
{
	while (s->list[i].up != i)
		i = s->list[i].up = s->list[s->list[i].up].up;
	return i;
}

static void join(struct several *s, int a, int b)
{
	int x = root(s, a), y = root(s, b);

	s->list[x > y ? x : y].up = x < y ? x : y;
}

struct adding {
	struct several *s;
	const struct report *r;
	struct doubles d;
	int base; /* of this station's items */
};

static bool each_approval(const struct diary_product *p, void *arg)
{
	struct adding *a = arg;
	int at = doubles_index(&a->d, p->id);

	if (at < 0 || p->again)
		return true;
	a->s->list[a->base + at].at_ms = p->at_ms;
	a->s->list[a->base + at].counts = true;
	return true;
}

static bool each_row(const struct register_row *row, void *arg)
{
	struct adding *a = arg;
	int at = doubles_index(&a->d, row->id);
	bool alone = json_get_text(row->fields, "bulletin", "")[0] == '\0';
	struct date day = products_day(a->r, row);
	struct item *i = at >= 0 ? &a->s->list[a->base + at] : NULL;

	if (i == NULL)
		return true;
	i->amount = json_get_integer(row->fields, "amount", 0);
	if (alone) {
		i->at_ms = tz_wall(a->r->tz, day, 0).ns / NS_PER_MS;
		i->counts = date_compare(day, a->r->period.last) <= 0;
	}
	return true;
}

static void add_items(struct adding *a)
{
	struct several *s = a->s;

	for (int i = 0; i < a->d.count; i++) {
		const struct pair_item *from = &a->d.items[i];
		s->list = gather_room(s->list, s->count, &s->room, sizeof(*s->list));
		struct item *to = &s->list[s->count];
		*to = (struct item){.station = s->stations, .rank = from->rank, .up = s->count,
				    .reused = from->reused, .at = NOBODY, .payer = NOBODY};
		s->count++;
		GATHER(to->id, a->d.list[i].id);
		GATHER(to->row, a->d.list[i].row);
		GATHER(to->fund, from->fund);
		GATHER(to->sha256[0], from->sha256[0]);
		GATHER(to->sha256[1], from->sha256[1]);
	}
}

/* As tables C and D count at one station: C has the amount in the row that counts, D in the one in
 * which it was written down. */
static void decided(struct adding *a, int at)
{
	struct item *i = &a->s->list[a->base + at];
	const json_t *by = doubles_struck(&a->d, i->id, i->row);
	int first = doubles_index(&a->d, json_get_text(by, "first", ""));
	int counting = doubles_root(&a->d, at), payer = a->d.list[counting].payer;

	i->pays = i->counts && payer >= 0 && (at == counting || at == payer);
	i->lent = i->pays && at != counting;
	if (i->pays)
		i->amount = a->d.list[payer].amount;
	i->counts = i->counts && by == NULL;
	if (first >= 0)
		join(a->s, a->base + at, a->base + first);
	join(a->s, a->base + at, a->base + a->d.items[at].family);
}

bool several_add(struct several *s, const struct report *r, const char *name, struct err *e)
{
	struct adding a = {.s = s, .r = r, .base = s->count};
	struct wall from, to;

	period_span(&r->period, r->tz, &from, &to);
	bool ok = doubles_find(&a.d, r->view, e);
	if (ok)
		add_items(&a);
	ok = ok && diary_products(r->view, (struct wall){0}, to, each_approval, &a, e) &&
	     registers_rows(r->view, "products", each_row, &a, e);
	for (int i = 0; ok && i < a.d.count; i++)
		decided(&a, i);
	doubles_finish(&a.d);
	s->names = gather_room(s->names, s->stations, &s->names_room, sizeof(*s->names));
	gather_text(s->names[s->stations++], NAME_BYTES, name);
	return ok;
}

struct bytes {
	const char *sha256;
	int item;
};

static int by_bytes(const void *a, const void *b)
{
	return strcmp(((const struct bytes *)a)->sha256, ((const struct bytes *)b)->sha256);
}

static void join_bytes(struct several *s)
{
	struct bytes *all = calloc((size_t)s->count * 2 + 1, sizeof(*all));
	int count = 0;

	must(all != NULL);
	for (int i = 0; i < s->count; i++)
		for (int k = 0; k < 2; k++)
			if (s->list[i].sha256[k][0] != '\0')
				all[count++] = (struct bytes){s->list[i].sha256[k], i};
	qsort(all, (size_t)count, sizeof(*all), by_bytes);
	for (int i = 1; i < count; i++)
		if (by_bytes(&all[i - 1], &all[i]) == 0)
			join(s, all[i - 1].item, all[i].item);
	free(all);
}

/* Which of two it counts at; of two of the same moment by the stations' names, so that the order in
 * which they are given is nothing. */
static bool before(const struct several *s, int a, int b)
{
	const struct item *x = &s->list[a], *y = &s->list[b];
	int by = strcmp(s->names[x->station], s->names[y->station]);

	if (x->reused != y->reused)
		return y->reused;
	if (x->rank != y->rank)
		return x->rank > y->rank;
	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms;
	return by != 0 ? by < 0 : a < b;
}

static void choose(struct several *s)
{
	for (int i = 0; i < s->count; i++) {
		struct item *of = &s->list[root(s, i)];

		if (s->list[i].counts && (of->at < 0 || before(s, i, of->at)))
			of->at = i;
		if (s->list[i].pays && (of->payer < 0 || before(s, i, of->payer)))
			of->payer = i;
	}
	for (int i = 0; i < s->count; i++)
		if (s->list[i].up == i && s->list[i].at >= 0 && s->list[s->list[i].at].pays)
			s->list[i].payer = s->list[i].at;
}

static void keep_away(struct several *s, int i, const char *name)
{
	char key[ID_BYTES + 16];

	snprintf(key, sizeof(key), "%d %.31s", s->list[i].station, name);
	if (name[0] != '\0')
		must(json_object_set_new(s->away, key, json_integer(i)) == 0);
}

void several_settle(struct several *s)
{
	join_bytes(s);
	choose(s);
	for (int i = 0; i < s->count; i++) {
		struct item *one = &s->list[i];
		const struct item *of = &s->list[root(s, i)];

		one->found.counted = one->counts && of->at >= 0 &&
				     s->list[of->at].station != one->station;
		one->found.paid = one->pays && of->payer >= 0 &&
				  s->list[of->payer].station != one->station;
		if (!one->found.counted && !one->found.paid)
			continue;
		keep_away(s, i, one->id);
		keep_away(s, i, one->row);
	}
}

const struct several_found *several_find(const struct report_across *across, const char *id,
					 const char *row)
{
	char key[ID_BYTES + 16];

	if (across == NULL || across->several == NULL)
		return NULL;
	snprintf(key, sizeof(key), "%d %.31s", across->station, id[0] != '\0' ? id : row);
	int64_t at = json_get_integer(across->several->away, key, -1);
	return at >= 0 ? &across->several->list[at].found : NULL;
}

static const char *name_of(const struct item *i)
{
	return i->id[0] != '\0' ? i->id : i->row;
}

static bool same_bytes(const struct item *a, const struct item *b)
{
	for (int i = 0; i < 4; i++)
		if (a->sha256[i / 2][0] != '\0' && strcmp(a->sha256[i / 2], b->sha256[i % 2]) == 0)
			return true;
	return false;
}

static bool two_funds(const struct item *a, const struct item *b)
{
	return a->fund[0] != '\0' && b->fund[0] != '\0' && strcmp(a->fund, b->fund) != 0;
}

void several_tell(const struct report_across *across, const struct several_found *f,
		  char out[static REASON_BYTES])
{
	const struct several *s = across->several;
	const struct item *one = (const struct item *)(const void *)f;
	const struct item *of = &s->list[root(s, (int)(one - s->list))];
	const struct item *there = &s->list[f->counted ? of->at : of->payer];
	const char *words = same_bytes(one, there)
				    ? T("cùng tệp với %s của đài %s, không tính lại",
					"the same file as %s of %s, counted there")
				    : T("một sản phẩm với %s của đài %s, không tính lại",
					"one product with %s of %s, counted there");
	int len;

	out[0] = '\0';
	len = snprintf(out, REASON_BYTES, words, name_of(there), s->names[there->station]);
	if (f->paid && two_funds(one, &s->list[of->payer]))
		snprintf(out + len, REASON_BYTES - (size_t)len, "%s",
			 T(", KHÁC NGUỒN KINH PHÍ", ", PAID BY ANOTHER FUND"));
}

void several_meet(const struct report_across *across, const struct several_found *f)
{
	across->several->list[(const struct item *)(const void *)f - across->several->list].met =
		true;
}

bool several_counted(const struct report_across *across, const char *id)
{
	const struct several_found *f = several_find(across, id, "");

	if (f == NULL || !f->counted)
		return false;
	several_meet(across, f);
	return true;
}

bool several_any(const struct several *s)
{
	return json_object_size(s->away) > 0;
}

static bool note_amount(const struct several *s, int at, struct table_writer *w, struct err *e)
{
	const struct item *one = &s->list[at], *paid = &s->list[s->list[root(s, at)].payer];
	struct buf line = {0}, here = {0}, there = {0};

	amount_count(&here, one->amount);
	amount_count(&there, paid->amount);
	buf_print(&line,
		  T("%s %s: kinh phí %s đồng không cộng, vì %s %s là sản phẩm ấy và đã ghi %s "
		    "đồng.",
		    "%s %s: its %s đồng are not added, for %s %s is that product and has %s đồng."),
		  s->names[one->station], name_of(one), buf_str(&here), s->names[paid->station],
		  name_of(paid), buf_str(&there));
	if (two_funds(one, paid))
		buf_print(&line, T(" HAI NGUỒN KINH PHÍ (%s và %s): xem lại trước khi nộp.",
				   " TWO FUNDS (%s and %s): look at it before handing in."),
			  one->fund, paid->fund);
	bool ok = table_note(w, buf_str(&line), e);
	buf_finish(&line);
	buf_finish(&here);
	buf_finish(&there);
	return ok;
}

static bool note_amounts(const struct several *s, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES];
	int count = 0;
	bool ok = true;

	for (int i = 0; ok && i < s->count; i++)
		if (s->list[i].met && s->list[i].found.paid && !s->list[i].lent &&
		    count++ < NOTES_MAX)
			ok = note_amount(s, i, w, e);
	snprintf(line, sizeof(line), T("… và %d khoản kinh phí nữa không cộng như thế.",
				       "… and %d more amounts are not added so."),
		 count - NOTES_MAX);
	return ok && (count <= NOTES_MAX || table_note(w, line, e));
}

bool several_notes(struct several *s, bool money, struct table_writer *w, struct err *e)
{
	char line[REASON_BYTES];
	int products = 0, times = 0;
	bool *seen = calloc((size_t)s->count + 1, sizeof(*seen));

	must(seen != NULL);
	for (int i = 0; i < s->count; i++) {
		bool here = s->list[i].met && s->list[i].found.counted;

		products += here && !seen[root(s, i)];
		times += here;
		if (here)
			seen[root(s, i)] = true;
	}
	free(seen);
	snprintf(line, sizeof(line),
		 T("%d sản phẩm có ở nhiều đài (cùng một tệp): mỗi sản phẩm chỉ tính một lần, ở "
		   "đài của cấp cao hơn, "
		   "không thì ở đài duyệt trước; %d lần có ở đài khác không tính "
		   "lại.",
		   "%d products stand at several stations (the same file): each counts once, where "
		   "it is of the higher level, else where it was approved first; %d times that it "
		   "stands elsewhere do not count."), products, times);
	bool ok = (products == 0 || table_note(w, line, e)) && (!money || note_amounts(s, w, e));
	for (int i = 0; i < s->count; i++)
		s->list[i].met = false;
	return ok;
}
