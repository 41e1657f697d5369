/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/covered.h"

#include "base/fold.h"
#include "base/gather.h"
#include "base/json.h"
#include "proof/registers.h"

#include <stdlib.h>

/* Keys of the three kinds never meet. */
enum { BY_NAME, BY_LOG, BY_CODE };

static void add(struct covered *c, struct covered_place place)
{
	c->list = gather_room(c->list, c->count, &c->room, sizeof(*c->list));
	c->list[c->count++] = place;
	c->mixed = true;
}

struct reading {
	struct covered *to;
	const struct report *r;
	struct date day;
};

static struct covered_place place_of(const struct reading *g, const char *name)
{
	const struct report *r = g->r;
	const char *code = r->place_of != NULL ? r->place_of(r->places_arg, name, g->day) : NULL;
	char plain[TITLE_BYTES];

	if (code != NULL)
		return (struct covered_place){.key = numbers_hash(code, BY_CODE), .code = code,
					      .named = true};
	fold_plain(name, plain, sizeof(plain));
	return (struct covered_place){.key = numbers_hash(plain, BY_NAME), .named = true};
}

static bool each_station(const struct register_row *row, void *arg)
{
	const struct reading *g = arg;
	struct date since, until;

	if (!date_parse(json_get_text(row->fields, "since", "0001-01-01"), &since) ||
	    !date_parse(json_get_text(row->fields, "until", "9999-12-31"), &until) ||
	    !json_get_bool(row->fields, "in_scope", false) ||
	    date_compare(since, g->day) > 0 || date_compare(until, g->day) < 0)
		return true;
	struct covered_place place = place_of(g, json_get_text(row->fields, "place", ""));
	place.begun = period_day(&g->r->period, since) >= 0;
	add(g->to, place);
	return true;
}

bool covered_read(struct covered *c, const struct report *r, struct date day, struct err *e)
{
	struct reading g = {c, r, day};

	return registers_rows(r->view, "stations", each_station, &g, e);
}

void covered_alone(struct covered *c, const char *name)
{
	add(c, (struct covered_place){.key = numbers_hash(name, BY_LOG)});
}

void covered_join(struct covered *to, const struct covered *from)
{
	for (int i = 0; i < from->count; i++)
		add(to, from->list[i]);
}

static int by_key(const void *a, const void *b)
{
	const struct covered_place *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

/* A place with two stations is covered once, and had begun if one of them did. */
static void settle(struct covered *c)
{
	int count = 0;

	if (!c->mixed)
		return;
	qsort(c->list, (size_t)c->count, sizeof(*c->list), by_key);
	for (int i = 0; i < c->count; i++) {
		if (count > 0 && c->list[count - 1].key == c->list[i].key)
			c->list[count - 1].begun |= c->list[i].begun;
		else
			c->list[count++] = c->list[i];
	}
	c->count = count;
	c->mixed = false;
}

static bool counts(const struct covered_place *p, const struct report *r,
		   const struct report_target *t, struct date day)
{
	return p->code == NULL || r->lies_in == NULL ||
	       r->lies_in(r->places_arg, t, p->code, day);
}

int64_t covered_count(struct covered *c, const struct report *r, const struct report_target *t,
		      struct date day, int64_t *begun)
{
	int64_t count = 0;

	*begun = 0;
	settle(c);
	for (int i = 0; i < c->count; i++) {
		if (!counts(&c->list[i], r, t, day))
			continue;
		count++;
		*begun += c->list[i].begun;
	}
	return count;
}

int64_t covered_unknown(struct covered *c)
{
	int64_t count = 0;

	settle(c);
	for (int i = 0; i < c->count; i++)
		count += c->list[i].named && c->list[i].code == NULL;
	return count;
}

void covered_finish(struct covered *c)
{
	free(c->list);
	*c = (struct covered){0};
}
