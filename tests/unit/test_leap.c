/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/leap.h"

#include "base/json.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>

static struct playing g;

#define SLOT(name, start)                                                                          \
	"  - {name: " name ", start: \"" start "\", length: 60s, play: {bulletins: {}},"           \
	" ident: false}\n"

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:00");
	playing_bulletin(&g, "B1", 11, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30") SLOT("Trưa", "06:30")));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static int64_t index_of(const char *kind)
{
	json_t *entry = playing_entry(&g, kind, 0);
	int64_t n = json_get_integer(entry, "n", -1);

	json_decref(entry);
	return n;
}

/* What sounds goes by frames, and what was promised behind it too; whatever the clock says
 * afterwards, nothing of the slot airs twice or is missed. */
START_TEST(who_sets_the_clock_while_a_slot_plays_stops_nothing_promised)
{
	playing_bulletin(&g, "B2", 12, 20);
	playout_set_world(&g.p, &g.c->in);
	playing_run(&g, 58.5);
	int64_t first = playing_frame(&g, "2026-11-23T05:30:00");
	clock_sim_set_wall(&g.clock, wall_add_ns(clock_wall(&g.clock.clock),
						 (_i == 0 ? 600 : -600) * NS_PER_S));
	playing_run(&g, 120);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 1);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	playing_ck(&g, KIND_ENDED, 1, "B2", "full", "");
	ck_assert_int_eq(playing_find(&g, 0, 11), first);
	ck_assert_int_eq(playing_whole(&g, 0, 11), 5 * FRAMES_PER_S);
	ck_assert_int_eq(playing_find(&g, 0, 12), first + 5 * FRAMES_PER_S);
	playing_run(&g, 700); /* back: past the slot's own hour once more */
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

/* By the hour's end the lid is open again: nobody set the clock. */
START_TEST(what_the_machine_slept_through_was_missed_for_that)
{
	clock_sim_sleep(&g.clock, 3600 * NS_PER_S);
	playing_run(&g, 2);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "machine-slept");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 0);
	json_t *slept = playing_entry(&g, KIND_SLEPT, 0);
	ck_assert(json_get_number(slept, "slept_s", 0) == 3600);
	json_decref(slept);
	/* Said before the new time stands anywhere, and behind the last row. */
	ck_assert_int_lt(index_of(KIND_OWED), index_of(KIND_SLEPT));
	ck_assert_int_lt(index_of(KIND_MISSED), index_of(KIND_ACCOUNTED));
	playing_run(&g, 90);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T06:30:00"));
}
END_TEST

/* Its second half an hour later would be no bulletin any more; what follows keeps its hour. */
START_TEST(what_sounds_when_the_machine_falls_asleep_ends_there)
{
	teardown();
	playing_open(&g, "2026-11-23T05:29:55");
	playing_bulletin(&g, "B1", 11, 5);
	playing_bulletin(&g, "B2", 12, 25);
	playing_bulletin(&g, "B3", 13, 5);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30")));
	playing_begin(&g);
	playing_run(&g, 7);
	clock_sim_sleep(&g.clock, 25 * NS_PER_S);
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "machine-slept");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_str_eq(json_get_text(ended, "start", ""), "2026-11-23T05:30:00.000+07:00");
	ck_assert(json_get_number(ended, "start_error_ms", 9) == 0);
	ck_assert_str_ge(json_get_text(ended, "end", ""), "2026-11-23T05:30:27");
	ck_assert(json_get_number(ended, "complete", 9) < 0.6);
	json_decref(ended);
	playing_ck(&g, KIND_MISSED, 0, "B2", NULL, "machine-slept");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
	json_t *third = playing_entry(&g, KIND_ENDED, 1);
	ck_assert_str_eq(json_get_text(third, "bulletin", ""), "B3");
	ck_assert(json_get_number(third, "start_error_ms", 9) == 0);
	json_decref(third);
}
END_TEST

START_TEST(a_clock_that_was_set_while_it_slept_is_told_apart)
{
	clock_sim_sleep(&g.clock, 600 * NS_PER_S);
	clock_sim_set_wall(&g.clock, wall_add_ns(g.clock.now_wall, 3000 * NS_PER_S));
	playing_run(&g, 2);
	ck_assert_int_eq(playing_count(&g, KIND_SLEPT), 1);
	json_t *step = playing_entry(&g, KIND_CLOCK_STEPPED, 0);
	ck_assert(json_get_number(step, "by_ms", 0) == 3000000);
	json_decref(step);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "machine-slept");
}
END_TEST

