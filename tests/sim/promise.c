/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "promise.h"

#include "base/json.h"
#include "base/must.h"
#include "proof/afresh.h"
#include "proof/catchup.h"
#include "proof/verify_level.h"
#include "proof/verify_time.h"
#include "station/explain.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct key *key_of(struct simstation *s, const char *slot, struct wall start,
			  const char *bulletin)
{
	struct key k = {.start = start};

	snprintf(k.text, sizeof(k.text), "%.40s|%lld|%.12s", slot,
		 (long long)(start.ns / NS_PER_MS), bulletin);
	for (int i = s->key_count - 1; i >= 0; i--)
		if (strcmp(s->keys[i].text, k.text) == 0)
			return &s->keys[i];
	must(s->key_count < SIM_KEYS_MAX);
	s->keys[s->key_count] = k;
	return &s->keys[s->key_count++];
}

/* Never twice, and never both aired and missed. */
void promise_row(struct simstation *s, const json_t *entry)
{
	struct wall start;
	bool missed = strcmp(json_get_text(entry, "kind", ""), "airing.missed") == 0;

	must(json_get_time(entry, "occurrence", &start));
	if (json_get_text(entry, "resumes", "")[0] != '\0')
		return; /* the row is that of what an emergency broke off */
	struct key *k = key_of(s, json_get_text(entry, "slot", ""), start,
			       json_get_text(entry, "bulletin", ""));
	/* A clock that is set back takes it back. */
	if (missed && strcmp(json_get_text(entry, "reason", ""), "clock-stepped-forward") == 0) {
		k->leapt++;
		return;
	}
	/* What is live is taken up again and again in its slot. */
	if (json_get_text(entry, "relay", "")[0] != '\0') {
		k->relayed = true;
		return;
	}
	/* And so is the station's own file that stands in for it. */
	if (strcmp(json_get_text(entry, "file", ""), s->standin.path) == 0) {
		s->stood_in += !missed;
		return;
	}
	k->intended += !missed;
	k->missed += missed;
	if (k->intended + k->missed > 1)
		json_dumpf(entry, stderr, JSON_COMPACT);
	expect(k->intended + k->missed <= 1, "seed %llu: %d times aired, %d times missed: %s",
	       (unsigned long long)s->seed, k->intended, k->missed, k->text);
}

static void give(struct simstation *s, const struct occurrence *o)
{
	for (int i = 0; i < o->item_count; i++)
		key_of(s, o->slot->name, o->start,
		       o->items[i].bulletin != NULL ? o->items[i].bulletin->id : "")
			->promised = true;
}

static void leave_out(struct simstation *s, const struct occurrence *o)
{
	for (int i = 0; i < o->omission_count; i++) {
		const struct plan_omission *om = &o->omissions[i];
		if (!o->slot->demo || om->why != OMIT_CONFLICT)
			key_of(s, o->slot->name, o->start,
			       om->bulletin != NULL ? om->bulletin->id : "")->promised = true;
	}
}

/* What is in the running order so long before its time is promised, whatever changes afterwards;
 * what is left out, when the time has come. */
#define PROMISE_NS (3200 * NS_PER_MS)

/* What begins at any second of an hour is in one plan: made anew when the hour is over, or after
 * promise_settle, which whoever changes anything asks first. */
#define AHEAD_NS (3600 * NS_PER_S)

static void forget_plan(struct simstation *s)
{
	plan_finish(&s->ahead);
	s->ahead = (struct plan){0};
	s->ahead_from = s->ahead_to = (struct wall){0};
}

static void plan_ahead(struct simstation *s, struct wall from, struct wall to)
{
	struct err e = {0};

	if (from.ns >= s->ahead_from.ns && to.ns <= s->ahead_to.ns)
		return;
	forget_plan(s);
	s->ahead_from = from;
	s->ahead_to = wall_add_ns(to, AHEAD_NS);
	ck_assert(plan_make(&s->ahead, &s->input, s->ahead_from, s->ahead_to, &e));
}

static void look(struct simstation *s, struct wall to, struct wall *done,
		 void (*each)(struct simstation *s, const struct occurrence *o))
{
	if (to.ns < done->ns || done->ns == 0)
		*done = to;
	if (to.ns == done->ns)
		return;
	plan_ahead(s, wall_add_ns(*done, 1), wall_add_ns(to, 1));
	for (int i = 0; i < s->ahead.count && s->ahead.list[i].start.ns <= to.ns; i++)
		if (s->ahead.list[i].start.ns > done->ns)
			each(s, &s->ahead.list[i]);
	*done = to;
}

