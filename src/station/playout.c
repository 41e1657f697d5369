/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/playout.h"

#include "base/must.h"
#include "base/text.h"
#include "plan/trust.h"
#include "station/approval.h"
#include "station/awake.h"
#include "station/bed.h"
#include "station/deadair.h"
#include "station/emergency.h"
#include "station/kept.h"
#include "station/leap.h"
#include "station/nightfall.h"
#include "station/ordering.h"
#include "station/record.h"
#include "station/relaying.h"
#include "station/speaking.h"
#include "station/taking.h"
#include "station/then.h"
#include "sys/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HOUR_NS (3600 * NS_PER_S)
#define LOOK_AHEAD_NS (26 * HOUR_NS) /* the page shows what comes within a day */
#define REPLAN_NS (HOUR_NS)	     /* the plan is made anew this often */
#define OPEN_AHEAD_NS (10 * NS_PER_S)

/* How soon to look again: a deck that loads is waited for; what is on air was cued seconds ahead
 * and needs its end noticed; with nothing on, runs open OPEN_AHEAD_NS before they start. */
#define STEP_LOADING_NS (10 * NS_PER_MS)
#define STEP_SPEAKING_NS (40 * NS_PER_MS) /* a microphone that goes is noticed */
#define STEP_ON_AIR_NS (200 * NS_PER_MS)
#define STEP_IDLE_NS (500 * NS_PER_MS)

void playout_init(struct playout *p, struct air *air, struct ledger *ledger, struct clock *clock)
{
	*p = (struct playout){.air = air, .ledger = ledger, .clock = clock};
	leap_init(p);
}

void playout_finish(struct playout *p)
{
	while (p->runs != NULL) {
		struct run *r = p->runs;
		p->runs = r->next;
		run_destroy(p, r);
	}
	emergency_forget_all(p);
	speaking_forget(p);
	plan_finish(&p->plan);
	json_decref(p->unwritten);
	json_decref(p->tone);
	json_decref(p->dead_air);
	p->unwritten = p->tone = p->dead_air = NULL;
}

struct wall playout_now(struct playout *p)
{
	return playout_wall_of(p, clock_mono(p->clock));
}

struct frame playout_soonest(const struct playout *p)
{
	return (struct frame){mixer_now(p->air->mixer).n + mixer_lead_frames(p->air->mixer) +
			      FRAMES_PER_S / 5};
}

struct wall playout_wall_of(struct playout *p, struct mono t)
{
	return (struct wall){t.ns + p->wall_minus_mono_ns};
}

struct mono playout_mono_of(struct playout *p, struct wall t)
{
	return (struct mono){t.ns - p->wall_minus_mono_ns};
}

int playout_take_deck(struct playout *p, bool alarm)
{
	for (int d = alarm ? 0 : ALARM_DECKS; d < DECKS_MAX; d++) {
		if (p->decks_taken >> d & 1)
			continue;
		p->decks_taken |= 1u << d;
		return d;
	}
	return -1;
}

void playout_free_deck(struct playout *p, int deck)
{
	must(p->decks_taken >> deck & 1);
	p->decks_taken &= ~(1u << deck);
}

static void replan(struct playout *p)
{
	struct err e = {0};
	struct wall now = playout_now(p);

	plan_finish(&p->plan);
	p->plan_from = wall_add_ns(now, -LOOK_BACK_NS);
	p->plan_to = wall_add_ns(now, LOOK_AHEAD_NS);
	if (!plan_make(&p->plan, p->world, p->plan_from, p->plan_to, &e))
		log_warn("%s", e.text);
	p->changes++;
}

void playout_drop_unanchored(struct playout *p)
{
	for (struct run **at = &p->runs; *at != NULL;) {
		struct run *r = *at;
		if (r->anchored) {
			at = &r->next;
			continue;
		}
		*at = r->next;
		run_destroy(p, r);
	}
}

void playout_tell_omissions(struct playout *p, struct wall now)
{
	if (!p->trusted || p->stopping)
		return;
	for (int i = 0; i < p->plan.count && p->plan.list[i].start.ns <= now.ns; i++)
		if (p->plan.list[i].start.ns > p->omitted_to.ns) {
			run_left_out(p, p->world, &p->plan.list[i]);
			ordering_begins(p, &p->plan.list[i]);
		}
	if (now.ns > p->omitted_to.ns)
		p->omitted_to = now;
}

void playout_set_world(struct playout *p, const struct plan_input *world)
{
	/* Of what began since the last step: by the plan with which it began. */
	if (p->begun)
		playout_tell_omissions(p, playout_now(p));
	p->world = world;
	if (!p->begun)
		return;
	playout_drop_unanchored(p);
	for (struct run *r = p->runs; r != NULL; r = r->next)
		run_withdraw(p, r);
	struct wall now = playout_now(p);
	struct plan before = p->plan;
	p->plan = (struct plan){0};
	if (p->opened_to.ns > now.ns)
		p->opened_to = now; /* what starts from now on is looked at again */
	replan(p);
	newcomers_note(p, &before);
	plan_finish(&before);
	kept_note(p);
}

