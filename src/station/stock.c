/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/stock.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/wording.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stock_finish(struct stock *s)
{
	free(s->list);
	*s = (struct stock){0};
}

/* From both ends: whoever reads a log asks for the newest, at whichever end that is. */
struct bulletin *stock_find(const struct stock *s, const char *id)
{
	for (int i = 0, k = s->count - 1; i <= k; i++, k--) {
		if (strcmp(s->list[k].id, id) == 0)
			return &s->list[k];
		if (strcmp(s->list[i].id, id) == 0)
			return &s->list[i];
	}
	return NULL;
}

void stock_renew(struct bulletin *b, int64_t n, const json_t *entry)
{
	wording_take(entry, b);
	b->state = BULLETIN_RECEIVED;
	b->revision = n;
	b->endorsed_by[0] = b->replaced_by[0] = '\0';
}

/* What was put aside are bytes: sent once more they still are. */
static int64_t aside_of(const struct stock *s, const char *sha256)
{
	for (int i = 0; i < s->count; i++)
		if (strcmp(s->list[i].sha256, sha256) == 0)
			return s->list[i].aside_n;
	return 0;
}

void stock_receive(struct stock *s, int64_t n, const json_t *entry)
{
	struct bulletin b = {.frames = json_get_integer(entry, "frames", 0),
			     .loudness_lufs = json_get_number(entry, "loudness_lufs", NAN),
			     .peak_dbtp = json_get_number(entry, "peak_dbtp", NAN),
			     .noise_db = json_get_number(entry, "noise_db", NAN)};

	if (s->count == BULLETINS_MAX)
		return;
	entry_id('B', n, b.id);
	snprintf(b.sha256, sizeof(b.sha256), "%s", json_get_text(entry, "sha256", ""));
	snprintf(b.replaces, sizeof(b.replaces), "%s", json_get_text(entry, "replaces", ""));
	json_get_time(entry, "at", &b.received);
	stock_renew(&b, n, entry);
	b.aside_n = aside_of(s, b.sha256);
	if (s->count == s->capacity) {
		s->capacity = s->capacity > 0 ? 2 * s->capacity : 64;
		s->list = realloc(s->list, (size_t)s->capacity * sizeof(*s->list));
		must(s->list != NULL);
	}
	s->list[s->count++] = b;
}

/* Words that change while it waits for the second person take the first one's word back. */
static void reword(struct bulletin *b, int64_t n, const json_t *entry)
{
	wording_take(entry, b);
	b->revision = n;
	if (b->state == BULLETIN_ENDORSED)
		b->state = BULLETIN_RECEIVED;
	b->endorsed_by[0] = '\0';
}

static void replace(struct stock *s, const json_t *entry, const struct bulletin *by)
{
	struct bulletin *old = stock_find(s, json_get_text(entry, "replaces", ""));

	if (old == NULL)
		return;
	memcpy(old->replaced_by, by->id, sizeof(old->replaced_by));
	if (bulletin_waits(old) || old->state == BULLETIN_APPROVED)
		old->state = BULLETIN_REPLACED;
}

/* The state that a decision of this kind makes; false: it is none. */
static bool state_after(const char *kind, enum bulletin_state *state)
{
	static const struct {
		const char *kind;
		enum bulletin_state state;
	} decisions[] = {{KIND_APPROVED, BULLETIN_APPROVED},
			 {KIND_ENDORSED, BULLETIN_ENDORSED},
			 {KIND_REFUSED, BULLETIN_REFUSED},
			 {KIND_WITHDRAWN, BULLETIN_WITHDRAWN}};

	for (size_t d = 0; d < sizeof(decisions) / sizeof(decisions[0]); d++) {
		if (strcmp(kind, decisions[d].kind) != 0)
			continue;
		*state = decisions[d].state;
		return true;
	}
	return false;
}

void stock_order(struct stock *s, int64_t n, const json_t *entry)
{
	const json_t *one;
	size_t i;

	json_array_foreach(json_object_get(entry, "bulletins"), i, one) {
		const char *id = json_string_value(one);
		struct bulletin *b = id != NULL ? stock_find(s, id) : NULL;
		if (b == NULL || n < b->order_n)
			continue;
		b->order_n = n;
		b->order_place = (int)i;
		json_get_time(entry, "at", &b->ordered);
		snprintf(b->ordered_by, sizeof(b->ordered_by), "%s",
			 json_get_text(entry, "who", ""));
	}
}

void stock_aside(struct stock *s, int64_t n, const json_t *entry)
{
	bool released = strcmp(json_get_text(entry, "kind", ""), KIND_RELEASED) == 0;
	const char *sha256 = json_get_text(entry, "sha256", "");

	for (int i = 0; i < s->count; i++)
		if (strcmp(s->list[i].sha256, sha256) == 0 && n > s->list[i].aside_n)
			s->list[i].aside_n = released ? 0 : n;
}

static bool is_aside(const char *kind)
{
	return strcmp(kind, KIND_QUARANTINED) == 0 || strcmp(kind, KIND_RELEASED) == 0;
}

bool stock_decide(struct stock *s, int64_t n, const json_t *entry)
{
	const char *kind = json_get_text(entry, "kind", "");
	enum bulletin_state state;
	bool edited = strcmp(kind, KIND_EDITED) == 0;

	if (strcmp(kind, KIND_ORDER_SET) == 0) {
		stock_order(s, n, entry);
		return true;
	}

	if (is_aside(kind)) {
		stock_aside(s, n, entry);
		return true;
	}
	if (!edited && !state_after(kind, &state))
		return false;
	struct bulletin *b = stock_find(s, json_get_text(entry, "bulletin", ""));
	if (b == NULL)
		return false;
	if (edited) {
		reword(b, n, entry);
		return true;
	}
	b->state = state;
	if (state == BULLETIN_APPROVED)
		replace(s, entry, b);
	else if (state == BULLETIN_ENDORSED)
		snprintf(b->endorsed_by, sizeof(b->endorsed_by), "%s",
			 json_get_text(entry, "who", ""));
	return true;
}
