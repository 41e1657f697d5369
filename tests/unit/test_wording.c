/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/wording.h"

#include "base/json.h"
#include "support/log_sample.h"

#include <check.h>
#include <string.h>

START_TEST(words_survive_an_entry)
{
	struct bulletin want = log_sample_bulletin("một"), got = want;
	json_t *o = json_object();

	wording_add(o, &want);
	memset(got.title, 0, sizeof(got.title));
	got.has_to = false;
	got.programme_count = got.slot_count = 0;
	got.level = LEVEL_URGENT;
	wording_take(o, &got);
	ck_assert_mem_eq(&got, &want, sizeof(got));
	json_decref(o);
}
END_TEST

START_TEST(what_is_not_there_is_unset_and_rubbish_does_not_fit)
{
	struct bulletin b = log_sample_bulletin("một");
	json_t *o = json_pack("{s:i, s:[i, s], s:s, s:s}", "title", 5, "programmes", 1, "ok", "to",
			      "2026-02-31", "level", "cao");

	wording_take(o, &b);
	ck_assert_str_eq(b.title, "");
	ck_assert_int_eq(b.programme_count, 1);
	ck_assert_str_eq(b.programmes[0], "ok");
	ck_assert(!b.has_to);
	ck_assert_int_eq(b.level, LEVEL_ORDINARY);
	wording_take(NULL, &b);
	ck_assert_int_eq(b.programme_count, 0);
	json_decref(o);
}
END_TEST

START_TEST(changes_are_what_it_was)
{
	struct bulletin was = log_sample_bulletin("một"), is = was;

	json_t *none = wording_changes(&was, &is);
	ck_assert_uint_eq(json_object_size(none), 0);
	is.slot_count = 0;
	is.level = LEVEL_ORDINARY;
	json_t *changes = wording_changes(&was, &is);
	ck_assert_uint_eq(json_object_size(changes), 2);
	ck_assert_str_eq(json_get_text(changes, "level", ""), "uu-tien");
	json_decref(none);
	json_decref(changes);
}
END_TEST

Suite *suite_wording(void);
Suite *suite_wording(void)
{
	Suite *s = suite_create("wording");
	TCase *t = tcase_create("wording");

	tcase_add_test(t, words_survive_an_entry);
	tcase_add_test(t, what_is_not_there_is_unset_and_rubbish_does_not_fit);
	tcase_add_test(t, changes_are_what_it_was);
	suite_add_tcase(s, t);
	return s;
}