void playout_begin(struct playout *p, struct wall accounted_to, struct wall floor,
		   enum reason gap_reason, struct mono machine_up)
{
	struct wall now = playout_now(p);

	must(p->world != NULL && !p->begun);
	p->begun = true;
	p->floor = floor;
	owed_begin(p, accounted_to, gap_reason, machine_up);
	p->opened_to = wall_add_ns(now, -LOOK_BACK_NS);
	p->omitted_to = now;
	p->trusted = leap_believed(p, now);
	replan(p);
}

bool playout_accounted(const struct playout *p)
{
	return owed_nothing(p);
}

/* Of p->plan those that were planned when they began. */
struct begun {
	struct playout *p;
	bool *planned;
};

static void open_late(const struct plan_input *in, struct occurrence *o, void *arg)
{
	const struct begun *b = arg;
	struct playout *p = b->p;

	for (int i = 0; i < p->plan.count; i++)
		if (p->plan.list[i].start.ns == o->start.ns &&
		    strcmp(p->plan.list[i].slot->name, o->slot->name) == 0)
			b->planned[i] = true;
	struct wall end = wall_add_ns(o->start, ns_of_frames(o->finish_frames));

	if (end.ns > playout_now(p).ns || end.ns > p->owed.to.ns)
		run_open(p, in, o);
}

/* What a timetable had when it was saved after the start, and the log knows: newcomers, before a
 * restart. */
static void open_saved(const struct begun *b, struct wall from, struct wall now)
{
	struct playout *p = b->p;

	for (int i = 0; i < p->plan.count; i++) {
		struct occurrence *o = &p->plan.list[i];
		if (!b->planned[i] && o->start.ns > from.ns && o->start.ns <= now.ns &&
		    o->start.ns + ns_of_frames(o->finish_frames) > now.ns &&
		    record_begun(p, o->slot, o->start))
			run_open_saved(p, p->world, o);
	}
}

/* What began while nobody could open it (the station was off, the clock leapt or was not believed)
 * and still goes on: as it was planned when it began. */
static void open_begun(struct playout *p, struct wall now)
{
	struct wall from = wall_add_ns(now, -LOOK_BACK_NS);

	if (from.ns < p->opened_to.ns)
		from = p->opened_to;
	if (from.ns >= now.ns)
		return;
	struct begun b = {p, calloc((size_t)p->plan.count + 1, sizeof(bool))};
	must(b.planned != NULL);
	then_plan(p->ledger, p->world, wall_add_ns(from, 1), wall_add_ns(now, 1), open_late, &b);
	open_saved(&b, from, now);
	free(b.planned);
	p->opened_to = now;
}

static void open_due(struct playout *p)
{
	struct wall now = playout_now(p);
	struct wall until = wall_add_ns(now, OPEN_AHEAD_NS);

	if (!p->trusted || p->stopping)
		return;
	open_begun(p, now);
	newcomers_open(p);
	for (int i = 0; i < p->plan.count && p->plan.list[i].start.ns <= until.ns; i++)
		if (p->plan.list[i].start.ns > p->opened_to.ns)
			run_open(p, p->world, &p->plan.list[i]);
	if (until.ns > p->opened_to.ns)
		p->opened_to = until;
	playout_tell_omissions(p, now);
}

static void deliver(struct playout *p, const struct mix_event *ev)
{
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		struct airing *a = run_find(r, ev->tag);
		if (a != NULL)
			airing_event(p, r, a, ev);
		else if (r->bed.deck >= 0 && r->bed.tag == ev->tag)
			bed_event(p, r, ev);
	}
}

static bool step_runs(struct playout *p)
{
	bool hurry = false;

	for (struct run **at = &p->runs; *at != NULL;) {
		struct run *r = *at;
		if (run_step(p, r)) {
			*at = r->next;
			run_destroy(p, r);
			p->changes++;
			continue;
		}
		for (int i = 0; i < r->item_count; i++)
			hurry = hurry || r->items[i].state == AIRING_LOADING;
		at = &r->next;
	}
	return hurry;
}

int64_t playout_step(struct playout *p)
{
	struct mix_event ev;

	must(p->begun);
	ledger_look(p->ledger);
	while (mixer_event(p->air->mixer, &ev))
		deliver(p, &ev);
	if (leap_look(p) || playout_now(p).ns > p->plan_to.ns - LOOK_AHEAD_NS + REPLAN_NS)
		replan(p);
	record_retry(p);
	emergency_step(p);
	open_due(p);
	relaying_step(p);
	speaking_step(p);
	deadair_step(p);
	nightfall_step(p);
	bool hurry = step_runs(p);
	if (!hurry)
		owed_account(p);
	if (hurry)
		return STEP_LOADING_NS;
	if (p->speaking != NULL)
		return STEP_SPEAKING_NS;
	return p->runs != NULL || !playout_accounted(p) ? STEP_ON_AIR_NS : STEP_IDLE_NS;
}

