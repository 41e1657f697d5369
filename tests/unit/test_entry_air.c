/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/saying.h"
#include "proof/entry.h"
#include "support/plan_case.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

START_TEST(a_silence_names_what_was_on_air_and_what_came_instead)
{
	struct airing_facts f = {.airing = "A7", .bulletin = "B1", .slot = "Sáng"};
	char words[REASON_BYTES];
	struct tz utc;
	struct err e;

	ck_assert(case_tz(&utc, "UTC", &e));
	json_t *o = entry_air_silent(&f, 20.04, saying(SAYING_DEAD_AIR_BED), &utc);
	ck_assert_str_eq(json_get_text(o, "kind", ""), KIND_AIR_SILENT);
	ck_assert_str_eq(json_get_text(o, "airing", ""), "A7");
	ck_assert_str_eq(json_get_text(o, "bulletin", ""), "B1");
	ck_assert(json_is_null(json_object_get(o, "file")));
	ck_assert_double_eq(json_get_number(o, "silent_s", 0), 20);
	json_object_set_new(o, "code", json_string(KIND_AIR_SILENT));
	saying_words(o, true, words, sizeof(words));
	ck_assert_str_eq(words, "nothing was heard for 20 seconds of B1 (Sáng): the bed was begun");
	json_decref(o);
}
END_TEST

START_TEST(a_zone_has_its_figures_its_level_and_how_loud_it_is)
{
	struct check_facts found = {.code = "found", .searched = true, .score = 0.98765,
				    .share = 1, .offset_ms = 1.26, .drift_ppm = NAN, .parts = 7,
				    .parts_all = 8};
	struct check_facts unsent = {.code = "unsent"};
	json_t *o = entry_checked_zone(&found, "f.mp3", "B", -19.254);

	ck_assert_str_eq(json_get_text(o, "proof", ""), "B");
	ck_assert_str_eq(json_get_text(o, "file", ""), "f.mp3");
	ck_assert_double_eq(json_get_number(o, "score", 0), 0.988);
	ck_assert_int_eq(json_get_integer(o, "parts_all", 0), 8);
	ck_assert_double_eq(json_get_number(o, "loudness_lufs", 0), -19.25);
	json_decref(o);
	o = entry_checked_zone(&unsent, NULL, NULL, NAN);
	ck_assert(json_is_null(json_object_get(o, "proof")));
	ck_assert(json_is_null(json_object_get(o, "file")));
	ck_assert_ptr_null(json_object_get(o, "loudness_lufs"));
	ck_assert_ptr_null(json_object_get(o, "score"));
	json_decref(o);
}
END_TEST

Suite *suite_entry_air(void)
{
	Suite *s = suite_create("entry_air");
	TCase *t = tcase_create("entry_air");

	tcase_add_test(t, a_silence_names_what_was_on_air_and_what_came_instead);
	tcase_add_test(t, a_zone_has_its_figures_its_level_and_how_loud_it_is);
	suite_add_tcase(s, t);
	return s;
}
