/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/words.h"

#include "base/json.h"

#include <check.h>
#include <string.h>

static struct err e;

START_TEST(lists_grow_and_codes_part_at_commas)
{
	json_t *command = json_object();

	ck_assert(words_take(command, "programme", "a,b", &e));
	ck_assert(words_take(command, "programme", "c", &e));
	ck_assert(words_take(command, "slot", "Sáng, trưa", &e));
	ck_assert_uint_eq(json_array_size(json_object_get(command, "programmes")), 3);
	ck_assert_uint_eq(json_array_size(json_object_get(command, "slots")), 1);
	for (int i = 0; i < 100; i++)
		ck_assert(words_take(command, "slot", "x", &e));
	ck_assert_uint_lt(json_array_size(json_object_get(command, "slots")), 100);
	json_decref(command);
}
END_TEST

START_TEST(a_title_is_needed_and_nobody_sets_the_path)
{
	json_t *command = json_object();

	ck_assert(words_take(command, "title", "  ", &e));
	ck_assert(!words_enough(command, &e));
	ck_assert(words_take(command, "title", "Tin", &e));
	ck_assert(words_enough(command, &e));
	ck_assert(words_take(command, "path", "/etc/passwd", &e));
	ck_assert(words_take(command, "do", "cut", &e));
	ck_assert_uint_eq(json_object_size(command), 1);
	json_decref(command);
}
END_TEST

START_TEST(form_is_checked)
{
	json_t *command = json_object();

	ck_assert(!words_take(command, "title", "a\nb", &e));
	ck_assert(!words_take(command, "to", "mai", &e));
	ck_assert(!words_take(command, "sha256", "ABC", &e));
	ck_assert_uint_eq(json_object_size(command), 0);
	json_decref(command);
}
END_TEST

Suite *suite_words(void);
Suite *suite_words(void)
{
	Suite *s = suite_create("words");
	TCase *t = tcase_create("words");

	tcase_add_test(t, lists_grow_and_codes_part_at_commas);
	tcase_add_test(t, a_title_is_needed_and_nobody_sets_the_path);
	tcase_add_test(t, form_is_checked);
	suite_add_tcase(s, t);
	return s;
}