START_TEST(asleep_when_the_machine_came_up_it_is_not_blamed_for_the_program)
{
	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	clock_sim_advance(&g.clock, 3600 * NS_PER_S);
	g.machine_up_ns = 3600 * NS_PER_S - 30 * NS_PER_S;
	playing_begin_after(&g, "2026-11-23T05:29:30", REASON_POWER_OFF);
	clock_sim_sleep(&g.clock, 7200 * NS_PER_S);
	playing_run(&g, 2);
	/* 05:30 was after the machine came up, however long it slept afterwards. */
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "program-ended");
	playing_ck(&g, KIND_MISSED, 1, "B1", NULL, "machine-slept");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 2);
}
END_TEST

/* Somebody mistypes the date and mends it at once: what lies ahead again was not missed. */
START_TEST(a_leap_that_is_taken_back_accounts_for_no_future)
{
	struct wall right = g.clock.now_wall;

	clock_sim_set_wall(&g.clock, wall_add_ns(right, 20 * 86400 * NS_PER_S));
	playout_step(&g.p); /* the first day of it is written down */
	clock_sim_set_wall(&g.clock, right);
	playing_run(&g, 5);
	ck_assert(playout_accounted(&g.p));
	ck_assert_int_le(playing_count(&g, KIND_MISSED), 4);
	playing_run(&g, 70);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T05:30:00"));
	/* Of what aired after all the view does not say that it did not. */
	struct airing_row row;
	struct err e = {0};
	json_t *missed = playing_entry(&g, KIND_MISSED, 0);
	char id[ID_BYTES];
	entry_id('M', json_get_integer(missed, "n", -1), id);
	json_decref(missed);
	ck_assert(!reader_airing(ledger_view(g.ledger), id, &row, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
}
END_TEST

START_TEST(what_a_time_server_corrects_every_day_needs_no_mark)
{
	clock_sim_set_wall(&g.clock, wall_add_ns(g.clock.now_wall, 900 * NS_PER_MS));
	playing_run(&g, 2);
	ck_assert_int_eq(playing_count(&g, KIND_CLOCK_STEPPED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_OWED) + playing_count(&g, KIND_ACCOUNTED), 0);
}
END_TEST

START_TEST(while_the_clock_is_not_believed_the_log_says_since_when)
{
	struct wall right = g.clock.now_wall;

	clock_sim_unsync(&g.clock);
	clock_sim_set_wall(&g.clock, (struct wall){0});
	playing_run(&g, 3600);
	json_t *owed = playing_entry(&g, KIND_OWED, 0);
	struct wall from;
	ck_assert(json_get_time(owed, "from", &from) && from.ns <= right.ns);
	ck_assert(json_is_null(json_object_get(owed, "to")));
	json_decref(owed);
	ck_assert_int_eq(playing_count(&g, KIND_ACCOUNTED), 0);
	clock_sim_sync(&g.clock, 5, "chronyd");
	playing_run(&g, 2);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "clock-untrusted");
	ck_assert_int_eq(playing_count(&g, KIND_ACCOUNTED), 1);
}
END_TEST

Suite *suite_leap(void);
Suite *suite_leap(void)
{
	Suite *s = suite_create("leap");
	TCase *c = tcase_create("leap");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_set_timeout(c, 60);
	tcase_add_loop_test(c, who_sets_the_clock_while_a_slot_plays_stops_nothing_promised, 0, 2);
	tcase_add_test(c, what_the_machine_slept_through_was_missed_for_that);
	tcase_add_test(c, what_sounds_when_the_machine_falls_asleep_ends_there);
	tcase_add_test(c, a_clock_that_was_set_while_it_slept_is_told_apart);
	tcase_add_test(c, asleep_when_the_machine_came_up_it_is_not_blamed_for_the_program);
	tcase_add_test(c, a_leap_that_is_taken_back_accounts_for_no_future);
	tcase_add_test(c, what_a_time_server_corrects_every_day_needs_no_mark);
	tcase_add_test(c, while_the_clock_is_not_believed_the_log_says_since_when);
	suite_add_tcase(s, c);
	return s;
}
