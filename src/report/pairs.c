/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products are gone through once. What is alike has a key in common: each key's group remembers of
 * those before, for each language, length and fund, the first two of different families; all later
 * ones are no more alike than these, and a thousand rows of one title cost as little as two. */
#include "report/pairs.h"

#include "base/fold.h"
#include "base/gather.h"
#include "base/limits.h"
#include "base/moment.h"
#include "base/must.h"
#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY_BYTES (2 * TITLE_BYTES + 64)
#define NONE INT32_MAX

struct group {
	int *heads; /* indices of items, ascending */
	int count, room;
};

/* Of one item, while it is looked at: the surest way, and the earliest in it. */
struct match {
	enum pair_how how;
	int index, percent;
};

struct finder {
	const struct pair_item *items;
	json_t *keys; /* key → number of its group */
	struct group *groups;
	int count, room;
	int at;
	struct match best, other_fund;
	int translated;
};

/* Signs of ASCII, and those that a word processor puts in their place: U+00A0–00BF, U+2000–206F. */
static bool is_sign(const unsigned char *at, size_t *len)
{
	*len = 1;
	if (*at < 0x80)
		return !((*at >= '0' && *at <= '9') || (*at >= 'a' && *at <= 'z'));
	*len = 2;
	if (at[0] == 0xC2 && at[1] >= 0xA0 && at[1] <= 0xBF)
		return true;
	*len = 3;
	if (at[0] == 0xE2 && (at[1] == 0x80 || (at[1] == 0x81 && at[2] <= 0xAF)) && at[2] != 0)
		return true;
	*len = 1;
	return false;
}

void pairs_plain(const char *text, char *out, size_t size)
{
	size_t used = 0, len;

	fold_plain(text, out, size);
	for (const unsigned char *at = (unsigned char *)out; *at != '\0'; at += len) {
		if (is_sign(at, &len))
			continue;
		memmove(out + used, at, len);
		used += len;
	}
	out[used] = '\0';
}

static struct group *group_of(struct finder *f, const char *key, bool make)
{
	json_t *there = json_object_get(f->keys, key);

	if (there != NULL)
		return &f->groups[json_integer_value(there)];
	if (!make)
		return NULL;
	must(json_object_set_new_nocheck(f->keys, key, json_integer(f->count)) == 0);
	f->groups = gather_room(f->groups, f->count, &f->room, sizeof(*f->groups));
	f->groups[f->count] = (struct group){.count = 0};
	return &f->groups[f->count++];
}

static bool same(const char *a, const char *b)
{
	return a[0] != '\0' && strcmp(a, b) == 0;
}

static bool other(const char *a, const char *b)
{
	return a[0] != '\0' && b[0] != '\0' && strcmp(a, b) != 0;
}

static bool same_file(const struct pair_item *a, const struct pair_item *b)
{
	for (int i = 0; i < 2; i++)
		if (same(a->sha256[i], b->sha256[0]) || same(a->sha256[i], b->sha256[1]))
			return true;
	return false;
}

static bool related(const struct pair_item *a, const struct pair_item *b, enum pair_how how)
{
	if (how == PAIR_SAME_FILE)
		return same_file(a, b);
	if (!same(a->title, b->title) || other(a->language, b->language))
		return false;
	return how == PAIR_SAME_TITLE ? llabs(a->frames - b->frames) <= FRAMES_PER_S
				      : same(a->number, b->number);
}

static void better(struct match *m, enum pair_how how, int index, int percent)
{
	if (how < m->how || (how == m->how && index < m->index))
		*m = (struct match){how, index, percent};
}

static void match(struct finder *f, enum pair_how how, int index, int percent)
{
	const struct pair_item *a = &f->items[f->at], *b = &f->items[index];

	if (a->family == b->family)
		return;
	better(&f->best, how, index, percent);
	if (other(a->fund, b->fund))
		better(&f->other_fund, how, index, percent);
}

static void look(struct finder *f, const char *key, enum pair_how how)
{
	const struct group *g = group_of(f, key, false);

	for (int i = 0; g != NULL && i < g->count; i++)
		if (related(&f->items[f->at], &f->items[g->heads[i]], how))
			match(f, how, g->heads[i], 0);
}

static bool alike_to_keys(const struct pair_item *a, const struct pair_item *b)
{
	return a->frames == b->frames && strcmp(a->language, b->language) == 0 &&
	       strcmp(a->fund, b->fund) == 0;
}

