/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a slot of a minute misses of its relay: so much as it was, once, and no word of loss before
 * the relay had its time to answer. */
#include "station/relaymiss.h"

#include "base/json.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "station/relaying.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <math.h>
#include <stdio.h>

#define LIVE 77

static struct playing g;
static double standin_s = 8;

static struct source *open_live(void *arg)
{
	(void)arg;
	return fake_noise(LIVE, INT64_C(1) << 40, 1.0f, FAKE_ENDS);
}

static void begin_slot(const char *now, bool there, const char *more)
{
	char slots[256];

	playing_open(&g, now);
	snprintf(slots, sizeof(slots), "  - {name: Sáng, start: \"05:30\", length: 60s, "
		 "overrun: cut, play: {relay: vov1}, fallback: {bulletins: {}}%s}\n", more);
	ck_assert(case_slots(g.c, slots));
	playing_bulletin(&g, "B1", 11, standin_s);
	playing_begin(&g);
	g.sim.open_relay = open_live;
	g.sim.relay_now = (struct relay_state){.lufs = -INFINITY, .coming = there, .ready = there};
	g.sim.relay_now.since.ns = INT64_MAX;
}

static void begin_at(const char *now, bool there)
{
	begin_slot(now, there, "");
}

static void go(double seconds)
{
	struct relay_state *s = &g.sim.relay_now;

	for (int i = 0; i < (int)(seconds * 10); i++) {
		if (s->ready)
			s->sounded = clock_mono(&g.clock.clock);
		playing_run(&g, 0.1);
	}
}

static void comes(void)
{
	g.sim.relay_now.coming = g.sim.relay_now.ready = true;
	g.sim.relay_now.since = clock_mono(&g.clock.clock);
	g.sim.relay_why = RELAY_NONE;
}

static void teardown(void)
{
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), playing_count(&g, KIND_ENDED));
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* When it is first heard, in seconds after 05:30. */
static double heard(void)
{
	for (int i = 0; i < playing_count(&g, KIND_INTENDED); i++) {
		json_t *o = playing_entry(&g, KIND_INTENDED, i);
		bool relay = json_get_text(o, "relay", "")[0] != '\0';
		double length_s = json_get_number(o, "planned_length_s", 0);
		json_decref(o);
		if (relay)
			return 60 - length_s;
	}
	return NAN;
}

/* The one row says that it was missed from then, for so long. */
static void ck_missed(const char *reason, double length_s)
{
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_MISSED, 0, "", NULL, reason);
	json_t *o = playing_entry(&g, KIND_MISSED, 0);
	ck_assert_double_eq_tol(json_get_number(o, "planned_length_s", 0), length_s, 0.05);
	ck_assert_int_eq(json_get_integer(o, "item", -1), 0);
	json_decref(o);
}

/* What is heard later was not missed. */
START_TEST(what_comes_late_was_missed_until_then)
{
	begin_at("2026-11-23T05:29:50", false);
	g.sim.relay_why = RELAY_CONNECT;
	go(22);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	comes();
	go(60);
	ck_assert_double_ge(heard(), 16);
	ck_missed("relay-lost", heard());
	teardown();
}
END_TEST

START_TEST(what_never_comes_was_missed_whole)
{
	begin_at("2026-11-23T05:29:50", false);
	g.sim.relay_why = RELAY_CONNECT;
	go(80);
	ck_missed("relay-lost", 60);
	teardown();
}
END_TEST

/* Nobody waits twenty seconds in silence when the siren is over. */
START_TEST(an_emergency_at_its_begin_costs_its_own_time)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7"};
	struct emergency *m;
	struct err e;

	begin_at("2026-11-23T05:29:50", true);
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	go(90);
	json_t *siren = playing_entry(&g, KIND_INTENDED, 0);
	double over = json_get_number(siren, "planned_length_s", 0) - 10;
	json_decref(siren);
	ck_assert_double_ge(over, 10);
	ck_assert_double_ge(heard(), over - 0.1);
	ck_assert_double_le(heard(), over + 2);
	ck_missed("emergency", heard());
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	teardown();
}
END_TEST

/* Lost before its time, its fallback made ready; then an emergency, and the slot is given up before
 * it has begun: all of it was missed. */
START_TEST(given_up_before_its_time_it_was_missed_whole)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7"};
	struct emergency *m;
	struct err e;

	begin_slot("2026-11-23T05:29:50", false, ", after_break: drop");
	g.sim.relay_why = RELAY_CONNECT;
	go(8.2);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	go(90);
	ck_missed("relay-lost", 60);
	teardown();
}
END_TEST

/* The station starts in the midst of the slot: its relay is not connected yet. */
static void start_amid(void)
{
	begin_at("2026-11-23T05:30:20", false);
	g.sim.relay_now.begun = mono_add_ns(clock_mono(&g.clock.clock), 1);
	go(4);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	ck_assert_int_eq(relaying_stands_in(&g.p, "vov1"), STANDIN_NONE);
	playing_ck(&g, KIND_INTENDED, 0, "B1", NULL, NULL); /* nobody waits for that */
}

