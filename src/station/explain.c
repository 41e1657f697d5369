/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries are taken one after the other. Each timetable.changed reads what is in force from then
 * on; each airing.intended and airing.missed is held against that at once, and so is the bulletin
 * that an airing claims (station/chosen.h; that it was approved, proof/verify_story.c has looked).
 * The other way round, starts that the timetable had become promises (station/promises.h), and so
 * do the bulletins that they were to play (station/dues.h), stretch by stretch: up to a moment
 * behind the entry that is read, and only of time that the station has accounted for:
 * between the accounted_to of a station.started whose station.recovered came, and that of the next.
 * The timetable that a start finds edited is in force from its timetable.changed on and no sooner:
 * the gap before was planned with the one before it, as station/then.c accounts for it.
 *
 * It errs on the side of silence: a minute around each change of the timetable and each step of the
 * clock, and a gap of which a clock that nobody can believe stamped the change, promise nothing.
 * There the station may be right in either way, and a verifier that cries wolf is believed by
 * nobody. */
#include "station/explain.h"

#include "base/json.h"
#include "base/must.h"
#include "base/text.h"
#include "base/version.h"
#include "proof/canonical.h"
#include "proof/entry.h"
#include "proof/ownkind.h"
#include "station/explain_inside.h"
#include "station/lostpast.h"
#include "sys/tz.h"

#include <stdlib.h>
#include <string.h>

#define BEHIND_NS (2 * DAY_NS) /* what aired is written down sooner: a slot has 24 hours */
#define AT_ONCE_NS (DAY_NS / 2) /* promised together: a plan looks at the day around */
#define GAP_NS (GAP_DAYS_MAX * DAY_NS)

static void owe(const struct occur *o, void *arg)
{
	struct explain *x = arg;

	/* A demonstration gives way without a word. */
	if (!o->slot->demo)
		promises_owe(&x->promises, o->slot->name, o->start, "");
}

static void skip_to(struct explain *x, struct wall to)
{
	if (to.ns > x->cursor.ns)
		x->cursor = to;
	promises_made(&x->promises, x->cursor);
}

/* What this timetable has up to there is promised; f NULL: none was read. */
static void promise_by(struct explain *x, struct inforce *f, struct wall to)
{
	while (x->cursor.ns < to.ns) {
		struct wall until = wall_add_ns(x->cursor, DAY_NS);

		until = until.ns < to.ns ? until : to;
		if (f != NULL && f->known) {
			inforce_each(f, x->cursor, until, owe, x);
			dues_owe(&x->dues, f, x->cursor, until);
		}
		skip_to(x, until);
	}
}

static void promise_to(struct explain *x, struct wall to)
{
	promise_by(x, x->covered ? x->now : NULL, to);
}

static struct wall earliest(struct wall a, struct wall b)
{
	return a.ns < b.ns ? a : b;
}

/* Until when the timetable was in force that a change ended. A slot that a clock ahead began plays
 * on when it is set back. INT64_MAX: nobody can tell before the past is told of (come_to_rest). */
static struct wall ended(const struct explain *x, struct wall since, bool believed)
{
	if (!believed)
		return (struct wall){INT64_MAX};
	return x->covered && x->ahead.ns > since.ns ? x->ahead : since;
}

static void push_earlier(struct explain *x, struct wall until)
{
	x->now->until = until;
	inforce_close(x->earlier[EARLIER_MAX - 1]);
	memmove(&x->earlier[1], &x->earlier[0], (EARLIER_MAX - 1) * sizeof(x->earlier[0]));
	x->earlier[0] = x->now;
	if (x->covered)
		return;
	if (x->turned < EARLIER_MAX - 1)
		x->turned++;
	else
		x->unsettled = true;
}

/* While a start accounts for the past nothing is promised yet: a step of the clock may come. While
 * the clock is not believed nothing airs, and what was planned will be told by a corrected one. */
static void changed(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct inforce *f = inforce_open(x->disk, tz_load, n, o, x->now, x->verdict);
	struct wall since = inforce_since(o, 0);
	bool believed = since.ns == at.ns && (x->covered || at.ns >= x->cursor.ns);

	if (x->covered) {
		promise_to(x, wall_add_ns(since, -MARGIN_NS));
		skip_to(x, wall_add_ns(since, MARGIN_NS));
		x->covered = believed;
	}
	x->unsettled = x->unsettled || !believed;
	if (x->now != NULL)
		push_earlier(x, ended(x, since, believed));
	x->now = f;
	if (f->known)
		x->tz = f->settings.tz;
}

/* Those by which the planner can still plan; 0: older, or of a program to come. */
static int known_rules(int64_t rules)
{
	return rules >= PLAN_RULES_ASIDE - 1 && rules <= PLAN_RULES ? (int)rules : 0;
}

