/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of an airing or a miss, held against the timetables and decisions of its time. */
#include "base/json.h"
#include "base/text.h"
#include "proof/entry.h"
#include "station/chosen.h"
#include "station/explain_inside.h"
#include "station/stock.h"

/* A slot that was on air when the timetable changed plays on as it was planned. False: what was in
 * force then is not known. */
static bool look_for(struct explain *x, struct chosen *c)
{
	bool judged = x->now != NULL && x->now->known;

	if (judged && chosen_by(c, x->now))
		return true;
	for (int i = 0; i < EARLIER_MAX && x->earlier[i] != NULL; i++) {
		if (x->earlier[i]->until.ns < c->start.ns - MARGIN_NS)
			break;
		if (!x->earlier[i]->known || i == EARLIER_MAX - 1)
			judged = false;
		else if (chosen_by(c, x->earlier[i]))
			return true;
	}
	return judged;
}

static void not_explained(struct explain *x, int64_t n, const char *slot, const char *when)
{
	verdict_differs(x->verdict, CHECK_TIMETABLES, "not-in-timetable", "", n, "",
			T("mục %lld: khung giờ “%s” lúc %s không có trong lịch khi ấy, và không ai "
			  "cho phát bằng tay",
			  "entry %lld: the slot \"%s\" of %s is not in the timetable of then, and "
			  "nobody ordered it"), (long long)n, slot, when);
}

/* A row without a slot: somebody ordered it. An emergency asks for nothing but its name. */
static void ordered(struct explain *x, int64_t n, struct wall at, const json_t *o,
		    const struct bulletin *b)
{
	bool alarm = json_get_text(o, "emergency", "")[0] != '\0';

	if (json_get_text(o, "who", "")[0] == '\0')
		not_explained(x, n, "", json_get_text(o, "occurrence", ""));
	else if (b != NULL && !alarm && x->now != NULL && x->now->known)
		chosen_by_hand(b, n, at, &x->now->settings, x->verdict);
}

static void planned(struct explain *x, int64_t n, struct wall start, const json_t *o,
		    const struct bulletin *b)
{
	struct chosen c = {.slot = json_get_text(o, "slot", ""), .start = start, .bulletin = b};
	const char *id = json_get_text(o, "bulletin", "");

	promises_tell(&x->promises, c.slot, start, "");
	if (id[0] != '\0')
		promises_tell(&x->promises, c.slot, start, id);
	if (!look_for(x, &c))
		x->unjudged++;
	else if (!c.planned)
		not_explained(x, n, c.slot, json_get_text(o, "occurrence", ""));
	else
		chosen_differs(&c, n, x->verdict);
}

void explain_missed(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct wall start = {0};

	x->rows++;
	json_get_time(o, "occurrence", &start);
	if (json_get_text(o, "slot", "")[0] == '\0')
		ordered(x, n, at, o, NULL);
	else
		planned(x, n, start, o, NULL);
}

/* The log knows what has aired, whatever the clock says: a slot plays no bulletin twice, but the
 * rest of one that an emergency has broken off. */
static void judge_twice(struct explain *x, int64_t n, struct wall start, const json_t *o)
{
	const char *slot = json_get_text(o, "slot", ""), *id = json_get_text(o, "bulletin", "");
	int64_t resumes = entry_id_index(json_get_text(o, "resumes", ""), 'A');

	if (id[0] == '\0' || dues_aired(&x->dues, n, slot, start, id, resumes, x->last))
		return;
	verdict_differs(x->verdict, CHECK_TIMETABLES, "aired-twice", "", n, "",
			T("mục %lld: khung giờ “%s” lúc %s đã phát bản tin %s trước đó",
			  "entry %lld: the slot \"%s\" of %s had aired bulletin %s before"),
			(long long)n, slot, json_get_text(o, "occurrence", ""), id);
}

void explain_intended(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	const struct bulletin *b =
		stock_find(&x->dues.holdings.now, json_get_text(o, "bulletin", ""));
	struct wall start = {0};

	x->rows++;
	if (b != NULL && !chosen_settled(b, at))
		b = NULL;
	if (json_get_text(o, "slot", "")[0] == '\0') {
		ordered(x, n, at, o, b);
		return;
	}
	json_get_time(o, "occurrence", &start);
	planned(x, n, start, o, b);
	judge_twice(x, n, start, o);
}
