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

static struct promise *find(struct promises *p, const char *slot, struct wall start,
			    const char *bulletin)
{
	for (int i = place_of(p, start); i < p->count && p->list[i].start.ns == start.ns; i++)
		if (strcmp(p->list[i].slot, slot) == 0 &&
		    strcmp(p->list[i].bulletin, bulletin) == 0)
			return &p->list[i];
	return NULL;
}

static struct promise *add(struct promises *p, const char *slot, struct wall start,
			   const char *bulletin)
{
	int at = place_of(p, start);

	if (p->count == p->capacity) {
		p->capacity = p->capacity > 0 ? 2 * p->capacity : 64;
		p->list = realloc(p->list, (size_t)p->capacity * sizeof(*p->list));
		must(p->list != NULL);
	}
	memmove(&p->list[at + 1], &p->list[at], (size_t)(p->count - at) * sizeof(*p->list));
	p->count++;
	struct promise *one = &p->list[at];
	*one = (struct promise){.start = start, .due = {INT64_MIN}, .n = -1};
	snprintf(one->slot, sizeof(one->slot), "%s", slot);
	snprintf(one->bulletin, sizeof(one->bulletin), "%s", bulletin);
	return one;
}

static void drop(struct promises *p, struct promise *one)
{
	int at = (int)(one - p->list);

	memmove(one, one + 1, (size_t)(p->count - at - 1) * sizeof(*one));
	p->count--;
}

void promises_tell(struct promises *p, const char *slot, struct wall start, const char *bulletin)
{
	struct promise *one = find(p, slot, start, bulletin);

	if (one != NULL && !one->told)
		drop(p, one);
	else if (one == NULL && start.ns >= p->made_to.ns)
		add(p, slot, start, bulletin)->told = true;
}

struct promise *promises_owe(struct promises *p, const char *slot, struct wall start,
			     const char *bulletin)
{
	/* Two slots of one name at one time are one line in the log. */
	if (find(p, slot, start, bulletin) != NULL)
		return NULL;
	return add(p, slot, start, bulletin);
}

const struct promise *promises_at(const struct promises *p, struct wall start, int *count)
{
	int first = place_of(p, start), end = first;

	while (end < p->count && p->list[end].start.ns == start.ns)
		end++;
	*count = end - first;
	return *count > 0 ? &p->list[first] : NULL;
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

bool promises_broken(struct promises *p, struct wall before, struct wall due, struct promise *out)
{
	for (int i = 0; i < p->count && p->list[i].start.ns < before.ns; i++) {
		if (p->list[i].told || p->list[i].due.ns >= due.ns)
			continue;
		*out = p->list[i];
		drop(p, &p->list[i]);
		return true;
	}
	return false;
}