/* Whoever wrote into the log while the station was off moved its account of the past along. */
static void started(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct wall accounted = at;
	int rules = known_rules(json_get_integer(o, "rules", 0));

	(void)n;
	json_get_time(o, "accounted_to", &accounted);
	/* What was on air when another program came was its to tell. */
	x->dues.rules = x->dues.rules == rules ? rules : 0;
	if (x->covered && accounted.ns - x->cursor.ns < GAP_NS)
		promise_to(x, earliest(accounted, wall_add_ns(x->last, -MARGIN_NS)));
	x->covered = false;
	x->dues.rules = rules;
	/* When a clock without discipline stamped what was decided while nothing ran, that may be
	 * read as corrected. */
	if (holdings_vague(&x->dues.holdings, x->last_n))
		holdings_doubt(&x->dues.holdings);
	x->owed = earliest(x->owed, wall_add_ns(accounted, -MARGIN_NS));
	if (accounted.ns - x->cursor.ns < GAP_NS || x->cursor.ns == 0)
		skip_to(x, accounted);
	x->last = at;
}

/* All of the past is told: what was in force until nobody knows when is so no more. */
static void come_to_rest(struct explain *x, struct wall at)
{
	x->owed.ns = INT64_MAX;
	holdings_rest(&x->dues.holdings, wall_add_ns(at, MARGIN_NS));
	for (int i = 0; i < EARLIER_MAX && x->earlier[i] != NULL; i++)
		if (x->earlier[i]->until.ns == INT64_MAX)
			x->earlier[i]->until = at;
}

static void promise_gap(struct explain *x)
{
	while (x->turned > 0) {
		struct inforce *f = x->earlier[--x->turned];

		promise_by(x, f, wall_add_ns(f->until, -MARGIN_NS));
		skip_to(x, wall_add_ns(f->until, MARGIN_NS));
	}
}

static void recovered(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	(void)n;
	(void)o;
	come_to_rest(x, at);
	if (x->covered)
		return;
	x->covered = true;
	if (x->unsettled || at.ns - x->cursor.ns > GAP_NS + DAY_NS)
		skip_to(x, wall_add_ns(at, MARGIN_NS));
	else
		promise_gap(x);
	x->unsettled = false;
	x->turned = 0;
}

/* What the station has still to write down of the past: it says so, and later that it did. */
static void owed(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct wall from = at;

	(void)n;
	json_get_time(o, "from", &from);
	x->owed = earliest(x->owed, wall_add_ns(from, -MARGIN_NS));
}

static void accounted(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	(void)n;
	(void)o;
	come_to_rest(x, at);
}

/* What a clock that was wrong has stamped may be corrected, or not yet. */
static void stepped_in_gap(struct explain *x)
{
	holdings_doubt(&x->dues.holdings);
	for (int i = 0; i < x->turned; i++)
		x->earlier[i]->until.ns = INT64_MAX;
	x->unsettled = x->unsettled || x->turned > 0;
}

static void stepped(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct wall before = at, after = at;

	(void)n;
	json_get_time(o, "before", &before);
	json_get_time(o, "after", &after);
	x->disturbed = before.ns > after.ns ? before : after;
	if (!x->covered) {
		stepped_in_gap(x);
		return;
	}
	promise_to(x, wall_add_ns(before, -MARGIN_NS));
	if (after.ns < before.ns)
		x->ahead = before;
	/* A clock that leaps by years is wrong: what it says promises nothing. */
	if (after.ns - before.ns < GAP_NS)
		skip_to(x, wall_add_ns(after, MARGIN_NS));
	else
		x->covered = false;
}

static void slept(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	(void)n;
	(void)o;
	x->disturbed = at;
}

static void broken_off(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	(void)n;
	(void)at;
	if (json_object_get(o, "zones") != NULL)
		return; /* other zones heard on */
	dues_broken(&x->dues, entry_id_index(json_get_text(o, "airing", ""), 'A'));
}

/* What an unbelievable clock has stamped was in force from nobody knows when on. */
static void bulletin(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	struct wall since = inforce_since(o, 0);

	holdings_take(&x->dues.holdings, n, since, o);
	if (since.ns != at.ns || (!x->covered && at.ns < x->cursor.ns))
		holdings_doubt(&x->dues.holdings);
}

/* Between the last entry that is kept and the next start the log owes nothing: it is lost. A
 * witness may end a log under way, and then only past.lost says that a start came between. */
static void lost(struct explain *x, int64_t n, struct wall at, const json_t *o)
{
	const char *why = json_get_text(o, "why", "");

	(void)n;
	(void)at;
	if (strcmp(json_get_text(o, "kind", ""), KIND_PAST_LOST) != 0 &&
	    (!lostpast_why(why) || strcmp(why, "witness-larger") == 0))
		return;
	promise_to(x, wall_add_ns(x->last, -DAY_NS)); /* a slot that goes on may not be told */
	x->covered = false;
}

