/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What airs while the disk hangs: nothing whose intent is not in the log, and every warning. */
#include "station/airing.h"

#include "base/json.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "station/emergency.h"
#include "station/record.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct playing g;
static struct err e;

#define SLOT_WITH(name, start, more) \
	"  - {name: " name ", start: \"" start "\", length: 30s, ident: false, " more \
	"play: {bulletins: {}}}\n"
#define SLOT(name, start) SLOT_WITH(name, start, "")

/* B1 is due at 05:30:00, its intent at 05:29:57. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30") SLOT("Sau", "05:31")));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void setup_two(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	playing_bulletin(&g, "B2", 12, 10);
	ck_assert(case_slots(g.c, SLOT("Sáng", "05:30")));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void setup_drop(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B1", 11, 10);
	ck_assert(case_slots(g.c, SLOT_WITH("Sáng", "05:30", "after_break: drop, ")));
	playing_begin(&g);
	playing_run(&g, 5);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void hang(bool before)
{
	g.stall.hangs = true;
	g.stall.before = before;
}

static bool says(const char *kind, int n, const char *key)
{
	json_t *o = playing_entry(&g, kind, n);
	bool has = json_object_get(o, key) != NULL;

	json_decref(o);
	return has;
}

START_TEST(a_slow_sync_delays_no_sample)
{
	hang(_i == 1);
	playing_run(&g, 4.5); /* 05:29:59.5 */
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	g.stall.hangs = false;
	playing_run(&g, 20);
	ck_assert_int_eq(playing_find(&g, 0, 11), playing_frame(&g, "2026-11-23T05:30:00"));
	ck_assert_int_eq(playing_whole(&g, 0, 11), g.c->bulletins[0].frames);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	ck_assert_int_eq(playing_count(&g, KIND_OWED), 0); /* nothing waited behind it */
}
END_TEST

/* Its intent was with the disk and got in too late: that is told, and not a sample of it heard. */
START_TEST(what_the_disk_took_too_late_is_not_heard_and_has_its_outcome)
{
	hang(_i == 1);
	playing_run(&g, 20); /* 05:30:15 */
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	g.stall.hangs = false;
	playing_run(&g, 5);
	playing_ck(&g, KIND_INTENDED, 0, "B1", NULL, NULL);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "disk-stalled");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_int_eq(json_get_integer(ended, "frames", -1), 0);
	json_decref(ended);
	playing_run(&g, 60); /* and the next slot is as ever */
	playing_ck(&g, KIND_ENDED, 1, "B1", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 2);
}
END_TEST

/* The machine sleeps meanwhile, and wakes when the slot is over: of all that the slot had, what has
 * an intent on its way tells for itself. */
START_TEST(what_is_on_its_way_is_not_owed_to_a_sleep)
{
	playing_run(&g, 6); /* 05:30:01 */
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	g.stall.hangs = g.stall.before = true;
	playing_run(&g, 12); /* B2 was due at 05:30:10 */
	clock_sim_sleep(&g.clock, 30 * NS_PER_S);
	playing_run(&g, 5);
	g.stall.hangs = false;
	playing_run(&g, 5);
	playing_ck(&g, KIND_INTENDED, 1, "B2", NULL, NULL);
	playing_ck(&g, KIND_ENDED, 1, "B2", "cut", "disk-stalled");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

START_TEST(what_the_disk_refused_in_the_end_was_missed)
{
	hang(true);
	playing_run(&g, 20);
	g.stall.hangs = false;
	g.stall.fails = true;
	playing_run(&g, 0.2);
	g.stall.fails = false;
	playing_run(&g, 5);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "disk-stalled");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 1);
}
END_TEST

/* The disk hung on something else. */
START_TEST(what_could_not_be_written_was_missed_at_its_time)
{
	hang(false);
	record_entry(&g.p, entry_device_back("loa", 1));
	playing_run(&g, 20);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
	g.stall.hangs = false;
	playing_run(&g, 5);
	playing_ck(&g, KIND_MISSED, 0, "B1", NULL, "disk-stalled");
	ck_assert(says(KIND_MISSED, 0, "happened"));
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 0);
	playing_run(&g, 60);
	playing_ck(&g, KIND_ENDED, 0, "B1", "full", "");
}
END_TEST

/* The program goes while nobody knows whether the intent got in. */
START_TEST(a_run_may_be_forgotten_while_its_intent_is_on_its_way)
{
	hang(_i == 1);
	playing_run(&g, 4);
	ck_assert_int_eq(g.stall.asked, 1);
	playout_stop(&g.p);
	playing_run(&g, 10);
	ck_assert_int_eq(playing_find(&g, 0, 11), -1);
}
END_TEST