static void enter(struct finder *f, const char *key)
{
	struct group *g = group_of(f, key, true);
	int there = 0;

	for (int i = 0; i < g->count; i++) {
		if (!alike_to_keys(&f->items[g->heads[i]], &f->items[f->at]))
			continue;
		if (f->items[g->heads[i]].family == f->items[f->at].family || ++there == 2)
			return;
	}
	g->heads = gather_room(g->heads, g->count, &g->room, sizeof(*g->heads));
	g->heads[g->count++] = f->at;
}

/* The newest of each language stands in such a group. */
static void look_translated(struct finder *f, const char *key)
{
	const struct group *g = group_of(f, key, false);
	const struct pair_item *a = &f->items[f->at];
	int newest = -1;

	for (int i = 0; g != NULL && i < g->count; i++)
		if (g->heads[i] > newest && other(a->language, f->items[g->heads[i]].language))
			newest = g->heads[i];
	if (newest > f->translated && a->family != f->items[newest].family &&
	    !same_file(a, &f->items[newest]))
		f->translated = newest;
}

static void enter_translated(struct finder *f, const char *key)
{
	struct group *g = group_of(f, key, true);

	for (int i = 0; i < g->count; i++)
		if (strcmp(f->items[g->heads[i]].language, f->items[f->at].language) == 0) {
			g->heads[i] = f->at;
			return;
		}
	g->heads = gather_room(g->heads, g->count, &g->room, sizeof(*g->heads));
	g->heads[g->count++] = f->at;
}

static void by_file(struct finder *f, const struct pair_item *a, bool look_first)
{
	char key[KEY_BYTES];

	for (int i = 0; i < 2; i++) {
		snprintf(key, sizeof(key), "f%.64s", a->sha256[i]);
		if (a->sha256[i][0] == '\0' || (i == 1 && same(a->sha256[0], a->sha256[1])))
			continue;
		if (look_first)
			look(f, key, PAIR_SAME_FILE);
		else
			enter(f, key);
	}
}

static void by_title(struct finder *f, const struct pair_item *a, bool look_first)
{
	int64_t second = a->frames / FRAMES_PER_S;
	char key[KEY_BYTES];

	if (a->title[0] == '\0')
		return;
	for (int64_t s = second - look_first; s <= second + look_first; s++) {
		snprintf(key, sizeof(key), "t%lld:%s", (long long)s, a->title);
		if (look_first)
			look(f, key, PAIR_SAME_TITLE);
		else
			enter(f, key);
	}
	snprintf(key, sizeof(key), "n%s:%s", a->number, a->title);
	if (a->number[0] != '\0' && look_first)
		look(f, key, PAIR_SAME_NUMBER);
	else if (a->number[0] != '\0')
		enter(f, key);
}

static void by_language(struct finder *f, const struct pair_item *a, bool look_first)
{
	char keys[2][KEY_BYTES] = {"", ""};

	if (a->language[0] == '\0')
		return;
	if (a->title[0] != '\0')
		snprintf(keys[0], KEY_BYTES, "l%s", a->title);
	if (a->number[0] != '\0' && a->producer[0] != '\0')
		snprintf(keys[1], KEY_BYTES, "p%s:%s", a->number, a->producer);
	for (int i = 0; i < 2; i++) {
		if (keys[i][0] == '\0')
			continue;
		if (look_first)
			look_translated(f, keys[i]);
		else
			enter_translated(f, keys[i]);
	}
}

static enum pair_kind kind_of(const struct pair_item *a, const struct pair_item *b)
{
	if (other(a->fund, b->fund))
		return PAIR_TWO_FUNDS;
	if (a->reused || b->reused || (a->rank != b->rank && (a->rank > 1 || b->rank > 1)))
		return PAIR_REUSE;
	return PAIR_SAME;
}

/* What is used again is the second, however early it came. */
static bool turned(const struct pair_item *first, const struct pair_item *second,
		   enum pair_kind kind)
{
	if (kind != PAIR_REUSE)
		return false;
	return first->reused != second->reused ? first->reused : second->rank > first->rank;
}

static void add(struct finder *f, struct pairs *found, struct match m, enum pair_kind kind)
{
	bool turn = turned(&f->items[m.index], &f->items[f->at], kind);

	found->list = gather_room(found->list, found->count, &found->room, sizeof(*found->list));
	found->list[found->count++] = (struct pair){
		.first = turn ? f->at : m.index, .second = turn ? m.index : f->at, .how = m.how,
		.kind = kind, .percent = m.percent};
}

