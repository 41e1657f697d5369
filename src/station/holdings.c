/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of the entries counts, their times only as far as they agree with it: a decision was in
 * force no later than what came behind it, as station/then.c has it. */
#include "station/holdings.h"

#include "base/json.h"
#include "base/limits.h"
#include "base/must.h"
#include "proof/entry.h"

#include <stdlib.h>
#include <string.h>

#define FEW 1024 /* bulletins at which it is worth while to look for some to forget */

void holdings_finish(struct holdings *h)
{
	for (int i = 0; i < h->count; i++)
		json_decref(h->list[i].entry);
	free(h->list);
	stock_finish(&h->now);
	stock_finish(&h->then);
	*h = (struct holdings){0};
}

/* It airs no more, and no gap that is still to be accounted for held it. */
static bool is_over(const struct bulletin *b, int64_t day)
{
	bool airs = b->state == BULLETIN_APPROVED || bulletin_waits(b);

	/* The bytes that were put aside may be sent once more. */
	return b->aside_n == 0 &&
	       (!airs || (b->has_to && date_to_days(b->to) + GAP_DAYS_MAX + 2 < day));
}

/* Whoever decides on one of these once more decides on a bulletin that nobody knows: then it is
 * judged by nothing. A library of years has few that still air, and thousands that did. */
static void forget(struct stock *s, int *most, struct wall now)
{
	int64_t day = now.ns / (86400 * NS_PER_S);
	int left = 0, over = 0;

	if (s->count <= *most || s->count <= FEW)
		return;
	for (int i = 0; i < s->count; i++)
		over += is_over(&s->list[i], day);
	int spare = over > FEW / 2 ? over - FEW / 2 : 0;
	for (int i = 0; i < s->count; i++)
		if (spare == 0 || !is_over(&s->list[i], day))
			s->list[left++] = s->list[i];
		else
			spare--;
	s->count = left;
	*most = 2 * left;
}

static void decide(struct stock *s, int *most, const struct holding *one)
{
	if (stock_decide(s, one->n, one->entry))
		forget(s, most, one->since);
}

static bool synced(const json_t *entry)
{
	return json_get_bool(json_object_get(entry, "clock"), "synced", false);
}

static void note_edit(struct holdings *h, struct wall since, const json_t *entry)
{
	struct bulletin *b = stock_find(&h->now, json_get_text(entry, "bulletin", ""));

	if (b != NULL && strcmp(json_get_text(entry, "kind", ""), KIND_EDITED) == 0)
		b->decided.ns = synced(entry) ? since.ns : INT64_MAX;
}

static void take_first(struct holdings *h)
{
	decide(&h->then, &h->most[1], &h->list[0]);
	json_decref(h->list[0].entry);
	memmove(&h->list[0], &h->list[1], (size_t)--h->count * sizeof(h->list[0]));
}

void holdings_doubt(struct holdings *h)
{
	h->sure_from.ns = INT64_MAX;
}

void holdings_rest(struct holdings *h, struct wall at)
{
	if (h->sure_from.ns == INT64_MAX && !h->lacking)
		h->sure_from = at;
}

static void add(struct holdings *h, const struct holding *one)
{
	if (h->count == THEN_CHANGES_MAX) {
		holdings_doubt(h);
		take_first(h);
	}
	if (h->count == h->capacity) {
		h->capacity = h->capacity > 0 ? 2 * h->capacity : 16;
		h->list = realloc(h->list, (size_t)h->capacity * sizeof(*h->list));
		must(h->list != NULL);
	}
	for (int i = h->count - 1; i >= 0 && h->list[i].since.ns > one->since.ns; i--)
		h->list[i].since = one->since;
	h->list[h->count] = *one;
	json_incref(h->list[h->count++].entry);
}

/* Among bulletins that were forgotten it decides nothing: it names no single one that must be. */
static bool of_many(const json_t *entry)
{
	static const char *const kinds[] = {KIND_ORDER_SET, KIND_QUARANTINED, KIND_RELEASED};
	const char *kind = json_get_text(entry, "kind", "");
	bool found = false;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		found = found || strcmp(kind, kinds[i]) == 0;
	return found;
}

void holdings_take(struct holdings *h, int64_t n, struct wall since, const json_t *entry)
{
	struct holding one = {n, since, (json_t *)entry};

	if (strcmp(json_get_text(entry, "kind", ""), KIND_RECEIVED) == 0) {
		stock_receive(&h->now, n, entry);
		stock_receive(&h->then, n, entry);
		return;
	}
	if (!of_many(entry) &&
	    stock_find(&h->now, json_get_text(entry, "bulletin", "")) == NULL) {
		h->lacking = true; /* one that was forgotten, or never came */
		holdings_doubt(h);
		return;
	}
	decide(&h->now, &h->most[0], &one);
	note_edit(h, since, entry);
	add(h, &one);
}

bool holdings_vague(const struct holdings *h, int64_t n)
{
	for (int i = h->count - 1; i >= 0 && h->list[i].n > n; i--)
		if (!synced(h->list[i].entry))
			return true;
	return false;
}

struct wall holdings_at(struct holdings *h, struct wall moment)
{
	struct wall last = {INT64_MIN};

	while (h->count > 0 && h->list[0].since.ns <= moment.ns) {
		last = h->list[0].since;
		take_first(h);
	}
	return last;
}

struct wall holdings_next(const struct holdings *h)
{
	return h->count > 0 ? h->list[0].since : (struct wall){INT64_MAX};
}