void promise_look(struct simstation *s)
{
	struct wall now = s->clock.now_wall;

	if (!s->playout.trusted || now.ns / NS_PER_S == s->left_out_to.ns / NS_PER_S)
		return;
	if (s->unsure)
		s->promised_to = s->left_out_to = now;
	s->unsure = false;
	look(s, wall_add_ns(now, PROMISE_NS), &s->promised_to, give);
	look(s, now, &s->left_out_to, leave_out);
}

/* When a clock that nobody believed stamped a change, nobody knows what was in force when. */
static void settle(struct simstation *s)
{
	struct wall now = s->clock.now_wall;

	s->believed = s->on ? s->playout.trusted : s->believed;
	if (!s->believed) {
		s->unsure = true;
		return;
	}
	/* What has its time soon was promised by promise_look, and is not promised otherwise. */
	if (now.ns > s->promised_to.ns)
		look(s, now, &s->promised_to, give);
	look(s, now, &s->left_out_to, leave_out);
}

void promise_settle(struct simstation *s)
{
	settle(s);
	forget_plan(s);
}

void promise_finish(struct simstation *s)
{
	forget_plan(s);
}

void promise_off(struct simstation *s)
{
	struct wall now;

	s->believed = s->playout.trusted;
	now = s->believed ? s->clock.now_wall : s->left_out_to;
	if (s->promised_to.ns > now.ns)
		s->promised_to = now;
	for (int i = 0; i < s->key_count; i++)
		if (s->keys[i].start.ns > now.ns)
			s->keys[i].promised = false;
}

int promise_check(struct simstation *s)
{
	int count = 0;

	for (int i = 0; i < s->key_count; i++) {
		const struct key *k = &s->keys[i];
		if (!k->promised || k->start.ns > s->clock.now_wall.ns - 3600 * NS_PER_S)
			continue;
		bool leapt = k->intended + k->missed == 0 && (k->leapt > 0 || k->relayed);
		expect(k->intended + k->missed == 1 || leapt, "seed %llu: no row: %s",
		       (unsigned long long)s->seed, k->text);
		count++;
	}
	return count;
}

/* What an honest log is never accused of. */
struct accusers {
	struct verify_time times;
	struct verify_level levels;
};

static bool take_entry(int64_t n, const char *text, size_t len, void *arg)
{
	struct accusers *a = arg;
	struct err ignored;
	json_t *o = json_read(text, len, &ignored);

	verify_time_take(&a->times, n, o);
	verify_level_take(&a->levels, n, o);
	json_decref(o);
	return true;
}

/* Whatever became of the clock, the log's times contradict nobody, nor do its levels. */
static void check_entries(const struct verify *all, struct verdict *verdict)
{
	struct accusers a;

	verify_time_init(&a.times, verdict);
	verify_level_init(&a.levels, verdict);
	verify_read(all, take_entry, &a);
	verify_time_tell(&a.times);
	verify_level_finish(&a.levels);
}

/* Every day's rows can be given out: those of a view of the whole log are found again from the few
 * entries that are looked for. */
static void give_out(struct simstation *s)
{
	struct disk *d = disk_sim_disk(s->disk);
	struct view *have, *made;
	struct chain *c;
	struct err e = {0};
	struct wall latest = {0};
	bool found;

	expect(chain_open(&c, d, 0, &e) && catchup_make(&have, ":memory:", c, &e), "%s", e.text);
	expect(reader_latest(have, (struct wall){INT64_MAX}, &latest, &found, &e), "%s", e.text);
	for (int day = 0; day < 12; day++) {
		struct wall from = wall_add_ns(latest, (1 - day) * INT64_C(86400) * NS_PER_S);

		expect(afresh_make(&made, have, d, from,
				   wall_add_ns(from, INT64_C(86400) * NS_PER_S), &e),
		       "seed %llu: %s", (unsigned long long)s->seed, e.text);
		reader_close(made);
	}
	reader_close(have);
	chain_close(c);
}

void promise_explained(struct simstation *s)
{
	struct verify_setup how = {.threads = 1, .running = true};
	struct verdict logs, verdict;
	struct verify all;
	struct err e = {0};

	give_out(s);
	verdict_init(&logs);
	verdict_init(&verdict);
	expect(verify_open(&all, disk_sim_disk(s->disk), &how, &logs, &e), "%s", e.text);
	explain_airings(&all, &verdict);
	check_entries(&all, &verdict);
	verify_close(&all);
	for (int i = 0; i < verdict.finding_count; i++)
		fprintf(stderr, "%s\n", verdict.findings[i].text);
	expect(verdict.differ == 0, "seed %llu: an honest station differs from its timetables",
	       (unsigned long long)s->seed);
	verdict_finish(&logs);
	verdict_finish(&verdict);
}