static void add_found(struct finder *f, struct pairs *found)
{
	const struct pair_item *a = &f->items[f->at];

	if (f->best.index != NONE)
		add(f, found, f->best, kind_of(a, &f->items[f->best.index]));
	if (f->other_fund.index != NONE && f->other_fund.index != f->best.index)
		add(f, found, f->other_fund, PAIR_TWO_FUNDS);
	if (f->translated >= 0 && f->translated != f->best.index &&
	    f->translated != f->other_fund.index)
		add(f, found, (struct match){PAIR_TRANSLATED, f->translated, 0},
		    PAIR_OTHER_LANGUAGE);
}

static int by_later(const void *a, const void *b)
{
	const struct pair_alike *x = a, *y = b;

	return x->later != y->later ? (x->later > y->later) - (x->later < y->later)
				    : (x->earlier > y->earlier) - (x->earlier < y->earlier);
}

static void each_item(struct finder *f, const struct pair_alike *heard, int heard_count)
{
	const struct pair_item *a = &f->items[f->at];

	f->best = f->other_fund = (struct match){.how = PAIR_HOWS, .index = NONE};
	f->translated = -1;
	for (int i = 0; i < heard_count; i++)
		match(f, heard[i].file ? PAIR_SAME_FILE : PAIR_SAME_SOUND, heard[i].earlier,
		      heard[i].percent);
	by_file(f, a, true);
	by_title(f, a, true);
	by_language(f, a, true);
	by_file(f, a, false);
	by_title(f, a, false);
	by_language(f, a, false);
}

void pairs_find(const struct pair_item *items, int count, const struct pair_alike *alike,
		int alike_count, struct pairs *found)
{
	struct finder f = {.items = items, .keys = json_object()};
	struct pair_alike *heard = calloc((size_t)alike_count + 1, sizeof(*heard));
	int next = 0, first;

	must(heard != NULL && f.keys != NULL);
	if (alike_count > 0) {
		memcpy(heard, alike, (size_t)alike_count * sizeof(*heard));
		qsort(heard, (size_t)alike_count, sizeof(*heard), by_later);
	}
	for (f.at = 0; f.at < count; f.at++) {
		for (first = next; next < alike_count && heard[next].later == f.at; next++)
			must(heard[next].earlier < f.at);
		each_item(&f, heard + first, next - first);
		add_found(&f, found);
	}
	for (int i = 0; i < f.count; i++)
		free(f.groups[i].heads);
	free(f.groups);
	free(heard);
	json_decref(f.keys);
}

void pairs_finish(struct pairs *p)
{
	free(p->list);
	*p = (struct pairs){.count = 0};
}

const char *pair_how_code(enum pair_how how)
{
	static const char *const codes[PAIR_HOWS] = {"same-file", "same-sound", "same-title",
						     "same-number", "translated"};

	return codes[how];
}

const char *pair_kind_code(enum pair_kind kind)
{
	static const char *const codes[PAIR_KINDS] = {"two-funds", "reuse", "same",
						      "other-language"};

	return codes[kind];
}

const char *pair_severity(enum pair_kind kind)
{
	static const char *const codes[PAIR_KINDS] = {"red", "amber", "amber", "note"};

	return codes[kind];
}

const char *pair_how_text(enum pair_how how)
{
	switch (how) {
	case PAIR_SAME_FILE:
		return T("cùng một tệp", "the same file");
	case PAIR_SAME_SOUND:
		return T("cùng âm thanh, khác tệp", "the same sound in another file");
	case PAIR_SAME_TITLE:
		return T("cùng tên, thời lượng không khác", "the same title, and no other length");
	case PAIR_SAME_NUMBER:
		return T("cùng tên và số hiệu", "the same title and number");
	default:
		return T("cùng tên hoặc số hiệu, khác tiếng",
			 "the same title or number in another language");
	}
}

const char *pair_kind_text(enum pair_kind kind)
{
	switch (kind) {
	case PAIR_TWO_FUNDS:
		return T("một sản phẩm, hai nguồn kinh phí", "one product, two funds");
	case PAIR_REUSE:
		return T("dùng lại sản phẩm của cấp trên", "a higher level's product used again");
	case PAIR_SAME:
		return T("nghi là một sản phẩm", "perhaps one product");
	default:
		return T("bản ngôn ngữ khác", "another language's version");
	}
}
