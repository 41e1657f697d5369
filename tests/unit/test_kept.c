/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/kept.h"

#include "base/json.h"
#include "proof/entry.h"
#include "support/playing.h"

#include <check.h>

#define SLOT(name, start, more)                                                                    \
	"  - {name: " name ", start: \"" start "\", length: 10m, play: {bulletins: {}}" more "}\n"

static struct playing g;

/* 05:30:03: of "Sáng" the first bulletin sounds, two more are to come; then its slot is taken out
 * of the timetable. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	playing_bulletin(&g, "B3", 13, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 13);
	schedule_finish(&g.c->schedule);
	ck_assert(case_slots(g.c, SLOT("Chiều", "17:00", ", ident: false")));
	playout_set_world(&g.p, &g.c->in);
}

static void teardown(void)
{
	playing_close(&g);
}

static void ck_kept(int n, const char *id)
{
	json_t *entry = playing_entry(&g, KIND_KEPT, n);

	ck_assert_str_eq(json_get_text(entry, "item", ""), id);
	ck_assert_str_eq(json_get_text(entry, "slot", ""), "Sáng");
	json_decref(entry);
}

START_TEST(what_a_running_slot_keeps_is_written_down_once)
{
	ck_assert_int_eq(playing_count(&g, KIND_KEPT), 2);
	ck_kept(0, "B2");
	ck_kept(1, "B3");
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 40);
	ck_assert_int_eq(playing_count(&g, KIND_KEPT), 2);
	ck_assert_int_eq(playing_whole(&g, 0, 13), 480000);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(what_the_plan_still_holds_is_not_kept)
{
	playing_close(&g);
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30", ", ident: false")));
	playing_begin(&g);
	playing_run(&g, 13);
	playout_set_world(&g.p, &g.c->in);
	ck_assert_int_eq(playing_count(&g, KIND_KEPT), 0);
}
END_TEST

/* The program ends while B2 is on; what the next start writes. */
static void end_and_close(double off_s, enum reason end)
{
	struct desk desk = {.clock = &g.clock.clock, .ledger = g.ledger};
	struct err e = {0};

	playing_run(&g, 10);
	clock_sim_advance(&g.clock, (int64_t)(off_s * NS_PER_S));
	desk.boot.since = g.clock.now_mono;
	ck_assert_msg(kept_close(&desk, end, &e), "%s", e.text);
}

START_TEST(what_never_had_its_time_is_missed_by_the_power_cut)
{
	end_and_close(600, REASON_POWER_OFF);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	playing_ck(&g, KIND_MISSED, 0, "B3", NULL, "power-off");
	end_and_close(600, REASON_POWER_OFF);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
}
END_TEST

START_TEST(what_was_still_to_come_has_nobody_to_play_it)
{
	end_and_close(1, REASON_STATION_STOPPED);
	playing_ck(&g, KIND_MISSED, 0, "B3", NULL, "timetable-changed");
}
END_TEST

START_TEST(what_an_earlier_run_kept_was_made_good_then)
{
	struct err e = {0};
	int64_t n;

	ck_assert(ledger_append(g.ledger, entry_station_started("1", "thu", "boot"), &n, &e));
	end_and_close(600, REASON_POWER_OFF);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

Suite *suite_kept(void);
Suite *suite_kept(void)
{
	Suite *s = suite_create("kept");
	TCase *c = tcase_create("kept");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_test(c, what_a_running_slot_keeps_is_written_down_once);
	tcase_add_test(c, what_the_plan_still_holds_is_not_kept);
	tcase_add_test(c, what_never_had_its_time_is_missed_by_the_power_cut);
	tcase_add_test(c, what_was_still_to_come_has_nobody_to_play_it);
	tcase_add_test(c, what_an_earlier_run_kept_was_made_good_then);
	suite_add_tcase(s, c);
	return s;
}
