/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bulletin.h"

#include "base/must.h"

#include <string.h>

static const char *const levels[] = {"thong-thuong", "uu-tien", "khan-cap"};
static const char *const states[] = {"received",	"approved", "refused",
				     "withdrawn", "replaced", "endorsed"};

/* Index of text among count words, −1 if it is none of them. */
static int find(const char *const *words, int count, const char *text)
{
	for (int i = 0; i < count; i++)
		if (strcmp(words[i], text) == 0)
			return i;
	return -1;
}

const char *level_code(enum level level)
{
	must(level <= LEVEL_URGENT);
	return levels[level];
}

bool level_parse(const char *text, enum level *level)
{
	int i = find(levels, 3, text);

	if (i >= 0)
		*level = (enum level)i;
	return i >= 0;
}

const char *bulletin_state_code(enum bulletin_state state)
{
	must(state < BULLETIN_STATES);
	return states[state];
}

bool bulletin_state_parse(const char *text, enum bulletin_state *state)
{
	int i = find(states, BULLETIN_STATES, text);

	if (i >= 0)
		*state = (enum bulletin_state)i;
	return i >= 0;
}

bool bulletin_waits(const struct bulletin *b)
{
	return b->state == BULLETIN_RECEIVED || b->state == BULLETIN_ENDORSED;
}

static bool days_within(const struct bulletin *was, const struct bulletin *b)
{
	if (was->has_from && (!b->has_from || date_compare(b->from, was->from) < 0))
		return false;
	return !was->has_to || (b->has_to && date_compare(b->to, was->to) <= 0);
}

static bool wishes_slot(const struct bulletin *b, const char *slot)
{
	for (int i = 0; i < b->slot_count; i++)
		if (strcmp(b->slots[i], slot) == 0)
			return true;
	return false;
}

/* None wished: any will do. */
static bool slots_within(const struct bulletin *was, const struct bulletin *b)
{
	if (was->slot_count == 0)
		return true;
	for (int i = 0; i < b->slot_count; i++)
		if (!wishes_slot(was, b->slots[i]))
			return false;
	return b->slot_count > 0;
}

static bool same_programmes(const struct bulletin *was, const struct bulletin *b)
{
	bool same = was->programme_count == b->programme_count;

	for (int i = 0; same && i < b->programme_count; i++)
		same = strcmp(was->programmes[i], b->programmes[i]) == 0;
	return same;
}

bool bulletin_narrows(const struct bulletin *was, const struct bulletin *b)
{
	return strcmp(was->title, b->title) == 0 && strcmp(was->language, b->language) == 0 &&
	       strcmp(was->kind, b->kind) == 0 && strcmp(was->fund, b->fund) == 0 &&
	       same_programmes(was, b) && b->level <= was->level && days_within(was, b) &&
	       slots_within(was, b);
}

bool bulletin_may_air(const struct bulletin *b, struct date day)
{
	if (b->state != BULLETIN_APPROVED)
		return false;
	if (b->has_from && date_compare(day, b->from) < 0)
		return false;
	return !b->has_to || date_compare(day, b->to) <= 0;
}
