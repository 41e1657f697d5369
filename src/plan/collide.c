/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/collide.h"

#include "plan/meet.h"

static bool has(const struct collision *c, const struct bulletin *b)
{
	for (int i = 0; i < c->count; i++)
		if (c->list[i] == b)
			return true;
	return false;
}

static void add(struct collision *c, const struct bulletin *b)
{
	if (b != NULL && b->level == LEVEL_PRIORITY && c->count < COLLISION_MAX && !has(c, b))
		c->list[c->count++] = b;
}

/* What finds no place because of another is part of it: it is why somebody should say. What the
 * other slot would break off comes behind what is in its place. */
static void take(struct collision *c, const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++)
		if (!meet_loses(o->meeting, o->items[i].bulletin))
			add(c, o->items[i].bulletin);
	for (const struct meeting *m = o->meeting; m != NULL; m = m->next)
		for (int i = 0; i < m->count; i++)
			add(c, m->list[i]);
	for (int i = 0; i < o->omission_count; i++)
		add(c, o->omissions[i].bulletin);
}

static void sort(struct collision *c)
{
	for (int i = 1; i < c->count; i++)
		for (int k = i; k > 0 && c->list[k]->order_place < c->list[k - 1]->order_place;
		     k--) {
			const struct bulletin *b = c->list[k];
			c->list[k] = c->list[k - 1];
			c->list[k - 1] = b;
		}
}

static void judge(struct collision *c, const struct meeting *first)
{
	c->given = c->list[0]->order_n > 0;
	for (int i = 1; i < c->count; i++)
		c->given = c->given && c->list[i]->order_n == c->list[0]->order_n;
	for (const struct meeting *m = first; m != NULL; m = m->next)
		c->given = c->given && m->given;
	c->who = c->given ? c->list[0]->ordered_by : "";
	c->said = c->given ? c->list[0]->ordered : (struct wall){0};
	if (c->given && first != NULL)
		sort(c);
}

bool collide_at(const struct occurrence *o, struct collision *c)
{
	*c = (struct collision){.at = o, .starts = 1};
	if (!o->slot->demo)
		take(c, o);
	if (c->count < 2)
		return false;
	if (o->meeting != NULL) {
		c->with = o->meeting->with;
		c->with_start = o->meeting->with_start;
	}
	judge(c, o->meeting);
	return true;
}

static bool same(const struct collision *a, const struct collision *b)
{
	bool all = a->count == b->count;

	for (int i = 0; all && i < a->count; i++)
		all = has(b, a->list[i]);
	return all;
}

int collide_find(const struct plan *p, struct wall after, struct collision *list, int most)
{
	int count = 0;

	for (int i = 0; i < p->count; i++) {
		struct collision c;
		int k = 0;
		if (p->list[i].start.ns <= after.ns || !collide_at(&p->list[i], &c))
			continue;
		while (k < count && !same(&list[k], &c))
			k++;
		if (k < count)
			list[k].starts++;
		else if (count < most)
			list[count++] = c;
	}
	return count;
}