/* What stands in until it answers may be long: nobody waits for its end. */
START_TEST(what_is_asked_for_just_now_has_its_slot_when_it_answers)
{
	standin_s = 38;
	start_amid();
	comes();
	go(60);
	ck_assert_double_ge(heard(), 24);
	ck_assert_double_le(heard(), 27);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	ck_missed("relay-lost", heard() - 20.15);
	teardown();
}
END_TEST

START_TEST(what_is_asked_for_just_now_is_not_lost)
{
	start_amid();
	comes();
	go(60);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 0);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_BACK), 0);
	ck_missed("relay-lost", heard() - 20.15);
	teardown();
}
END_TEST

START_TEST(what_does_not_answer_in_its_time_is)
{
	start_amid();
	go(6);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert_int_ne(relaying_stands_in(&g.p, "vov1"), STANDIN_NONE);
	go(60);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	teardown();
}
END_TEST

/* A slot that was put in while this one was on air has the zones for a while: what is cut is no
 * miss, and goes on when that is over. */
START_TEST(what_gives_way_goes_on_behind)
{
	begin_at("2026-11-23T05:29:50", true);
	go(20);
	ck_assert(case_slots(g.c, "  - {name: Sáng, start: \"05:30\", length: 60s, overrun: cut, "
				  "play: {relay: vov1}}\n"
				  "  - {name: Xen, start: \"05:30:20\", length: 10s, "
				  "overrun: cut, play: {bulletins: {}}}\n"));
	playout_set_world(&g.p, &g.c->in);
	go(60);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 3);
	playing_ck(&g, KIND_ENDED, 0, "", "cut", "slot-taken");
	json_t *o = playing_entry(&g, KIND_INTENDED, 2);
	ck_assert_str_eq(json_get_text(o, "relay", ""), "vov1");
	ck_assert_double_ge(json_get_number(o, "planned_length_s", 0), 28);
	json_decref(o);
	teardown();
}
END_TEST

/* What stands in may run over its slot's end, and the relay itself may not. */
static void start_behind(const char *late, const char *accounted_to, enum reason gap)
{
	char slots[256];

	playing_open(&g, "2026-11-23T05:31:02");
	snprintf(slots, sizeof(slots), "  - {name: Sáng, start: \"05:30\", length: 60s, "
		 "overrun: finish, %splay: {relay: vov1}}\n", late);
	ck_assert(case_slots(g.c, slots));
	playing_begin_after(&g, accounted_to, gap);
	go(2);
}

START_TEST(what_was_over_when_the_power_came_back_is_told_at_once)
{
	start_behind("late: {join_within: 5m}, ", "2026-11-23T05:00:00", REASON_POWER_OFF);
	ck_missed("power-off", 60);
	teardown();
}
END_TEST

START_TEST(what_was_over_before_the_first_start_is_nobodys_miss)
{
	start_behind("", "2026-11-23T05:31:01", REASON_PROGRAM_ENDED);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	teardown();
}
END_TEST

static int64_t gives_nothing(struct source *s, float *out, int64_t frames)
{
	(void)s;
	(void)out;
	(void)frames;
	return SOURCE_LATER;
}

static bool never(struct source *s)
{
	(void)s;
	return false;
}

static void shut(struct source *s)
{
	(void)s;
}

static struct source *open_dry(void *arg)
{
	static const struct source_ops ops = {gives_nothing, never, shut};
	static struct source dry = {.ops = &ops};

	(void)arg;
	return &dry;
}

/* By all that is known of it the relay sounds; but nothing of it comes into the mix. */
START_TEST(what_does_not_reach_the_loudspeakers_is_silent)
{
	begin_at("2026-11-23T05:29:50", true);
	g.c->settings.relays[0].silence_s = 5;
	g.sim.open_relay = open_dry;
	go(20);
	ck_assert_int_eq(playing_count(&g, KIND_RELAY_LOST), 1);
	ck_assert(playing_find(&g, 0, 11) >= 0);
	go(70);
	teardown();
}
END_TEST

Suite *suite_relaymiss(void);
Suite *suite_relaymiss(void)
{
	Suite *s = suite_create("relaymiss");
	TCase *t = tcase_create("all");

	tcase_add_test(t, what_comes_late_was_missed_until_then);
	tcase_add_test(t, what_never_comes_was_missed_whole);
	tcase_add_test(t, an_emergency_at_its_begin_costs_its_own_time);
	tcase_add_test(t, given_up_before_its_time_it_was_missed_whole);
	tcase_add_test(t, what_is_asked_for_just_now_has_its_slot_when_it_answers);
	tcase_add_test(t, what_is_asked_for_just_now_is_not_lost);
	tcase_add_test(t, what_does_not_answer_in_its_time_is);
	tcase_add_test(t, what_gives_way_goes_on_behind);
	tcase_add_test(t, what_was_over_when_the_power_came_back_is_told_at_once);
	tcase_add_test(t, what_was_over_before_the_first_start_is_nobodys_miss);
	tcase_add_test(t, what_does_not_reach_the_loudspeakers_is_silent);
	suite_add_tcase(s, t);
	return s;
}