START_TEST(withdrawn_while_its_intent_is_on_its_way_it_has_one_row)
{
	hang(_i == 1);
	playing_run(&g, 4);
	g.c->bulletins[0].state = BULLETIN_WITHDRAWN;
	playing_run(&g, 3);
	g.stall.hangs = false;
	playing_run(&g, 5);
	ck_assert_int_eq(playing_count(&g, KIND_INTENDED), 1);
	playing_ck(&g, KIND_ENDED, 0, "B1", "cut", "withdrawn");
	ck_assert_int_eq(playing_count(&g, KIND_MISSED), 0);
}
END_TEST

static int64_t first_sound(int64_t from)
{
	int64_t f = from;

	while (f < from + FRAMES_PER_S && g.mix[0][f] == 0.0f)
		f++;
	return f - from;
}

/* The disk has hung for seconds when it is ordered, or hangs on its own entry. */
START_TEST(an_emergency_is_heard_at_once_and_written_when_the_disk_lets_it)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Vỡ đập",
				    .who = "user:7"};
	struct emergency *m;

	hang(_i % 2 == 1);
	if (_i < 2)
		record_entry(&g.p, entry_device_back("loa", 1));
	playing_run(&g, 1);
	int64_t now = (int64_t)g.sim.blocks * BLOCK_FRAMES;
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	ck_assert_str_eq(m->id, "");
	playing_run(&g, 12);
	ck_assert_int_le(first_sound(now), 2 * BLOCK_FRAMES);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_RAISED), 0);
	g.stall.hangs = false;
	playing_run(&g, 30);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_RAISED), 1);
	ck_assert(says(KIND_EMERGENCY_RAISED, 0, "happened") == (_i < 2));
	json_t *raised = playing_entry(&g, KIND_EMERGENCY_RAISED, 0);
	json_t *intent = playing_entry(&g, KIND_INTENDED, 0);
	char id[32];
	snprintf(id, sizeof(id), "K%lld", (long long)json_get_integer(raised, "n", -1));
	ck_assert_str_eq(json_get_text(intent, "emergency", ""), id);
	json_decref(raised);
	json_decref(intent);
	playing_run(&g, 20);
	playing_ck(&g, KIND_ENDED, 0, "", "full", "");
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_ENDED), 1);
}
END_TEST

/* An alarm takes all of its zones while its intent is on its way: it tells of those it promised. */
START_TEST(what_an_emergency_took_before_it_began_has_its_zones)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Vỡ đập",
				    .who = "user:7"};
	struct emergency *m;

	hang(_i == 1);
	playing_run(&g, 4); /* 05:29:59 */
	ck_assert(emergency_raise(&g.p, &o, &m, &e));
	playing_run(&g, 5);
	g.stall.hangs = false;
	playing_run(&g, 40);
	json_t *intent = playing_entry(&g, KIND_INTENDED, 0);
	ck_assert_str_eq(json_get_text(intent, "bulletin", ""), "B1");
	json_t *ended = playing_entry(&g, KIND_ENDED, 0);
	ck_assert_str_eq(json_get_text(ended, "bulletin", ""), "B1");
	ck_assert_str_eq(json_get_text(ended, "reason", ""), "emergency");
	ck_assert(json_array_size(json_object_get(ended, "zones")) > 0);
	ck_assert(json_equal(json_object_get(ended, "zones"), json_object_get(intent, "zones")));
	ck_assert(json_is_null(json_object_get(ended, "recording")));
	ck_assert(json_is_null(json_object_get(ended, "recording_s")));
	ck_assert(json_is_null(json_object_get(ended, "proof")));
	json_decref(intent);
	json_decref(ended);
}
END_TEST

Suite *suite_airing_intend(void);
Suite *suite_airing_intend(void)
{
	Suite *s = suite_create("airing_intend");
	TCase *t = tcase_create("airing_intend");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, a_slow_sync_delays_no_sample, 0, 2);
	tcase_add_loop_test(t, what_the_disk_took_too_late_is_not_heard_and_has_its_outcome, 0, 2);
	tcase_add_test(t, what_the_disk_refused_in_the_end_was_missed);
	tcase_add_test(t, what_could_not_be_written_was_missed_at_its_time);
	tcase_add_loop_test(t, a_run_may_be_forgotten_while_its_intent_is_on_its_way, 0, 2);
	tcase_add_loop_test(t, withdrawn_while_its_intent_is_on_its_way_it_has_one_row, 0, 2);
	tcase_add_loop_test(t, an_emergency_is_heard_at_once_and_written_when_the_disk_lets_it, 0,
			    4);
	suite_add_tcase(s, t);
	TCase *two = tcase_create("two");
	tcase_add_checked_fixture(two, setup_two, teardown);
	tcase_add_test(two, what_is_on_its_way_is_not_owed_to_a_sleep);
	suite_add_tcase(s, two);
	TCase *drop = tcase_create("drop");
	tcase_add_checked_fixture(drop, setup_drop, teardown);
	tcase_add_loop_test(drop, what_an_emergency_took_before_it_began_has_its_zones, 0, 2);
	suite_add_tcase(s, drop);
	return s;
}
