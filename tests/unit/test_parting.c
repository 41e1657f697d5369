/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/parting.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "station/comeback.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct playing g;
static struct err e;

/* 05:30:10: B1 sounds in both zones since 05:30. */
static void open_slot(const char *rules)
{
	playing_two(&g, rules);
	playing_begin(&g);
	g.sim.device_now = (struct air_device){.on = true, .name = "hw:1"};
	playing_run(&g, 15);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

/* The n-th entry of a kind names this one zone. */
static void ck_zone(const char *kind, int n, const char *zone)
{
	json_t *o = playing_entry(&g, kind, n);

	ck_assert_msg(o != NULL, "no %s %d", kind, n);
	const json_t *zones = json_object_get(o, "zones");
	ck_assert_int_eq((int)json_array_size(zones), 1);
	ck_assert_str_eq(json_string_value(json_array_get(zones, 0)), zone);
	json_decref(o);
}

static void ck_text(const char *kind, int n, const char *key, const char *want)
{
	json_t *o = playing_entry(&g, kind, n);

	ck_assert_msg(o != NULL, "no %s %d", kind, n);
	ck_assert_str_eq(json_get_text(o, key, ""), want);
	json_decref(o);
}

/* Zone 0 hears the frame of B1 that its time is. */
static bool in_step(const char *local)
{
	int64_t f = playing_frame(&g, local), from = f - playing_frame(&g, "2026-11-23T05:30:00");

	for (int i = 0; i < 16; i++)
		if (g.mix[0][f + i] != fake_noise_at(11, from + i))
			return false;
	return true;
}

/* The outcome of a bulletin. */
static json_t *outcome(const char *bulletin)
{
	for (int i = 0;; i++) {
		json_t *o = playing_entry(&g, KIND_ENDED, i);
		ck_assert_msg(o != NULL, "%s did not end", bulletin);
		if (strcmp(json_get_text(o, "bulletin", ""), bulletin) == 0)
			return o;
		json_decref(o);
	}
}

static void ck_share(const json_t *o, const char *zone, double least, double most,
		     const char *proof)
{
	const json_t *its = json_object_get(json_object_get(o, "by_zone"), zone);

	ck_assert_double_ge(json_get_number(its, "complete", -1), least);
	ck_assert_double_le(json_get_number(its, "complete", -1), most);
	ck_assert_str_eq(json_get_text(its, "proof", ""), proof);
}

START_TEST(the_zone_joins_what_the_other_hears)
{
	char words[REASON_BYTES];

	open_slot("length: 180s");
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 110);
	ck_assert(in_step("2026-11-23T05:30:09"));
	ck_assert(!in_step("2026-11-23T05:30:20"));
	ck_assert(in_step("2026-11-23T05:30:45"));
	ck_assert_int_eq(playing_whole(&g, 0, 12), 20 * FRAMES_PER_S);
	ck_assert_int_eq(playing_whole(&g, 1, 11), 60 * FRAMES_PER_S);
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 1);
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
	ck_text(KIND_BROKEN, 0, "rule", "join");
	ck_zone(KIND_BROKEN, 0, "trung-tam");
	ck_zone(KIND_JOINED, 0, "trung-tam");
	json_t *o = outcome("B1");
	ck_assert_str_eq(json_get_text(o, "result", ""), "full");
	ck_assert_int_eq((int)json_array_size(json_object_get(o, "zones")), 2);
	ck_assert_str_eq(json_get_text(o, "proof", ""), "");
	ck_share(o, "trung-tam", 0.45, 0.52, "");
	ck_share(o, "thon-2", 1, 1, "A");
	saying_words(json_object_get(o, "detail"), true, words, sizeof(words));
	ck_assert_ptr_nonnull(strstr(words, "zone trung-tam had to give 3"));
	json_decref(o);
	ck_assert_int_eq(g.p.arbiter.count, 0);
	ck_assert(!playout_busy(&g.p));
}
END_TEST

START_TEST(by_drop_it_waits_for_the_next_item)
{
	open_slot("length: 180s, after_break: drop");
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 110);
	ck_assert(!in_step("2026-11-23T05:30:45"));
	ck_text(KIND_DROPPED, 0, "reason", "after-break-drop");
	ck_zone(KIND_DROPPED, 0, "trung-tam");
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN) + playing_count(&g, KIND_JOINED), 0);
	ck_assert_int_eq(playing_whole(&g, 0, 12), 20 * FRAMES_PER_S);
	json_t *o = outcome("B1");
	ck_share(o, "trung-tam", 0.15, 0.18, "");
	json_decref(o);
}
END_TEST

