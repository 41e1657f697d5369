/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays and tones: test_playout.c, test_tone.c; whole emergencies: test_emergency.c. */
#include "mix/siren.h"
#include "station/playout.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>

static struct playing g;

START_TEST(a_message_waits_for_the_siren)
{
	playing_open(&g, "2026-11-23T05:29:50");
	struct bulletin *b = playing_bulletin(&g, "B9", 19, 3);
	ck_assert(case_slots(g.c, ""));
	playing_begin(&g);
	playing_run(&g, 1);
	struct run *r = run_alarm(&g.p, AIR_EMERGENCY, 1, 20 * FRAMES_PER_S, "user:7");
	ck_assert(run_alarms(r) && !run_planned(r));
	ck_assert_str_eq(r->items[0].asset.path, siren_code(SIREN_ALARM));
	airing_alarm(&g.p, r, &r->items[0], 1);
	playing_run(&g, 1);
	ck_assert_int_eq(r->items[0].state, AIRING_ON);
	ck_assert(run_follow(&g.p, r, b, 3 * FRAMES_PER_S));
	ck_assert_int_eq(r->items[1].at.n, r->items[0].first.n + 3 * FRAMES_PER_S);
	ck_assert(!run_follow(&g.p, r, b, 3 * FRAMES_PER_S)); /* it has one */
	playing_run(&g, 8);
	ck_assert_int_eq(playing_whole(&g, 0, 19), b->frames);
	ck_assert_int_eq(playing_find(&g, 1, 19), -1);
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}
END_TEST

Suite *suite_run_order(void);
Suite *suite_run_order(void)
{
	Suite *s = suite_create("run_order");
	TCase *t = tcase_create("run_order");

	tcase_add_test(t, a_message_waits_for_the_siren);
	suite_add_tcase(s, t);
	return s;
}
