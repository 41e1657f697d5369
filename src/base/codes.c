/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/codes.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

void codes_finish(struct codes *c)
{
	free(c->list);
	*c = (struct codes){0};
}

struct code *codes_add(struct codes *c)
{
	if (c->count == CODES_MAX)
		return NULL;
	c->list = realloc(c->list, sizeof(*c->list) * (size_t)(c->count + 1));
	must(c->list != NULL);
	c->list[c->count] = (struct code){.from = {1, 1, 1}, .to = {9999, 12, 31}};
	return &c->list[c->count++];
}

const struct code *codes_at(const struct codes *c, const char *code, struct date day)
{
	for (int i = 0; i < c->count; i++)
		if (strcmp(c->list[i].code, code) == 0 &&
		    date_compare(c->list[i].from, day) <= 0 &&
		    date_compare(day, c->list[i].to) <= 0)
			return &c->list[i];
	return NULL;
}

/* Whether a is nearer to the day than b: ended before it and later than b, else begins earlier. */
static bool nearer(const struct code *a, const struct code *b, struct date day)
{
	bool a_before = date_compare(a->to, day) < 0, b_before = date_compare(b->to, day) < 0;

	if (a_before != b_before)
		return a_before;
	return a_before ? date_compare(a->to, b->to) > 0 : date_compare(a->from, b->from) < 0;
}

const struct code *codes_named(const struct codes *c, const char *code, struct date day)
{
	const struct code *best = codes_at(c, code, day);

	if (best != NULL)
		return best;
	for (int i = 0; i < c->count; i++)
		if (strcmp(c->list[i].code, code) == 0 &&
		    (best == NULL || nearer(&c->list[i], best, day)))
			best = &c->list[i];
	return best;
}
