/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/warnings.h"

#include "base/json.h"
#include "base/saying.h"

#include <check.h>
#include <string.h>

static void add(struct warnings *w, const char *text)
{
	json_t *said = saying(SAYING_SLOT_UNKNOWN);

	json_object_set_new(said, "slot", json_text(text));
	warnings_add(w, said);
}

START_TEST(a_code_a_line)
{
	struct warnings w = {""};

	add(&w, "a\nb");
	ck_assert_str_eq(w.text, "{\"code\":\"slot-unknown\",\"slot\":\"a\\nb\"}");
	add(&w, "c");
	json_t *list = warnings_list(&w);
	ck_assert_uint_eq(json_array_size(list), 2);
	ck_assert_str_eq(json_get_text(json_array_get(list, 0), "slot", ""), "a\nb");
	ck_assert_str_eq(json_get_text(json_array_get(list, 1), "slot", ""), "c");
	json_decref(list);
}
END_TEST

START_TEST(what_finds_no_room_is_left_out_whole)
{
	struct warnings w = {""};
	char half[WARNINGS_BYTES / 2];

	memset(half, 'x', sizeof(half) - 1);
	half[sizeof(half) - 1] = '\0';
	for (int i = 0; i < 9; i++)
		add(&w, half);
	json_t *list = warnings_list(&w);
	ck_assert_uint_eq(json_array_size(list), 1);
	json_decref(list);
}
END_TEST

START_TEST(joined_lines_stay_lines)
{
	struct warnings a = {""}, b = {""};

	warnings_join(&a, &b);
	ck_assert_str_eq(a.text, "");
	add(&b, "một");
	add(&b, "hai");
	warnings_join(&a, &b);
	warnings_join(&a, &b);
	json_t *list = warnings_list(&a);
	ck_assert_uint_eq(json_array_size(list), 4);
	json_decref(list);
}
END_TEST

Suite *suite_warnings(void);
Suite *suite_warnings(void)
{
	Suite *s = suite_create("warnings");
	TCase *t = tcase_create("warnings");

	tcase_add_test(t, a_code_a_line);
	tcase_add_test(t, what_finds_no_room_is_left_out_whole);
	tcase_add_test(t, joined_lines_stay_lines);
	suite_add_tcase(s, t);
	return s;
}
