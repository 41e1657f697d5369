/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds: recordings that an inspection wants kept, however old they grow. */
#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/keep.h"
#include "station/commands.h"
#include "station/persons.h"
#include "station/station.h"

#include <string.h>

static const struct tz *tz_of(const struct request *rq)
{
	return &rq->desk->world.files->settings.tz;
}

/* Both days included. */
static bool days(struct request *rq, struct wall *from, struct wall *to, struct err *e)
{
	struct date first, last;

	if (!request_days(rq, &first, &last, e))
		return false;
	*from = tz_wall(tz_of(rq), first, 0);
	*to = tz_wall(tz_of(rq), date_add_days(last, 1), 0);
	return true;
}

static bool zone_field(struct request *rq, const char **zone, struct err *e)
{
	if (!request_text(rq, "zone", false, zone, e))
		return false;
	if (*zone[0] == '\0' || settings_zone(&rq->desk->world.files->settings, *zone) >= 0)
		return true;
	return err_set(e, ERR_REFUSED,
		       T("không có cụm loa \"%.60s\"; bỏ trống cụm loa để giữ của mọi cụm",
			 "there is no zone \"%.60s\"; name none to hold those of all"), *zone);
}

static void add_time(json_t *o, const char *key, int64_t ms, const struct tz *tz)
{
	json_object_set_new(o, key, ms != 0 ? json_time((struct wall){ms * NS_PER_MS}, tz)
					    : json_null());
}

static json_t *hold_json(const struct hold_row *h, const struct tz *tz)
{
	json_t *o = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "id", h->id, "zone",
			      json_text(h->zone), "reason", json_text(h->reason), "who",
			      json_text(h->who), "lifted_by", json_text(h->lifted_by),
			      "lifted_why", json_text(h->lifted_why));
	char day[11];

	must(o != NULL);
	date_print(tz_date(tz, (struct wall){h->from_ms * NS_PER_MS}, NULL), day);
	json_object_set_new(o, "from", json_string(day));
	date_print(tz_date(tz, (struct wall){(h->to_ms - 1) * NS_PER_MS}, NULL), day);
	json_object_set_new(o, "to", json_string(day));
	add_time(o, "at", h->at_ms, tz);
	add_time(o, "lifted", h->lifted_ms, tz);
	return o;
}

/* The answer and the page's figure say what is so from now on. */
static bool tell(struct request *rq, const char *id, json_t *reply, struct err *e)
{
	struct view *v = ledger_view(rq->desk->ledger);
	struct keep_covered covered;
	struct hold_row h;

	if (rq->station != NULL)
		keeping_count(&rq->station->keeping);
	if (!keep_hold(v, id, &h, e) || !keep_covered(v, &h, &covered, e))
		return false;
	json_object_set_new(reply, "hold", hold_json(&h, tz_of(rq)));
	json_object_set_new(reply, "recordings", json_integer(covered.there));
	json_object_set_new(reply, "removed", json_integer(covered.removed));
	return true;
}

static bool hold(struct request *rq, json_t *reply, struct err *e)
{
	const char *zone, *reason;
	struct wall from = {0}, to = {0};
	char id[ID_BYTES];
	int64_t n;

	if (!days(rq, &from, &to, e) || !zone_field(rq, &zone, e) ||
	    !request_text(rq, "reason", true, &reason, e) ||
	    !ledger_append(rq->desk->ledger,
			   keep_entry_held(from, to, zone, reason, rq->who, tz_of(rq)), &n, e))
		return false;
	entry_id('H', n, id);
	return tell(rq, id, reply, e);
}

static bool unhold(struct request *rq, json_t *reply, struct err *e)
{
	const char *id, *reason;
	struct hold_row h;
	int64_t n;

	if (!request_text(rq, "hold", true, &id, e) ||
	    !request_text(rq, "reason", true, &reason, e) ||
	    !keep_hold(ledger_view(rq->desk->ledger), id, &h, e))
		return false;
	if (h.lifted_n >= 0)
		return err_set(e, ERR_CONFLICT, T("lệnh giữ %s đã được bỏ rồi",
						  "the hold %s was lifted already"), h.id);
	return ledger_append(rq->desk->ledger, keep_entry_lifted(h.id, reason, rq->who), &n, e) &&
	       tell(rq, h.id, reply, e);
}

struct listing {
	struct request *rq;
	json_t *list, *people;
};

static bool add_hold(const struct hold_row *h, void *arg)
{
	struct listing *l = arg;

	persons_add(l->rq->desk->users, l->people, h->who);
	persons_add(l->rq->desk->users, l->people, h->lifted_by);
	json_array_append_new(l->list, hold_json(h, tz_of(l->rq)));
	return true;
}

static bool holds(struct request *rq, json_t *reply, struct err *e)
{
	struct listing l = {.rq = rq, .list = json_array(), .people = json_object()};
	bool ok = keep_holds(ledger_view(rq->desk->ledger), add_hold, &l, e);

	json_object_set_new(reply, "holds", l.list);
	json_object_set_new(reply, "people", l.people);
	return ok;
}

const struct command commands_keep[] = {
	{"hold", "from, to, zone?, reason", false, hold},
	{"unhold", "hold, reason", false, unhold},
	{"holds", "", false, holds},
	{0},
};
