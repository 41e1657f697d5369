/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/newcomers.h"

#include "station/playout.h"

#include <stdio.h>
#include <string.h>

static bool goes_on(const struct occurrence *o, struct wall now)
{
	return o->start.ns <= now.ns && o->start.ns + ns_of_frames(o->length_frames) > now.ns;
}

/* The plan before had it, or the same slot under way by another start. */
static bool known(const struct plan *before, const struct occurrence *o, struct wall now)
{
	for (int i = 0; i < before->count; i++) {
		const struct occurrence *b = &before->list[i];
		if (strcmp(b->slot->name, o->slot->name) == 0 &&
		    (b->start.ns == o->start.ns || goes_on(b, now)))
			return true;
	}
	return false;
}

static bool is_taken(const struct playout *p, const struct occurrence *o)
{
	for (const struct run *r = p->runs; r != NULL; r = r->next)
		if (run_planned(r) && !r->slot.demo && r->anchored &&
		    (r->zones & o->slot->zones) != 0)
			return true;
	return false;
}

void newcomers_note(struct playout *p, const struct plan *before)
{
	struct wall now = playout_now(p);

	for (int i = 0; p->trusted && i < p->plan.count; i++) {
		const struct occurrence *o = &p->plan.list[i];
		if (!goes_on(o, now) || o->slot->demo || o->off != NULL ||
		    p->newcomers.count == NEWCOMERS_MAX || known(before, o, now) ||
		    is_taken(p, o))
			continue;
		struct newcomer *n = &p->newcomers.list[p->newcomers.count++];
		snprintf(n->slot, sizeof(n->slot), "%s", o->slot->name);
		n->start = o->start;
	}
}

void newcomers_open(struct playout *p)
{
	for (int i = 0; i < p->newcomers.count; i++) {
		const struct newcomer *n = &p->newcomers.list[i];
		for (int k = 0; k < p->plan.count; k++)
			if (p->plan.list[k].start.ns == n->start.ns &&
			    strcmp(p->plan.list[k].slot->name, n->slot) == 0)
				run_open_saved(p, p->world, &p->plan.list[k]);
	}
	p->newcomers.count = 0;
}

bool newcomers_over(const struct playout *p, const struct occurrence *o)
{
	struct wall now = {clock_mono(p->clock).ns + p->wall_minus_mono_ns};

	for (int i = 0; i < p->newcomers.count; i++)
		if (p->newcomers.list[i].start.ns == o->start.ns)
			return false;
	return p->trusted && o->start.ns <= now.ns && o->start.ns <= p->opened_to.ns &&
	       run_opened(p, o) == NULL;
}
