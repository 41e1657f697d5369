/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/kept.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/playout.h"
#include "station/record.h"

#include <limits.h>
#include <string.h>

static const struct occurrence *planned(const struct playout *p, const struct run *r)
{
	for (int i = 0; i < p->plan.count; i++)
		if (p->plan.list[i].start.ns == r->start.ns &&
		    strcmp(p->plan.list[i].slot->name, r->slot.name) == 0)
			return &p->plan.list[i];
	return NULL;
}

static bool holds(const struct occurrence *o, const char *sha256)
{
	for (int i = 0; o != NULL && i < o->item_count; i++) {
		const struct plan_item *item = &o->items[i];
		const char *its = item->bulletin != NULL ? item->bulletin->sha256
				  : item->asset != NULL	 ? item->asset->sha256
							 : "";
		if (strcmp(its, sha256) == 0)
			return true;
	}
	return false;
}

void kept_note(struct playout *p)
{
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		bool of_plan = run_planned(r) && r->part_of == NULL;
		const struct occurrence *o = of_plan ? planned(p, r) : NULL;
		for (int i = 0; of_plan && i < r->item_count; i++) {
			struct airing *a = &r->items[i];
			if (a->state != AIRING_PLANNED || !a->logged || a->kept ||
			    a->resumes[0] != '\0' ||
			    holds(o, airing_sha256(a)))
				continue;
			record_kept(p, r, a);
			a->kept = true;
		}
	}
}

struct closing {
	int64_t since; /* index of the last station.started */
	json_t *list;  /* of plan.kept, newest first */
};

static bool collect(const struct event_row *row, void *arg)
{
	struct closing *c = arg;
	struct err ignored;

	if (row->n < c->since)
		return false;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	if (entry != NULL)
		json_array_append_new(c->list, entry);
	return true;
}

struct lookup {
	const json_t *missed;
	bool known;
};

static bool compare(const struct airing_row *row, void *arg)
{
	struct lookup *l = arg;

	l->known = strcmp(row->bulletin, json_get_text(l->missed, "bulletin", "")) == 0 &&
		   strcmp(row->sha256, json_get_text(l->missed, "sha256", "")) == 0;
	return !l->known;
}

/* The power failed before it; the program was not there though the machine was; or there is nobody
 * any more who would play it: the plan of this start does not hold it. */
static enum reason reason_at(const struct desk *d, struct wall planned, enum reason end)
{
	struct wall now = clock_wall(d->clock);
	int64_t up_ns = d->boot.since.ns + now.ns - clock_mono(d->clock).ns;

	if (planned.ns >= now.ns)
		return REASON_TIMETABLE_CHANGED;
	return end == REASON_POWER_OFF && planned.ns >= up_ns ? REASON_PROGRAM_ENDED : end;
}

static bool close_one(struct desk *d, const json_t *kept, enum reason end, struct err *e)
{
	struct lookup l = {.missed = json_object_get(kept, "missed")};
	struct wall occurrence, planned;
	int64_t n;

	if (!json_get_time(l.missed, "occurrence", &occurrence) ||
	    !json_get_time(l.missed, "planned", &planned))
		return true; /* an older or newer program's: nothing that we could make good */
	if (!reader_occurrence(ledger_view(d->ledger), json_get_text(l.missed, "slot", ""),
			       occurrence, compare, &l, e))
		return false;
	const char *reason = reason_code(reason_at(d, planned, end));
	return l.known || ledger_append(d->ledger, entry_kept_missed(kept, reason), &n, e);
}

bool kept_close(struct desk *d, enum reason end, struct err *e)
{
	json_t *started = NULL, *kept;
	size_t i;

	if (!reader_last(ledger_view(d->ledger), KIND_STARTED, &started, e))
		return false;
	struct closing c = {.since = json_get_integer(started, "n", -1), .list = json_array()};
	bool ok = reader_kind(ledger_view(d->ledger), KIND_KEPT, INT_MAX, collect, &c, e);

	json_array_foreach(c.list, i, kept)
		ok = ok && close_one(d, kept, end, e);
	json_decref(c.list);
	json_decref(started);
	return ok;
}
