/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/quarantine.h"

#include "base/json.h"
#include "base/must.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/reason.h"
#include "station/desk.h"
#include "station/playout.h"
#include "station/record.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static int find(const struct quarantine *q, const char *sha256)
{
	for (int i = 0; i < q->count; i++)
		if (strcmp(q->list[i].sha256, sha256) == 0)
			return i;
	return -1;
}

bool quarantine_has(const struct quarantine *q, const char *sha256)
{
	return find(q, sha256) >= 0;
}

static void drop(struct quarantine *q, int i)
{
	q->count--;
	memmove(&q->list[i], &q->list[i + 1], (size_t)(q->count - i) * sizeof(q->list[0]));
}

static void add(struct quarantine *q, const char *sha256, const char *item, struct wall at)
{
	if (sha256[0] == '\0' || find(q, sha256) >= 0)
		return;
	if (q->count == QUARANTINE_MAX)
		drop(q, 0);
	struct quarantined *one = &q->list[q->count++];
	snprintf(one->sha256, sizeof(one->sha256), "%s", sha256);
	snprintf(one->item, sizeof(one->item), "%s", item);
	one->at = at;
}

static const struct tz *tz_of(const struct desk *d)
{
	return &d->world.files->settings.tz;
}

struct releases {
	int64_t since; /* entries before it are passed over */
	struct quarantine *q;
	const char *sha256; /* of these bytes only, and when; NULL: all */
	int64_t last_n;
};

static bool take_release(const struct event_row *row, void *arg)
{
	struct releases *r = arg;
	struct err ignored;

	if (row->n < r->since)
		return false;
	json_t *entry = json_read(row->text, strlen(row->text), &ignored);
	const char *sha256 = json_get_text(entry, "sha256", "");
	if (r->q != NULL && find(r->q, sha256) >= 0)
		drop(r->q, find(r->q, sha256));
	if (r->sha256 != NULL && strcmp(sha256, r->sha256) == 0 && row->n > r->last_n)
		r->last_n = row->n;
	json_decref(entry);
	return true;
}

bool quarantine_find(struct desk *d, const json_t *started, struct quarantine *q, struct err *e)
{
	struct releases r = {.since = json_get_integer(started, "n", -1), .q = q};
	const json_t *one;
	struct wall at;
	size_t i;

	*q = (struct quarantine){0};
	json_array_foreach(json_object_get(started, "quarantine"), i, one)
		if (json_get_time(one, "at", &at))
			add(q, json_get_text(one, "sha256", ""), json_get_text(one, "item", ""),
			    at);
	return reader_kind(ledger_view(d->ledger), KIND_RELEASED, INT_MAX, take_release, &r, e);
}

struct before {
	const struct airing_row *row;
	int64_t from_n, to_n; /* outcomes in entries between */
	int64_t n;	      /* of the latest; −1 none */
	bool crashed;
	char id[ID_BYTES];
};

static bool take_before(const struct airing_row *row, void *arg)
{
	struct before *b = arg;

	if (strcmp(row->sha256, b->row->sha256) != 0 || strcmp(row->id, b->row->id) == 0 ||
	    row->id[0] != 'A' || row->ended_n <= b->from_n || row->ended_n >= b->to_n ||
	    row->ended_n <= b->n)
		return true;
	b->n = row->ended_n;
	b->crashed = strcmp(row->result, "interrupted") == 0 &&
		     strcmp(row->reason, reason_code(REASON_PROGRAM_ENDED)) == 0;
	memcpy(b->id, row->id, sizeof(b->id));
	return true;
}

bool quarantine_crashed(struct desk *d, struct quarantine *q, const struct airing_row *row,
			int64_t recovered_n, struct err *e)
{
	struct wall planned = {row->planned_ms * NS_PER_MS};
	struct releases r = {.since = -1, .sha256 = row->sha256, .last_n = -1};
	struct before b = {.row = row, .to_n = recovered_n, .n = -1};
	const char *item = row->bulletin[0] != '\0' ? row->bulletin : row->file;
	int64_t n, days_ns = QUARANTINE_DAYS * 86400 * NS_PER_S;

	if (row->sha256[0] == '\0' || quarantine_has(q, row->sha256))
		return true;
	if (!reader_kind(ledger_view(d->ledger), KIND_RELEASED, INT_MAX, take_release, &r, e))
		return false;
	b.from_n = r.last_n;
	if (!reader_airings(ledger_view(d->ledger), wall_add_ns(planned, -days_ns),
			    wall_add_ns(planned, days_ns), take_before, &b, e))
		return false;
	if (!b.crashed)
		return true;
	add(q, row->sha256, item, clock_wall(d->clock));
	return ledger_append(d->ledger, entry_item_quarantined(item, row->sha256, b.id, row->id),
			     &n, e);
}

json_t *quarantine_json(const struct quarantine *q, const struct desk *d)
{
	json_t *list = json_array();

	for (int i = 0; i < q->count; i++) {
		json_t *one = json_pack("{s:s, s:s, s:o}", "item", q->list[i].item, "sha256",
					q->list[i].sha256, "at",
					json_time(q->list[i].at, tz_of(d)));
		must(one != NULL);
		json_array_append_new(list, one);
	}
	return list;
}

bool quarantine_release(struct playout *p, const char *item, const char *who, struct err *e)
{
	struct quarantine *q = &p->quarantine;

	for (int i = 0; i < q->count; i++) {
		if (strcmp(q->list[i].item, item) != 0)
			continue;
		record_entry(p, entry_item_released(item, q->list[i].sha256, who));
		drop(q, i);
		p->changes++;
		return true;
	}
	return err_set(e, ERR_NOT_FOUND, T("\"%.80s\" không bị để riêng",
					   "\"%.80s\" was not put aside"), item);
}

json_t *quarantine_banners(const struct playout *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->quarantine.count; i++) {
		json_t *said = saying(SAYING_QUARANTINED);
		json_object_set_new(said, "item", json_text(p->quarantine.list[i].item));
		json_object_set_new(said, "at", json_time(p->quarantine.list[i].at,
							  &p->world->settings->tz));
		json_array_append_new(list, said);
	}
	return list;
}
