/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "base/text.h"
#include "proof/verdict.h"

#include <check.h>
#include <string.h>

static struct verdict v;

static void setup(void)
{
	verdict_init(&v);
}

static void teardown(void)
{
	verdict_finish(&v);
}

START_TEST(the_first_is_of_the_first_check)
{
	ck_assert(verdict_first(&v) == NULL);
	verdict_differs(&v, CHECK_VIEW, "view-row", "", 5, "view.sqlite", "row %d", 5);
	verdict_differs(&v, CHECK_TILES, "tile-differs", "log", 9, "log/tile/0/000", "nine");
	verdict_differs(&v, CHECK_TILES, "tile-differs", "log", 12, "log/tile/0/000", "twelve");
	ck_assert_int_eq(verdict_first(&v)->n, 9);
	ck_assert_int_eq(v.differ, 3);
	ck_assert_int_eq(v.checks[CHECK_TILES].differ, 2);
	ck_assert_str_eq(v.findings[0].text, "row 5");
}
END_TEST

START_TEST(what_is_too_much_is_counted)
{
	for (int i = 0; i < FINDINGS_MAX + 50; i++)
		verdict_differs(&v, CHECK_ENTRIES, "entry-changed", "log", i, "", "%d", i);
	for (int i = 0; i < NOTES_MAX + 5; i++)
		verdict_note(&v, "unsigned", i, "%d", i);
	ck_assert_int_eq(v.finding_count, FINDINGS_MAX);
	ck_assert_int_eq(v.differ, FINDINGS_MAX + 50);
	ck_assert_int_eq(v.note_count, NOTES_MAX);
	ck_assert_int_eq(verdict_first(&v)->n, 0);
}
END_TEST

START_TEST(a_warning_is_kept_however_many_notes_there_are)
{
	for (int i = 0; i < NOTES_MAX; i++)
		verdict_note(&v, "unsigned", i, "%d", i);
	ck_assert(!verdict_warns(&v));
	verdict_warn(&v, "forked", 1, "two");
	ck_assert(verdict_warns(&v));
	ck_assert_int_eq(v.note_count, NOTES_MAX);
	json_t *o = verdict_json(&v), *notes = json_object_get(o, "notes");
	ck_assert(json_is_true(json_object_get(json_array_get(notes, NOTES_MAX - 1), "grave")));
	ck_assert(json_is_false(json_object_get(json_array_get(notes, 0), "grave")));
	ck_assert(json_is_true(json_object_get(o, "ok")));
	json_decref(o);
}
END_TEST

START_TEST(programs_get_code_and_number)
{
	verdict_checked(&v, CHECK_ENTRIES, 700);
	verdict_differs(&v, CHECK_ENTRIES, "entry-changed", "log", 42, "f", "words");
	verdict_differs(&v, CHECK_HEADS, "root-differs", "log", -1, "", "words");
	verdict_note(&v, "unsigned", 3, "three");
	json_t *o = verdict_json(&v), *first = json_object_get(o, "first");
	ck_assert(json_is_false(json_object_get(o, "ok")));
	ck_assert_int_eq(json_get_integer(first, "n", -1), 42);
	ck_assert_str_eq(json_get_text(first, "code", ""), "entry-changed");
	ck_assert_str_eq(json_get_text(first, "check", ""), "entries");
	const json_t *second = json_array_get(json_object_get(o, "differences"), 1);
	ck_assert(json_is_null(json_object_get(second, "n")));
	ck_assert(json_is_null(json_object_get(second, "file")));
	const json_t *check = json_array_get(json_object_get(o, "checks"), 0);
	ck_assert_int_eq(json_get_integer(check, "count", 0), 700);
	ck_assert_int_eq(json_array_size(json_object_get(o, "notes")), 1);
	json_decref(o);
}
END_TEST

START_TEST(each_check_has_words_in_both_languages)
{
	for (int i = 0; i < VERDICT_CHECKS; i++) {
		char vi[ERR_TEXT_BYTES], en[ERR_TEXT_BYTES];

		text_speak(TEXT_VI);
		verdict_check_text(&v, (enum verdict_check)i, vi);
		text_speak(TEXT_EN);
		verdict_check_text(&v, (enum verdict_check)i, en);
		text_speak(TEXT_OWN);
		ck_assert_str_ne(vi, en);
		ck_assert(verdict_check_code((enum verdict_check)i)[0] != '\0');
	}
}
END_TEST

Suite *suite_verdict(void)
{
	Suite *s = suite_create("verdict");
	TCase *t = tcase_create("told");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_first_is_of_the_first_check);
	tcase_add_test(t, what_is_too_much_is_counted);
	tcase_add_test(t, a_warning_is_kept_however_many_notes_there_are);
	tcase_add_test(t, programs_get_code_and_number);
	tcase_add_test(t, each_check_has_words_in_both_languages);
	suite_add_tcase(s, t);
	return s;
}
