/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bulletin.h"

#include "base/must.h"

#include <string.h>

static const char *const levels[] = {"thong-thuong", "uu-tien", "khan-cap"};
static const char *const states[] = {"received", "approved", "refused", "withdrawn"};

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
	must(state <= BULLETIN_WITHDRAWN);
	return states[state];
}

bool bulletin_state_parse(const char *text, enum bulletin_state *state)
{
	int i = find(states, 4, text);

	if (i >= 0)
		*state = (enum bulletin_state)i;
	return i >= 0;
}

bool bulletin_may_air(const struct bulletin *b, struct date day)
{
	if (b->state != BULLETIN_APPROVED)
		return false;
	if (b->has_from && date_compare(day, b->from) < 0)
		return false;
	return !b->has_to || date_compare(day, b->to) <= 0;
}
