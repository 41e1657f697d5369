/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/sent.h"

#include "base/json.h"
#include "base/saying.h"
#include "support/playing.h"

#include <check.h>
#include <stdio.h>

static struct playing g;
static struct airing a;
static struct sent s;
static struct airing_facts f;

/* A second in both zones, whose devices are one. */
static void setup(void)
{
	playing_open(&g, "2026-11-23T05:30:00");
	playing_begin(&g);
	playing_run(&g, 2);
	g.sim.device_now = (struct air_device){.name = "hw:1", .on = true};
	a = (struct airing){.zones = 3, .frames = FRAMES_PER_S, .last = {FRAMES_PER_S}};
	airing_look_at_devices(&g.p, &a);
	f = (struct airing_facts){.device = NULL};
}

static void teardown(void)
{
	json_decref(f.detail);
	playing_close(&g);
}

static const char *detail(void)
{
	json_decref(f.detail);
	f = (struct airing_facts){.device = NULL};
	sent_look(&s, &g.p, &a);
	sent_put(&f, &s, &g.p, &a);
	return json_get_text(f.detail, "code", "");
}

START_TEST(one_device_of_two_zones_is_named_once)
{
	ck_assert_str_eq(detail(), "");
	ck_assert_str_eq(f.proof, "A");
	ck_assert_str_eq(f.device, "hw:1");
	snprintf(a.before[1].name, sizeof(a.before[1].name), "hw:2");
	a.before[1].on = false;
	g.sim.deaf = 2;
	ck_assert_str_eq(detail(), "zones-silent");
	ck_assert_str_eq(f.device, "hw:1, hw:2");
	ck_assert_ptr_null(f.proof);
}
END_TEST

START_TEST(what_all_zones_share_is_said_once)
{
	g.sim.device_now.silent_frames = 1;
	ck_assert_str_eq(detail(), "device-gaps");
	g.sim.device_now.on = false;
	ck_assert_str_eq(detail(), "device-in-part");
	a.before[0].on = a.before[1].on = false;
	ck_assert_str_eq(detail(), "no-device");
	ck_assert_ptr_null(f.proof);
}
END_TEST

START_TEST(the_most_xruns_count_and_a_zone_that_was_cut_does_not)
{
	g.sim.device_now.xruns = 5;
	a.before[1].xruns = 3;
	detail();
	ck_assert_int_eq(f.xruns, 5);
	a.cut_zones = 1;
	detail();
	ck_assert_int_eq(f.xruns, 2);
	ck_assert_ptr_null(sent_by_zone(&s, &g.p, &a, 1));
}
END_TEST

START_TEST(the_first_of_those_that_got_the_most_is_the_best)
{
	detail();
	ck_assert_int_eq(sent_best(&s), 0);
	g.sim.deaf = 1;
	detail();
	ck_assert_int_eq(sent_best(&s), 1);
	g.sim.deaf = 3;
	a.before[1].on = false; /* nowhere; the other had one at the beginning */
	detail();
	ck_assert_int_eq(sent_best(&s), 0);
}
END_TEST

Suite *suite_sent(void);
Suite *suite_sent(void)
{
	Suite *suite = suite_create("sent");
	TCase *t = tcase_create("devices");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, one_device_of_two_zones_is_named_once);
	tcase_add_test(t, what_all_zones_share_is_said_once);
	tcase_add_test(t, the_most_xruns_count_and_a_zone_that_was_cut_does_not);
	tcase_add_test(t, the_first_of_those_that_got_the_most_is_the_best);
	suite_add_tcase(suite, t);
	return suite;
}
