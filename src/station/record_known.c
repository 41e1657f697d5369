/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the log knows already, or will once the disk takes what waits. */
#include "station/record.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/playout.h"
#include "station/relaying.h"
#include "sys/log.h"

#include <string.h>

struct lookup {
	const char *bulletin, *sha256;
	bool due;
	const char *relay; /* "relay:vov1", NULL: something else */
	bool missed;	   /* a row that it aired does not count */
	bool known;
};

/* The clock leapt over it and was set back: it was not missed after all. */
static bool taken_back(const struct lookup *l, const char *reason)
{
	return l->due && strcmp(reason, reason_code(REASON_CLOCK_FORWARD)) == 0;
}

static bool compare(const struct airing_row *row, void *arg)
{
	struct lookup *l = arg;

	l->known = strcmp(row->bulletin, l->bulletin) == 0 &&
		   strcmp(row->sha256, l->sha256) == 0 && !taken_back(l, row->reason) &&
		   (l->relay == NULL || strcmp(row->file, l->relay) == 0) &&
		   (!l->missed || row->id[0] == 'M');
	return !l->known;
}

/* Will it be a row? That a relay was lost, or is back, names the slot as well, and is none. */
static bool is_row(const struct lookup *l, const json_t *entry)
{
	const char *kind = json_get_text(entry, "kind", "");

	return strcmp(kind, KIND_MISSED) == 0 ||
	       (!l->missed && (strcmp(kind, KIND_INTENDED) == 0 || strcmp(kind, KIND_ENDED) == 0));
}

static bool is_same(const struct lookup *l, const struct slot *slot, struct wall occurrence,
		    const json_t *entry)
{
	struct wall start;

	return is_row(l, entry) && strcmp(json_get_text(entry, "slot", ""), slot->name) == 0 &&
	       strcmp(json_get_text(entry, "bulletin", ""), l->bulletin) == 0 &&
	       strcmp(json_get_text(entry, "sha256", ""), l->sha256) == 0 &&
	       !taken_back(l, json_get_text(entry, "reason", "")) &&
	       (l->relay == NULL || strcmp(json_get_text(entry, "relay", ""),
					   l->relay + strlen(RELAY_PATH)) == 0) &&
	       json_get_time(entry, "occurrence", &start) &&
	       start.ns / NS_PER_MS == occurrence.ns / NS_PER_MS;
}

/* What the disk did not take is known all the same, and must not be said twice once it does. */
static bool waits_to_be_written(struct playout *p, const struct slot *slot, struct wall occurrence,
				const struct lookup *l)
{
	const json_t *entry;
	size_t i;

	json_array_foreach(p->unwritten, i, entry)
		if (is_same(l, slot, occurrence, entry))
			return true;
	return false;
}

/* An intent that the disk hangs on: whatever becomes of it, its airing tells. */
static bool is_on_its_way(struct playout *p, const struct slot *slot, struct wall occurrence,
			  const struct lookup *l)
{
	for (const struct run *r = p->runs; r != NULL; r = r->next)
		for (int i = 0; i < r->item_count; i++)
			if (airing_intent_is_out(p, &r->items[i]) &&
			    is_same(l, slot, occurrence, r->items[i].intent))
				return true;
	return false;
}

static bool look_up(struct playout *p, const struct slot *slot, struct wall occurrence,
		    struct lookup *l)
{
	struct err e = {0};

	if (!reader_occurrence(ledger_view(p->ledger), slot->name, occurrence, compare, l, &e))
		log_warn("%s", e.text);
	return l->known || waits_to_be_written(p, slot, occurrence, l) ||
	       is_on_its_way(p, slot, occurrence, l);
}

bool record_relay_missed(struct playout *p, const struct run *r, const struct asset *relay)
{
	struct lookup l = {.bulletin = "", .sha256 = relay->sha256, .relay = relay->path,
			   .missed = true};

	return look_up(p, &r->slot, r->start, &l);
}

bool record_known(struct playout *p, const struct slot *slot, struct wall occurrence,
		  const struct bulletin *bulletin, const struct asset *asset, bool due)
{
	struct lookup l = {.bulletin = "", .sha256 = "", .due = due};

	if (bulletin != NULL) {
		l.bulletin = bulletin->id;
		l.sha256 = bulletin->sha256;
	} else if (asset != NULL) {
		l.sha256 = asset->sha256;
	}
	if (asset != NULL && strncmp(asset->path, RELAY_PATH, strlen(RELAY_PATH)) == 0)
		l.relay = asset->path;
	return look_up(p, slot, occurrence, &l);
}

static bool any_row(const struct airing_row *row, void *arg)
{
	(void)row;
	*(bool *)arg = true;
	return false;
}

bool record_begun(struct playout *p, const struct slot *slot, struct wall occurrence)
{
	bool begun = false;
	struct err e = {0};

	if (!reader_occurrence(ledger_view(p->ledger), slot->name, occurrence, any_row, &begun, &e))
		log_warn("%s", e.text);
	return begun;
}