static const struct {
	const char *kind;
	void (*take)(struct explain *x, int64_t n, struct wall at, const json_t *o);
} kinds[] = {
	{KIND_TIMETABLE, changed}, {KIND_STARTED, started}, {KIND_RECOVERED, recovered},
	{KIND_CLOCK_STEPPED, stepped}, {KIND_SLEPT, slept}, {KIND_INTENDED, explain_intended},
	{KIND_MISSED, explain_missed}, {KIND_OWED, owed}, {KIND_ACCOUNTED, accounted},
	{KIND_BROKEN, broken_off}, {KIND_RECEIVED, bulletin}, {KIND_APPROVED, bulletin},
	{KIND_EDITED, bulletin}, {KIND_ENDORSED, bulletin}, {KIND_REFUSED, bulletin},
	{KIND_WITHDRAWN, bulletin}, {KIND_ORDER_SET, bulletin}, {KIND_LOG_CONTINUED, lost},
	{KIND_PAST_LOST, lost}, {KIND_QUARANTINED, bulletin}, {KIND_RELEASED, bulletin},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void broken(struct explain *x, const struct promise *one)
{
	char when[40];

	wall_print(one->start, &x->tz, when);
	if (one->bulletin[0] == '\0')
		verdict_differs(x->verdict, CHECK_TIMETABLES, "untold", "", -1, "",
				T("khung giờ “%s” lúc %s có trong lịch khi ấy, mà nhật ký không "
				  "ghi là đã phát hay đã lỡ",
				  "the slot \"%s\" of %s was in the timetable of then, and the log "
				  "tells neither of an airing nor of a miss"), one->slot, when);
	else
		verdict_differs(x->verdict, CHECK_TIMETABLES, "item-untold", "", -1, "",
				T("bản tin %s phải có trong khung giờ “%s” lúc %s, mà nhật ký "
				  "không ghi là đã phát hay đã lỡ",
				  "bulletin %s was to air in the slot \"%s\" of %s, and the log "
				  "tells neither of an airing nor of a miss"),
				one->bulletin, one->slot, when);
}

/* Nothing is written down later than a restart looks back. */
static void tell_broken(struct explain *x, struct wall before, struct wall due)
{
	struct promise one;

	while (promises_broken(&x->promises, earliest(before, x->owed), earliest(due, x->owed),
			       &one))
		broken(x, &one);
}

/* Of a slot that is on air when the log ends more is to come; if the clock was set in it, at
 * another time than it was planned for. */
static void tell_last(struct explain *x)
{
	bool quiet = x->covered && x->last.ns - x->disturbed.ns > DAY_NS;
	struct wall due = wall_add_ns(x->last, quiet ? -MARGIN_NS : -BEHIND_NS);

	tell_broken(x, (struct wall){INT64_MAX}, due);
}

/* own: only a station at work writes it. */
static void take(struct explain *x, int64_t n, size_t kind, bool own, const json_t *o)
{
	struct wall at;

	if (!json_get_time(o, "at", &at))
		return;
	/* No sooner: an airing that began may be written down later. */
	if (x->covered && !(kind < KINDS && kinds[kind].take == lost) &&
	    at.ns - x->cursor.ns < GAP_NS &&
	    at.ns - x->cursor.ns > BEHIND_NS + AT_ONCE_NS)
		promise_to(x, wall_add_ns(at, -BEHIND_NS));
	if (kind < KINDS)
		kinds[kind].take(x, n, at, o);
	if (own && (x->covered || at.ns > x->last.ns))
		x->last = at;
	if (own)
		x->last_n = n;
	struct wall old = wall_add_ns(at, -GAP_NS - BEHIND_NS);
	if (x->covered)
		tell_broken(x, old, old);
}

static size_t kind_of(const struct canonical *c)
{
	size_t i = 0;

	while (i < KINDS && (strlen(kinds[i].kind) != c->kind_len ||
			     memcmp(kinds[i].kind, c->kind, c->kind_len) != 0))
		i++;
	return i;
}

static bool take_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct canonical c;
	struct err ignored;

	if (!canonical_read(text, len, &c))
		return true; /* was named already */
	size_t kind = kind_of(&c);
	bool own = ownkind_has(c.kind, c.kind_len);
	if (kind == KINDS && !own)
		return true;
	json_t *o = json_read(text, len, &ignored);
	take(arg, n, kind, own, o);
	json_decref(o);
	return true;
}

void explain_airings(const struct verify *v, struct verdict *verdict)
{
	struct explain x = {.verdict = verdict, .disk = v->disk, .owed = {INT64_MAX}, .last_n = -1,
			    .dues = {.verdict = verdict}};

	x.dues.owed = &x.promises;
	verify_read(v, take_entry, &x);
	if (x.covered && x.last.ns - x.cursor.ns < GAP_NS)
		promise_to(&x, wall_add_ns(x.last, -MARGIN_NS));
	tell_last(&x);
	verdict_checked(verdict, CHECK_TIMETABLES, x.rows - x.unjudged);
	if (x.unjudged > 0)
		verdict_note(verdict, "timetable-unknown", x.unjudged,
			     T("%lld lần phát hoặc lỡ không so được với lịch: bản lịch khi ấy "
			       "không được lưu, hoặc bản phần mềm này không đọc được",
			       "%lld airings and misses could not be held against a timetable: "
			       "that of then was not kept, or this program does not read it"),
			     (long long)x.unjudged);
	inforce_close(x.now);
	for (int i = 0; i < EARLIER_MAX; i++)
		inforce_close(x.earlier[i]);
	promises_finish(&x.promises);
	dues_finish(&x.dues);
}