START_TEST(what_is_over_meanwhile_is_dropped_there)
{
	open_slot("length: 180s");
	playing_run(&g, 30);
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 90);
	ck_text(KIND_BROKEN, 0, "rule", "join");
	ck_text(KIND_DROPPED, 0, "reason", "emergency");
	ck_zone(KIND_DROPPED, 0, "trung-tam");
	/* B2 began while the siren sounded in that zone: it joins that, at last. */
	ck_zone(KIND_JOINED, 0, "trung-tam");
	json_t *o = outcome("B2");
	ck_share(o, "trung-tam", 0.2, 0.6, "");
	json_decref(o);
}
END_TEST

START_TEST(a_cut_meanwhile_keeps_it_away)
{
	open_slot("length: 180s");
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 5);
	playout_cut(&g.p, 1, "user:7");
	playing_run(&g, 2);
	playout_resume(&g.p, 1, "user:7");
	playing_run(&g, 30);
	ck_text(KIND_DROPPED, 0, "reason", "cut-by-operator");
	ck_assert_int_eq(playing_count(&g, KIND_JOINED), 0);
	ck_assert(!in_step("2026-11-23T05:30:48"));
}
END_TEST

/* One warns everywhere; when it is over another goes on in one zone. */
START_TEST(zones_that_are_free_go_on)
{
	open_slot("length: 180s");
	playing_siren(&g, 3, 0, 0);
	playing_run(&g, 1);
	playing_siren(&g, 1, 60, 150);
	playing_run(&g, 45);
	ck_assert_int_eq(playing_count(&g, KIND_BROKEN), 1);
	json_t *o = playing_entry(&g, KIND_INTENDED, 3);
	ck_assert_msg(o != NULL, "it does not go on in the free zone");
	ck_assert_str_ne(json_get_text(o, "resumes", ""), "");
	json_decref(o);
	playing_run(&g, 160);
}
END_TEST

START_TEST(a_pause_between_two_turns_is_no_return)
{
	open_slot("length: 180s");
	playing_siren(&g, 1, 60, 20);
	playing_run(&g, 2);
	playing_siren(&g, 1, 60, 300);
	playing_run(&g, 50);
	ck_assert_int_eq(playing_count(&g, KIND_JOINED), 0);
	playing_run(&g, 400);
}
END_TEST

START_TEST(a_power_cut_meanwhile_is_told_once)
{
	struct desk desk = {0};

	open_slot("length: 180s");
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 7);
	desk.clock = &g.clock.clock;
	desk.ledger = g.ledger;
	ck_assert(comeback_close(&desk, REASON_POWER_OFF, &e));
	ck_assert(comeback_close(&desk, REASON_POWER_OFF, &e));
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 1);
	ck_text(KIND_DROPPED, 0, "reason", "power-off");
}
END_TEST

START_TEST(what_joined_is_not_told_of)
{
	struct desk desk = {0};

	open_slot("length: 180s");
	playing_siren(&g, 1, 0, 0);
	playing_run(&g, 40);
	desk.clock = &g.clock.clock;
	desk.ledger = g.ledger;
	ck_assert(comeback_close(&desk, REASON_POWER_OFF, &e));
	ck_assert_int_eq(playing_count(&g, KIND_DROPPED), 0);
}
END_TEST

Suite *suite_parting(void);
Suite *suite_parting(void)
{
	Suite *s = suite_create("parting");
	TCase *c = tcase_create("parting");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, the_zone_joins_what_the_other_hears);
	tcase_add_test(c, by_drop_it_waits_for_the_next_item);
	tcase_add_test(c, what_is_over_meanwhile_is_dropped_there);
	tcase_add_test(c, a_cut_meanwhile_keeps_it_away);
	tcase_add_test(c, zones_that_are_free_go_on);
	tcase_add_test(c, a_pause_between_two_turns_is_no_return);
	tcase_add_test(c, a_power_cut_meanwhile_is_told_once);
	tcase_add_test(c, what_joined_is_not_told_of);
	suite_add_tcase(s, c);
	return s;
}
