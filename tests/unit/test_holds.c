/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/holds.h"

#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "proof/reader.h"
#include "station/facts.h"
#include "station/recover.h"
#include "support/deskcase.h"

#include <check.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static struct recovery start(void)
{
	struct recovery r;
	struct err e = {0};

	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	ck_assert_msg(recover(&c.desk, &r, &e), "%s", e.text);
	return r;
}

static void note(enum saying s, uint32_t zones, const char *who)
{
	json_t *said = saying(s);
	struct err e = {0};
	int64_t n;

	clock_sim_advance(&c.clock, 60 * NS_PER_S);
	json_object_set_new(said, "zones", facts_zones(&c.desk.world.files->settings, zones));
	ck_assert_msg(desk_append(&c.desk, entry_note_said(said, who), &n, &e), "%s", e.text);
}

START_TEST(a_first_start_holds_nothing)
{
	ck_assert_uint_eq(start().holds.zones, 0);
	ck_assert_uint_eq(start().holds.zones, 0);
}
END_TEST

START_TEST(a_cut_outlives_any_number_of_restarts_until_somebody_resumes)
{
	start();
	note(SAYING_CUT, 2, "user:7");
	struct wall at = clock_wall(&c.clock.clock);
	for (int i = 0; i < 3; i++) {
		struct recovery r = start();
		ck_assert_uint_eq(r.holds.zones, 2);
		ck_assert_str_eq(r.holds.by[1].who, "user:7");
		ck_assert_int_eq(r.holds.by[1].at.ns, at.ns);
	}
	note(SAYING_RESUMED, 3, "user:1");
	ck_assert_uint_eq(start().holds.zones, 0);
}
END_TEST

START_TEST(the_first_who_cut_stays_the_one)
{
	start();
	note(SAYING_CUT, 1, "user:7");
	note(SAYING_CUT, 3, "user:8");
	struct recovery r = start();
	ck_assert_uint_eq(r.holds.zones, 3);
	ck_assert_str_eq(r.holds.by[0].who, "user:7");
	ck_assert_str_eq(r.holds.by[1].who, "user:8");
	note(SAYING_RESUMED, 1, "user:1");
	note(SAYING_CUT, 1, "user:9");
	r = start();
	ck_assert_str_eq(r.holds.by[0].who, "user:9");
	ck_assert_str_eq(r.holds.by[1].who, "user:8");
}
END_TEST

/* A log from before holds were kept: its last run had let go of what an earlier one had cut. */
START_TEST(what_an_older_program_forgot_stays_forgotten)
{
	struct err e = {0};
	int64_t n;

	note(SAYING_CUT, 3, "user:7");
	ck_assert(desk_append(&c.desk, entry_station_started("0", "thu", "boot"), &n, &e));
	ck_assert_uint_eq(start().holds.zones, 0);
}
END_TEST

START_TEST(nonsense_holds_nothing)
{
	json_t *started = json_pack("{s:I, s:[i, {s:s, s:s, s:s}, {s:s, s:s}, {s:i, s:s}]}", "n",
				    (json_int_t)0, "holds", 7, "zone", "nowhere", "who", "user:1",
				    "at", "2026-11-23T05:00:00.000+07:00", "zone", "a", "at",
				    "yesterday", "zone", 1, "at", "2026-11-23T05:00:00.000+07:00");
	struct err e = {0};
	struct holds h;

	ck_assert_ptr_nonnull(started);
	ck_assert(holds_find(&c.desk, started, &h, &e));
	ck_assert_uint_eq(h.zones, 0);
	json_decref(started);
}
END_TEST

Suite *suite_holds(void);
Suite *suite_holds(void)
{
	Suite *s = suite_create("holds");
	TCase *t = tcase_create("holds");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_first_start_holds_nothing);
	tcase_add_test(t, a_cut_outlives_any_number_of_restarts_until_somebody_resumes);
	tcase_add_test(t, the_first_who_cut_stays_the_one);
	tcase_add_test(t, what_an_older_program_forgot_stays_forgotten);
	tcase_add_test(t, nonsense_holds_nothing);
	suite_add_tcase(s, t);
	return s;
}
