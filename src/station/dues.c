/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The planner itself says what a slot held, so that there is no second opinion about it. Idents
 * need not be known: they are laid only where they push nothing out. Files bear upon who holds the
 * air by being there at all; what starts while such a slot may begin is not judged. */
#include "station/dues.h"

#include "base/text.h"
#include "plan/running.h"
#include "sys/log.h"

#include <string.h>

/* From the last planned sample on: by then the last row of a slot is written. */
#define LATE_NS (600 * NS_PER_S)
#define REMEMBERED_NS ((GAP_DAYS_MAX + 2) * 86400 * NS_PER_S)

static bool of_file(const struct slot *s)
{
	return s->play.kind == PLAY_FILE || (s->has_fallback && s->fallback.kind == PLAY_FILE);
}

static bool any_file(const struct schedule *s)
{
	for (int i = 0; i < s->slot_count; i++)
		if (of_file(&s->slots[i]))
			return true;
	return false;
}

static void look_for_file(const struct occur *o, void *arg)
{
	bool *found = arg;

	*found = *found || (of_file(o->slot) && !o->slot->demo);
}

/* Only what starts together with it, or before it may have ended, can shorten it or take it off the
 * air (plan/conflict.h). */
static bool beside_file(struct inforce *f, const struct occurrence *o)
{
	int64_t over_s = o->slot->overrun == OVERRUN_FINISH ? AUDIO_MAX_S : 0;
	bool found = false;

	inforce_each(f, o->start,
		     wall_add_ns(o->start, (o->slot->length_s + over_s) * NS_PER_S),
		     look_for_file, &found);
	return found;
}

static void owe_items(struct dues *d, const struct occurrence *o)
{
	int64_t end_frames = o->length_frames;

	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].offset_frames + o->items[i].length_frames > end_frames)
			end_frames = o->items[i].offset_frames + o->items[i].length_frames;
	for (int i = 0; i < o->item_count; i++) {
		const struct bulletin *b = o->items[i].bulletin;
		struct promise *one =
			b != NULL ? promises_owe(d->owed, o->slot->name, o->start, b->id) : NULL;
		if (one != NULL)
			one->due = wall_add_ns(o->start, ns_of_frames(end_frames) + LATE_NS);
	}
}

static bool holds(const struct occurrence *o, const char *id)
{
	for (int i = 0; i < o->item_count; i++)
		if (o->items[i].bulletin != NULL && strcmp(o->items[i].bulletin->id, id) == 0)
			return true;
	return false;
}

/* What stands in for a relay comes and goes with it. */
static void judge_aired(const struct dues *d, const struct occurrence *o, const struct tz *tz)
{
	char when[40];
	int count;
	const struct promise *list = promises_at(&d->aired, o->start, &count);

	if (o->slot->play.kind == PLAY_RELAY)
		return;
	wall_print(o->start, tz, when);
	for (int i = 0; i < count; i++) {
		if (strcmp(list[i].slot, o->slot->name) != 0 || holds(o, list[i].bulletin))
			continue;
		verdict_differs(d->verdict, CHECK_TIMETABLES, "not-planned", "", list[i].n, "",
				T("mục %lld: theo lịch và các lần duyệt khi ấy, khung giờ “%s” lúc "
				  "%s không có bản tin %s, và không ai cho phát bằng tay",
				  "entry %lld: by timetable and approvals of then the slot \"%s\" "
				  "of %s had no bulletin %s, and nobody ordered it"),
				(long long)list[i].n, o->slot->name, when, list[i].bulletin);
	}
}

static void owe_plan(struct dues *d, struct inforce *f, struct wall from, struct wall to)
{
	const struct stock *then = &d->holdings.then;
	struct plan_input in = {.settings = &f->settings, .schedule = &f->schedule,
				.bulletins = then->list, .bulletin_count = then->count,
				.rules = d->rules};
	bool files = any_file(&f->schedule);
	struct plan plan;
	struct err e = {0};

	if (!plan_make(&plan, &in, from, to, &e))
		log_warn("%s", e.text);
	for (int i = 0; i < plan.count; i++) {
		if (plan.list[i].slot->demo || (files && beside_file(f, &plan.list[i])))
			continue;
		owe_items(d, &plan.list[i]);
		judge_aired(d, &plan.list[i], &f->settings.tz);
	}
	plan_finish(&plan);
}

static void count_one(const struct occur *o, void *arg)
{
	*(int *)arg += !o->slot->demo;
}

/* A plan looks a day around: not where nothing starts. */
static bool any_start(struct inforce *f, struct wall from, struct wall to)
{
	int count = 0;

	inforce_each(f, from, to, count_one, &count);
	return count > 0;
}

void dues_finish(struct dues *d)
{
	holdings_finish(&d->holdings);
	promises_finish(&d->aired);
}

void dues_broken(struct dues *d, int64_t n)
{
	d->broken[d->broken_count++ % DUES_BROKEN_MAX] = n;
}

static bool resume(struct dues *d, int64_t resumes)
{
	for (int i = 0; i < d->broken_count && i < DUES_BROKEN_MAX; i++) {
		if (d->broken[i] != resumes || resumes < 0)
			continue;
		d->broken[i] = -1;
		return true;
	}
	return false;
}

bool dues_aired(struct dues *d, int64_t n, const char *slot, struct wall start,
		const char *bulletin, int64_t resumes, struct wall now)
{
	struct wall before = wall_add_ns(now, -REMEMBERED_NS);
	struct promise *one, old;

	while (promises_broken(&d->aired, before, before, &old))
		;
	bool rest = resume(d, resumes);
	one = promises_owe(&d->aired, slot, start, bulletin);
	if (one != NULL)
		one->n = n;
	return one != NULL || rest;
}

void dues_owe(struct dues *d, struct inforce *f, struct wall from, struct wall to)
{
	struct holdings *h = &d->holdings;

	while (d->rules != 0 && from.ns < to.ns) {
		struct wall changed = holdings_at(h, wall_add_ns(from, DUES_MARGIN_NS));
		/* The next stretch may begin within that minute. */
		if (changed.ns != INT64_MIN && changed.ns + DUES_MARGIN_NS > h->sure_from.ns)
			h->sure_from = wall_add_ns(changed, DUES_MARGIN_NS);
		if (from.ns < h->sure_from.ns) {
			from = h->sure_from;
			continue;
		}
		struct wall next = holdings_next(h), until = to;
		if (next.ns != INT64_MAX && next.ns - DUES_MARGIN_NS < to.ns)
			until = wall_add_ns(next, -DUES_MARGIN_NS);
		if (any_start(f, from, until))
			owe_plan(d, f, from, until);
		from = until;
	}
}
