/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/select.h"

#include <stdlib.h>
#include <string.h>

void select_approved(struct candidates *c, const struct plan_input *in, int64_t from_day,
		     int64_t to_day, struct arena *a)
{
	c->list = arena_take(a, (size_t)in->bulletin_count, sizeof(*c->list));
	c->count = 0;
	for (int i = 0; i < in->bulletin_count; i++) {
		const struct bulletin *b = &in->bulletins[i];
		int64_t from = b->has_from ? date_to_days(b->from) : INT64_MIN;
		int64_t to = b->has_to ? date_to_days(b->to) : INT64_MAX;
		if (b->state == BULLETIN_APPROVED && b->frames > 0 && from <= to_day &&
		    to >= from_day)
			c->list[c->count++] = (struct candidate){b, from, to};
	}
}

/* Index of word in the list, `count` if it is not there. */
static int position(const char (*list)[CODE_BYTES], int count, const char *word)
{
	int i = 0;

	while (i < count && strcmp(list[i], word) != 0)
		i++;
	return i;
}

static bool has_programme(const struct bulletin *b, const struct play *play)
{
	for (int i = 0; i < b->programme_count; i++)
		if (position(play->programmes, play->programme_count, b->programmes[i]) <
		    play->programme_count)
			return true;
	return play->programme_count == 0;
}

static bool wishes(const struct bulletin *b, const struct slot *slot)
{
	for (int i = 0; i < b->slot_count; i++)
		if (strcmp(b->slots[i], slot->name) == 0)
			return true;
	return b->slot_count == 0;
}

static bool matches(const struct bulletin *b, const struct slot *slot, const struct play *play)
{
	int languages = play->language_count;

	return (languages == 0 || position(play->languages, languages, b->language) < languages) &&
	       has_programme(b, play) && wishes(b, slot);
}

static bool takes(const struct bulletin *b, const struct slot *slot, const struct play *play)
{
	return play->kind == PLAY_BULLETINS && matches(b, slot, play);
}

bool select_fits(const struct bulletin *b, const struct slot *slot, int64_t day)
{
	return takes(b, slot, &slot->play) &&
	       (!b->has_from || date_to_days(b->from) <= day) &&
	       (!b->has_to || date_to_days(b->to) >= day);
}

bool select_takes(const struct bulletin *b, const struct slot *slot)
{
	return takes(b, slot, &slot->play) ||
	       (slot->has_fallback && takes(b, slot, &slot->fallback));
}

static int compare_int64(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int compare_key(const struct bulletin *a, const struct bulletin *b, enum order_key key,
		       const struct play *play)
{
	switch (key) {
	case ORDER_LEVEL:
		return (int)b->level - (int)a->level;
	case ORDER_LANGUAGE:
		return position(play->languages, play->language_count, a->language) -
		       position(play->languages, play->language_count, b->language);
	case ORDER_OLDEST:
		return compare_int64(a->received.ns, b->received.ns);
	case ORDER_NEWEST:
		return compare_int64(b->received.ns, a->received.ns);
	case ORDER_TITLE:
		return strcmp(a->title, b->title);
	}
	return 0;
}

/* Ids are "B" and a number: the shorter is the older. */
static int compare_ids(const char *a, const char *b)
{
	size_t len_a = strlen(a), len_b = strlen(b);

	return len_a != len_b ? (len_a < len_b ? -1 : 1) : strcmp(a, b);
}

/* What the comparison needs besides the two. */
struct ordering {
	const enum order_key *keys;
	int count;
	bool by_level; /* before all keys */
	const struct play *play;
};

static int by_order(const void *a, const void *b, void *arg)
{
	const struct bulletin *x = ((const struct candidate *)a)->bulletin;
	const struct bulletin *y = ((const struct candidate *)b)->bulletin;
	const struct ordering *o = arg;
	/* Priority comes first within its slot (Circular 39/2020) unless the slot itself says where
	 * the level counts. */
	int result = o->by_level ? compare_key(x, y, ORDER_LEVEL, o->play) : 0;

	for (int i = 0; i < o->count && result == 0; i++)
		result = compare_key(x, y, o->keys[i], o->play);
	if (result == 0)
		result = compare_int64(x->received.ns, y->received.ns);
	return result != 0 ? result : compare_ids(x->id, y->id);
}

/* What of the order that was given: the newest first, and what no order names behind all that one
 * does; −1, 0, 1. */
static int compare_orders(const struct bulletin *a, const struct bulletin *b)
{
	int result = compare_int64(b->order_n, a->order_n);

	return result != 0 || a->order_n == 0 ? result : a->order_place - b->order_place;
}

/* Priority bulletins change places among themselves, as somebody ordered them: so that a slot whose
 * own order puts language or age before the level keeps its shape. The road not taken: a key of the
 * comparison, which would then contradict itself over three (A before B by the order, B before C
 * and C before A by the language). */
static void put_in_order(struct candidates *c, struct arena *a)
{
	struct candidate *ranked = arena_take(a, (size_t)c->count, sizeof(*ranked));
	int count = 0;

	for (int i = 0; i < c->count; i++) {
		struct candidate one = c->list[i];
		int k = count;
		if (one.bulletin->level != LEVEL_PRIORITY)
			continue;
		for (; k > 0 && compare_orders(ranked[k - 1].bulletin, one.bulletin) > 0; k--)
			ranked[k] = ranked[k - 1];
		ranked[k] = one;
		count++;
	}
	for (int i = c->count - 1; i >= 0; i--)
		if (c->list[i].bulletin->level == LEVEL_PRIORITY)
			c->list[i] = ranked[--count];
}

void select_slot(struct candidates *c, const struct candidates *all, const struct slot *slot,
		 const struct play *play, struct arena *a)
{
	static const enum order_key usual[] = {ORDER_LEVEL, ORDER_LANGUAGE, ORDER_OLDEST};
	struct ordering o = {.keys = usual, .count = 3, .play = play};

	if (slot->order_count > 0) {
		o.keys = slot->order;
		o.count = slot->order_count;
		o.by_level = true;
	}
	for (int i = 0; i < o.count; i++)
		o.by_level = o.by_level && o.keys[i] != ORDER_LEVEL;
	c->list = arena_take(a, (size_t)all->count, sizeof(*c->list));
	c->count = 0;
	for (int i = 0; i < all->count; i++)
		if (matches(all->list[i].bulletin, slot, play))
			c->list[c->count++] = all->list[i];
	if (c->count > 1)
		qsort_r(c->list, (size_t)c->count, sizeof(*c->list), by_order, &o);
	put_in_order(c, a);
}

int select_day(const struct candidates *c, int64_t day, const struct bulletin **list,
	       int64_t *first, int64_t *last)
{
	int64_t low = *first, high = *last;
	int count = 0;

	/* Each bound of each candidate ends the days on which nothing changes. */
	for (int i = 0; i < c->count; i++) {
		const struct candidate *one = &c->list[i];
		if (one->from_day > day) {
			high = one->from_day - 1 < high ? one->from_day - 1 : high;
		} else if (one->to_day < day) {
			low = one->to_day + 1 > low ? one->to_day + 1 : low;
		} else {
			list[count++] = one->bulletin;
			low = one->from_day > low ? one->from_day : low;
			high = one->to_day < high ? one->to_day : high;
		}
	}
	*first = low;
	*last = high;
	return count;
}
