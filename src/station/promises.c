/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/promises.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void promises_finish(struct promises *p)
{
	free(p->list);
	*p = (struct promises){0};
}

/* The first that does not start earlier. */
static int place_of(const struct promises *p, struct wall start)
{
	int low = 0, high = p->count;

	while (low < high) {
		int middle = (low + high) / 2;

		if (p->list[middle].start.ns < start.ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct promise *find(struct promises *p, const char *slot, struct wall start)
{
	for (int i = place_of(p, start); i < p->count && p->list[i].start.ns == start.ns; i++)
		if (strcmp(p->list[i].slot, slot) == 0)
			return &p->list[i];
	return NULL;
}

static void add(struct promises *p, const char *slot, struct wall start, bool told)
{
	int at = place_of(p, start);

	if (p->count == p->capacity) {
		p->capacity = p->capacity > 0 ? 2 * p->capacity : 64;
		p->list = realloc(p->list, (size_t)p->capacity * sizeof(*p->list));
		must(p->list != NULL);
	}
	memmove(&p->list[at + 1], &p->list[at], (size_t)(p->count - at) * sizeof(*p->list));
	p->count++;
	p->list[at] = (struct promise){.start = start, .told = told};
	snprintf(p->list[at].slot, sizeof(p->list[at].slot), "%s", slot);
}

static void drop(struct promises *p, struct promise *one)
{
	int at = (int)(one - p->list);

	memmove(one, one + 1, (size_t)(p->count - at - 1) * sizeof(*one));
	p->count--;
}

void promises_tell(struct promises *p, const char *slot, struct wall start)
{
	struct promise *one = find(p, slot, start);

	if (one != NULL && !one->told)
		drop(p, one);
	else if (one == NULL && start.ns >= p->made_to.ns)
		add(p, slot, start, true);
}

void promises_owe(struct promises *p, const char *slot, struct wall start)
{
	struct promise *one = find(p, slot, start);

	/* Two slots of one name at one time are one line in the log. */
	if (one == NULL)
		add(p, slot, start, false);
}

void promises_made(struct promises *p, struct wall to)
{
	int left = 0;

	if (to.ns <= p->made_to.ns)
		return;
	p->made_to = to;
	for (int i = 0; i < p->count; i++)
		if (!p->list[i].told || p->list[i].start.ns >= to.ns)
			p->list[left++] = p->list[i];
	p->count = left;
}

bool promises_broken(struct promises *p, struct wall before, struct promise *out)
{
	for (int i = 0; i < p->count && p->list[i].start.ns < before.ns; i++) {
		if (p->list[i].told)
			continue;
		*out = p->list[i];
		drop(p, &p->list[i]);
		return true;
	}
	return false;
}
