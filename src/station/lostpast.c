/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/lostpast.h"

#include "base/json.h"
#include "base/saying.h"
#include "base/text.h"
#include "proof/entry.h"
#include "proof/notary.h"
#include "proof/reader.h"
#include "sys/log.h"

#include <stdio.h>
#include <string.h>

#define LOSSES_MAX 64 /* looked through for one that touches a day */
#define DAY_NS (86400 * NS_PER_S)

bool lostpast_why(const char *why)
{
	static const char *const losing[] = {"shortened", "view-newer", "log-gone",
					     "recording-newer", "witness-larger"};

	for (size_t i = 0; i < sizeof(losing) / sizeof(losing[0]); i++)
		if (strcmp(losing[i], why) == 0)
			return true;
	return false;
}

static bool take_time(int64_t n, const char *text, size_t len, void *arg)
{
	struct lostpast *l = arg;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	(void)n;
	l->found = json_get_time(o, "at", &l->from);
	json_decref(o);
	return false;
}

/* log.continued is in the log already: a command wrote into it before this start did. */
static bool find_told(struct desk *d, struct lostpast *l, int64_t started, struct err *e)
{
	json_t *continued = NULL;
	bool ok = reader_last(ledger_view(d->ledger), KIND_LOG_CONTINUED, &continued, e);
	int64_t last = json_get_integer(continued, "last", -1);

	snprintf(l->why, sizeof(l->why), "%s", json_get_text(continued, "why", ""));
	if (ok && last >= 0 && lostpast_why(l->why) &&
	    json_get_integer(continued, "n", -1) > started)
		ok = ledger_read(d->ledger, last, last + 1, take_time, l, e);
	json_decref(continued);
	return ok;
}

/* Where nothing at all is kept, or no run was ever in it, there is no past to tell of. */
bool lostpast_find(struct desk *d, struct lostpast *l, struct err *e)
{
	const struct notary_state *s = ledger_state(d->ledger);
	json_t *started = NULL;
	bool ok = reader_last(ledger_view(d->ledger), KIND_STARTED, &started, e);
	int64_t n = json_get_integer(started, "n", -1);

	json_decref(started);
	*l = (struct lostpast){0};
	if (!ok || n < 0)
		return ok;
	if (!s->begun)
		return find_told(d, l, n, e);
	snprintf(l->why, sizeof(l->why), "%s", s->why);
	l->found = lostpast_why(l->why) && ledger_last_time(d->ledger, &l->from);
	return true;
}

struct seek {
	struct wall from, to;
	json_t *said;
};

static bool take_loss(const struct event_row *row, void *arg)
{
	struct seek *s = arg;
	struct err ignored;
	struct wall from, to;
	json_t *o = json_read(row->text, strlen(row->text), &ignored);

	if (json_get_time(o, "from", &from) && json_get_time(o, "to", &to) && from.ns < s->to.ns &&
	    to.ns > s->from.ns) {
		s->said = saying(SAYING_PAST_LOST);
		json_object_set(s->said, "from", json_object_get(o, "from"));
		json_object_set(s->said, "to", json_object_get(o, "to"));
	}
	json_decref(o);
	return s->said == NULL;
}

json_t *lostpast_between(struct desk *d, struct wall from, struct wall to)
{
	struct seek s = {from, to, NULL};
	struct err e = {0};

	if (!reader_kind(ledger_view(d->ledger), KIND_PAST_LOST, LOSSES_MAX, take_loss, &s, &e))
		log_warn("%s", e.text);
	return s.said;
}

json_t *lostpast_banner(struct desk *d, struct wall now)
{
	return lostpast_between(d, wall_add_ns(now, -LOSTPAST_TOLD_DAYS * DAY_NS), now);
}