void playout_measured(struct playout *p, uint64_t id, double loudness_lufs, double peak_dbtp)
{
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		struct airing *a = run_find(r, id);
		if (a == NULL)
			continue;
		a->measured = true;
		a->loudness_lufs = loudness_lufs;
		a->peak_dbtp = peak_dbtp;
	}
}

void playout_recorded(struct playout *p, uint64_t id, const struct encoder_place *places)
{
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		struct airing *a = run_find(r, id);
		if (a == NULL)
			continue;
		memcpy(a->places, places, sizeof(a->places));
	}
}

bool playout_busy(const struct playout *p)
{
	return p->runs != NULL;
}

void playout_cut(struct playout *p, uint32_t zones, const char *who)
{
	for (int z = 0; z < ZONES_MAX; z++) {
		if ((zones & ~p->arbiter.cut & 1u << z) == 0)
			continue;
		snprintf(p->cut_by[z].who, sizeof(p->cut_by[z].who), "%s", who);
		p->cut_by[z].at = playout_now(p);
	}
	taking_cut(p, zones, who);
	emergency_cut(p, zones);
	record_hold(p, zones, true, who);
	p->changes++;
}

void playout_gaps(struct playout *p, const struct gaps *gaps)
{
	p->owed.gaps = *gaps;
}

void playout_hold(struct playout *p, const struct holds *holds)
{
	memcpy(p->cut_by, holds->by, sizeof(p->cut_by));
	p->arbiter.cut = holds->zones;
	p->changes++;
}

void playout_resume(struct playout *p, uint32_t zones, const char *who)
{
	arbiter_resume(&p->arbiter, zones);
	record_hold(p, zones, false, who);
	p->changes++;
}

/* What is on air is not taken off for something that cannot follow it. *master is NULL where the
 * disk takes its time: the airing opens it then (airing_intend), and what is on air stays there
 * until the new one is ready. */
static bool open_for(struct playout *p, const struct bulletin *b, struct source **master,
		     struct err *e)
{
	*master = p->air->ops->open_master(p->air, b->sha256, e);
	if (*master != NULL || e->kind == ERR_STALLED)
		return true;
	e->kind = ERR_CONFLICT; /* there is such a bulletin: it is not in order */
	err_wrap(e, T("%s không phát được; nạp lại tệp gốc%s rồi duyệt lại",
		      "%s cannot be played; add the original again%s and approve that"),
		 b->id, text_shell(" (vangxa add)"));
	return false;
}

static bool not_for_air(const struct bulletin *b, struct err *e)
{
	struct err why;

	if (b->state == BULLETIN_APPROVED)
		return err_set(e, ERR_REFUSED,
			       T("%s (%s) không được phát hôm nay: chưa đến hoặc đã qua ngày phát",
				 "%s (%s) may not air today: its days are over or to come"),
			       b->id, b->title);
	approval_wrong_state(b, &why);
	return err_set(e, ERR_REFUSED, T("%s nên không phát được", "%s and may not air"),
		       why.text);
}

bool playout_play(struct playout *p, const struct bulletin *b, uint32_t zones, const char *reason,
		  const char *who, struct err *e)
{
	struct wall now = playout_now(p);
	const char *why;
	/* A cut holds for whoever ordered it: some may be working on the horns of that zone. */
	uint32_t free = taking_would(p, AIR_HAND, zones, &why);

	if (!bulletin_may_air(b, tz_date(&p->world->settings->tz, now, NULL)))
		return not_for_air(b, e);
	if (quarantine_has(&p->quarantine, b->sha256))
		return err_set(e, ERR_REFUSED,
			       T("%s đã được để riêng vì hai lần liền chương trình đài dừng khi "
				 "phát nó; gửi lại tệp thành bản mới, hoặc cho phát lại trước%s",
				 "%s was put aside, because twice in a row the program ended "
				 "while it was on air; send it again as a new version, or let it "
				 "air again first%s"),
			       b->id, text_shell(" (vangxa release)"));
	if (free == 0)
		return err_set(e, ERR_CONFLICT,
			       T("loa đang bị ngắt theo lệnh: cho phát tiếp trước%s, rồi phát %s",
				 "the loudspeakers are cut by an operator: resume first%s, then "
				 "play %s"),
			       text_shell(" (vangxa resume)"), b->id);
	if (!awake(p, now, b->frames / FRAMES_PER_S + 1, reason, T("muốn phát", "to play it"), e))
		return false;
	struct source *master;
	if (!open_for(p, b, &master, e))
		return false;
	taking_ask(p, run_manual(p, b, master, free, reason, who), who, &free);
	return true;
}

void playout_trust_clock(struct playout *p, const char *who)
{
	record_trust(p, who);
	p->trust_forced = true;
}

void playout_stop(struct playout *p)
{
	struct airing_stop stop = {.zones = UINT32_MAX,
				   .at = mixer_now(p->air->mixer),
				   .fade_frames = FRAMES_PER_S / 4,
				   .reason = REASON_STATION_STOPPED,
				   .who = ""};

	p->stopping = true;
	for (struct run *r = p->runs; r != NULL; r = r->next) {
		run_stop(p, r, &stop);
		run_forget(r);
	}
}
