/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/cutoffs.h"

#include "proof/entry.h"
#include "station/comeback.h"
#include "station/playout.h"
#include "station/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So near to its end it is heard, as far as anybody can tell: DIR/alive is written every second,
 * and sound is mixed ahead. */
#define NEARLY_NS (5 * NS_PER_S)

static void drop(struct cutoffs *c, int i)
{
	c->count--;
	memmove(&c->list[i], &c->list[i + 1], (size_t)(c->count - i) * sizeof(c->list[0]));
}

void cutoffs_add(struct cutoffs *c, const struct airing_row *row, struct wall at)
{
	if (row->slot[0] == '\0' || row->emergency[0] != '\0' ||
	    strncmp(row->file, RELAY_PATH, strlen(RELAY_PATH)) == 0)
		return;
	if (c->count == CUTOFFS_MAX)
		drop(c, 0);
	struct cutoff *one = &c->list[c->count++];
	*one = (struct cutoff){
		.start = {row->occurrence_ms * NS_PER_MS},
		.ends = {(row->planned_ms + row->planned_length_ms) * NS_PER_MS},
		.at = at, .why = REASON_LATE,
	};
	snprintf(one->airing, sizeof(one->airing), "%s", row->id);
	snprintf(one->slot, sizeof(one->slot), "%s", row->slot);
	snprintf(one->bulletin, sizeof(one->bulletin), "%s", row->bulletin);
	snprintf(one->sha256, sizeof(one->sha256), "%s", row->sha256);
}

static bool is_of(const struct cutoff *c, const struct occurrence *o)
{
	return c->start.ns == o->start.ns && strcmp(c->slot, o->slot->name) == 0 &&
	       o->slot->play.kind != PLAY_RELAY;
}

static bool is_item(const struct cutoff *c, const struct plan_item *item)
{
	if (item->kind == ITEM_BULLETIN)
		return strcmp(c->bulletin, item->bulletin->id) == 0 &&
		       strcmp(c->sha256, item->bulletin->sha256) == 0;
	return item->kind == ITEM_FILE && c->bulletin[0] == '\0' &&
	       strcmp(c->sha256, item->asset->sha256) == 0;
}

bool cutoffs_find(const struct playout *p, const struct occurrence *o, struct wall *at)
{
	bool found = false;

	for (int i = 0; i < p->cutoffs.count; i++) {
		const struct cutoff *c = &p->cutoffs.list[i];
		if (!is_of(c, o) || (found && c->at.ns <= at->ns))
			continue;
		*at = c->at;
		found = true;
	}
	return found;
}

static enum reason why_not(const struct playout *p, const struct cutoff *c,
			   const struct occurrence *o, const struct plan_item *item)
{
	if (o->slot->after_break == AFTER_BREAK_DROP)
		return REASON_AFTER_BREAK;
	if (quarantine_has(&p->quarantine, c->sha256))
		return REASON_QUARANTINED;
	if (item->bulletin != NULL && run_allowed(p, false, item->bulletin) == NULL)
		return run_why_not(p, item->bulletin);
	return c->ends.ns - c->at.ns < NEARLY_NS ? REASON_NEARLY_OVER : REASON_COUNT;
}

/* How much finds no place when it is laid from there on. */
static int left_out(const struct plan_input *in, const struct occurrence *o, int64_t offset_frames,
		    const bool *known)
{
	struct occurrence trial = *o;

	trial.own = NULL;
	plan_rejoin(&trial, in, offset_frames, known);
	int count = trial.omission_count + trial.more;
	free(trial.own);
	return count;
}

static struct cutoff *cutoff_of(struct playout *p, const struct occurrence *o,
				const struct plan_item *item)
{
	for (int i = 0; i < p->cutoffs.count; i++)
		if (is_of(&p->cutoffs.list[i], o) && is_item(&p->cutoffs.list[i], item))
			return &p->cutoffs.list[i];
	return NULL;
}

void cutoffs_choose(struct playout *p, const struct plan_input *in, const struct occurrence *o,
		    int64_t offset_frames, bool gone, bool *known)
{
	int without = left_out(in, o, offset_frames, known);

	/* The latest first: it is what should be on now. */
	for (int i = o->item_count - 1; i >= 0; i--) {
		struct cutoff *c = cutoff_of(p, o, &o->items[i]);
		if (c == NULL || !known[i])
			continue;
		c->why = gone ? REASON_TIMETABLE_CHANGED : why_not(p, c, o, &o->items[i]);
		if (c->why != REASON_COUNT)
			continue;
		known[i] = false;
		c->anew = left_out(in, o, offset_frames, known) <= without;
		known[i] = !c->anew;
		c->why = REASON_SLOT_FULL;
	}
}

static struct airing *find_airing(struct run *r, const struct cutoff *c)
{
	for (int i = 0; r != NULL && c->anew && i < r->item_count; i++)
		if (is_item(c, &r->items[i].item))
			return &r->items[i];
	return NULL;
}

void cutoffs_settle(struct playout *p, const struct occurrence *o, struct run *r)
{
	for (int i = p->cutoffs.count - 1; i >= 0; i--) {
		struct cutoff *c = &p->cutoffs.list[i];
		if (!is_of(c, o))
			continue;
		struct airing *a = find_airing(r, c);
		if (a != NULL) {
			record_entry(p, entry_plan_broken(c->airing, "restart", 0));
			snprintf(a->resumes, sizeof(a->resumes), "%s", c->airing);
		} else {
			comeback_dropped(p, c->airing, c->why);
		}
		drop(&p->cutoffs, i);
	}
}
