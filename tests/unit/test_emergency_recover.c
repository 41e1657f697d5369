/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The power fails in the middle of it. */
#include "base/json.h"
#include "proof/alarm.h"
#include "proof/entry.h"
#include "station/desk.h"
#include "station/emergency.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>
#include <string.h>

static struct playing g;
static struct err e;
static struct world_files files;
static const struct holds *cut; /* as station's start finds it; NULL: nothing */

static void setup(void)
{
	playing_open(&g, "2026-11-23T05:29:50");
	playing_bulletin(&g, "B9", 19, 3);
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static struct emergency *raise(int every_s, int until_s)
{
	struct emergency_order o = {
		.zones = 2, .message = &g.c->in.bulletins[0], .by = "user:3", .reason = "Lũ",
		.who = "user:7", .every_s = every_s, .has_until = until_s > 0,
		.until = wall_add_ns(playout_now(&g.p), until_s * NS_PER_S)};
	struct emergency *m;

	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	return m;
}

/* The program ends without a word, and begins anew on the same log. */
static void restart(void)
{
	files.settings = g.c->settings;
	struct desk d = {.ledger = g.ledger, .clock = &g.clock.clock,
			 .world = {.files = &files,
				   .bulletins = (struct bulletin *)g.c->in.bulletins,
				   .bulletin_count = g.c->in.bulletin_count}};

	playout_finish(&g.p);
	air_sim_finish(&g.sim);
	playing_begin(&g);
	if (cut != NULL)
		playout_hold(&g.p, cut);
	ck_assert_msg(emergency_recover(&g.p, &d, &e), "%s", e.text);
}

START_TEST(it_goes_on_where_it_was_not_ended)
{
	char id[ID_BYTES];

	memcpy(id, raise(60, 600)->id, sizeof(id));
	playing_run(&g, 3);
	restart();
	ck_assert_ptr_nonnull(g.p.emergencies);
	ck_assert_str_eq(g.p.emergencies->id, id);
	ck_assert_str_eq(g.p.emergencies->message.id, "B9");
	ck_assert_str_eq(g.p.emergencies->by, "user:3");
	ck_assert_uint_eq(g.p.emergencies->zones, 2);
	ck_assert_int_eq(g.p.emergencies->every_ns, 60 * NS_PER_S);
	playing_run(&g, 12);
	ck_assert_int_eq(g.p.emergencies->turns, 1);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_RAISED), 1);
	emergency_end(&g.p, g.p.emergencies, "ended", "", "user:7");
	playing_run(&g, 1);
	restart();
	ck_assert_ptr_null(g.p.emergencies);
}
END_TEST

START_TEST(one_whose_time_is_over_ends)
{
	raise(60, 30);
	restart();
	clock_sim_advance(&g.clock, 60 * NS_PER_S);
	playing_run(&g, 1);
	ck_assert_ptr_null(g.p.emergencies);
	ck_assert_int_eq(playing_count(&g, KIND_EMERGENCY_ENDED), 1);
}
END_TEST

START_TEST(one_whose_zones_are_gone_says_so)
{
	raise(60, 0);
	snprintf(g.c->settings.zones[1].name, sizeof(g.c->settings.zones[1].name), "khac");
	restart();
	playing_run(&g, 1);
	ck_assert_ptr_null(g.p.emergencies);
	json_t *o = playing_entry(&g, KIND_EMERGENCY_ENDED, 0);
	ck_assert_str_eq(json_get_text(o, "why", ""), "zone-gone");
	json_decref(o);
}
END_TEST

/* It is read anew, unless it was read before the power failed. */
START_TEST(a_text_is_still_to_be_read)
{
	struct emergency_order o = {.zones = 1, .by = "user:3", .reason = "Lũ", .who = "user:7",
				    .every_s = 60, .text = "Nước lên, di dời ngay"};
	struct emergency *m;

	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	ck_assert(m->waits);
	restart();
	ck_assert_str_eq(g.p.emergencies->text, "Nước lên, di dời ngay");
	ck_assert(g.p.emergencies->waits);
	ck_assert(emergency_message(&g.p, g.p.emergencies, &g.c->in.bulletins[0], "", &e));
	restart();
	ck_assert(!g.p.emergencies->waits);
	ck_assert_str_eq(g.p.emergencies->message.id, "B9");
}
END_TEST

START_TEST(two_keep_their_order)
{
	raise(60, 0);
	raise(120, 0);
	restart();
	ck_assert_int_eq(g.p.emergencies->every_ns, 60 * NS_PER_S);
	ck_assert_int_eq(g.p.emergencies->next->every_ns, 120 * NS_PER_S);
	ck_assert_ptr_null(g.p.emergencies->next->next);
}
END_TEST

/* The cut stands after the power came back, and the emergency above it: whatever the clock did. */
START_TEST(above_a_cut_it_stays_above_it)
{
	struct emergency_order o = {.zones = 2, .by = "user:3", .reason = "Lũ", .who = "user:7",
				    .every_s = 60, .over_cut = true};
	struct emergency *m;

	playout_cut(&g.p, 2, "user:5");
	clock_sim_set_wall(&g.clock, wall_add_ns(g.clock.now_wall, -3600 * NS_PER_S));
	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
	struct holds holds = {.zones = 2};
	memcpy(holds.by, g.p.cut_by, sizeof(holds.by));
	cut = &holds;
	restart();
	ck_assert_uint_eq(g.p.emergencies->over, 2);
	holds.by[1].at.ns += NS_PER_S; /* another cut: somebody meant the emergency */
	snprintf(holds.by[1].who, sizeof(holds.by[1].who), "user:6");
	restart();
	ck_assert_uint_eq(g.p.emergencies->over, 0);
	playing_run(&g, 1);
	playing_ck(&g, KIND_MISSED, 0, "", "", "held-by-operator");
	json_t *missed = playing_entry(&g, KIND_MISSED, 0);
	ck_assert_str_eq(json_get_text(missed, "who", ""), "user:6");
	json_decref(missed);
	cut = NULL;
}
END_TEST

Suite *suite_emergency_recover(void);
Suite *suite_emergency_recover(void)
{
	Suite *s = suite_create("emergency_recover");
	TCase *t = tcase_create("emergency_recover");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_goes_on_where_it_was_not_ended);
	tcase_add_test(t, one_whose_time_is_over_ends);
	tcase_add_test(t, one_whose_zones_are_gone_says_so);
	tcase_add_test(t, a_text_is_still_to_be_read);
	tcase_add_test(t, two_keep_their_order);
	tcase_add_test(t, above_a_cut_it_stays_above_it);
	suite_add_tcase(s, t);
	return s;
}
