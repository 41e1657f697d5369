/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/emergency.h"

#include "base/json.h"
#include "proof/alarm.h"
#include "support/fake.h"
#include "support/playing.h"

#include <check.h>

static struct playing g;
static struct emergency *m;

static void setup(void)
{
	struct emergency_order o = {.zones = 3, .by = "user:3", .reason = "Lũ", .who = "user:7",
				    .waits = true};
	struct err e = {0};

	playing_open(&g, "2026-11-23T05:29:50");
	playing_begin(&g);
	playout_cut(&g.p, 2, "user:5");
	ck_assert_msg(emergency_raise(&g.p, &o, &m, &e), "%s", e.text);
}

static void teardown(void)
{
	playing_close(&g);
	ck_assert_int_eq(fake_open_count(), 0);
}

static void ck_cut(const json_t *o, size_t count)
{
	const json_t *cut = json_object_get(o, "cut");

	ck_assert_int_eq(json_array_size(cut), count);
	ck_assert_str_eq(json_get_text(json_array_get(cut, 0), "who", ""), "user:5");
	ck_assert_str_eq(json_get_text(json_array_get(cut, 0), "zone", ""),
			 g.c->settings.zones[1].name);
}

START_TEST(who_keeps_a_zone_silent_is_named)
{
	json_t *shown = emergency_json(&g.p, m), *entry = emergency_entry(&g.p, m);

	ck_cut(shown, 1);
	ck_cut(entry, 1);
	ck_assert_str_eq(json_get_text(entry, "kind", ""), KIND_EMERGENCY_RAISED);
	ck_assert_str_eq(json_get_text(entry, "reason", ""), "Lũ");
	json_decref(shown);
	json_decref(entry);
}
END_TEST

START_TEST(of_what_waits_for_its_words_no_next_turn_is_known)
{
	playing_run(&g, 1);
	json_t *o = emergency_json(&g.p, m);
	ck_assert(json_get_bool(o, "sounding", false));
	ck_assert(json_is_null(json_object_get(o, "next")));
	json_decref(o);
	playing_run(&g, 62);
	o = emergency_json(&g.p, m);
	ck_assert(!json_get_bool(o, "sounding", true));
	ck_assert(json_is_null(json_object_get(o, "next")));
	json_decref(o);
}
END_TEST

Suite *suite_emergency_facts(void);
Suite *suite_emergency_facts(void)
{
	Suite *s = suite_create("emergency_facts");
	TCase *t = tcase_create("emergency_facts");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, who_keeps_a_zone_silent_is_named);
	tcase_add_test(t, of_what_waits_for_its_words_no_next_turn_is_known);
	suite_add_tcase(s, t);
	return s;
}
