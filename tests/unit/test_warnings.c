/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/warnings.h"

#include <check.h>
#include <string.h>

START_TEST(one_sentence_a_line)
{
	struct warnings w = {""};

	warnings_add(&w, "khung giờ \"%s\" không có", "a\nb");
	ck_assert_str_eq(w.text, "khung giờ \"a b\" không có");
	warnings_add(&w, "%d giây", 1);
	ck_assert_str_eq(w.text, "khung giờ \"a b\" không có\n1 giây");
}
END_TEST

START_TEST(what_finds_no_room_is_left_out_whole)
{
	struct warnings w = {""};
	char half[WARNINGS_BYTES / 2];

	memset(half, 'x', sizeof(half) - 1);
	half[sizeof(half) - 1] = '\0';
	warnings_add(&w, "%s", half);
	warnings_add(&w, "%s1", half);
	ck_assert_str_eq(w.text, half);
	warnings_add(&w, "%s", half); /* half, a newline, half: to the last byte */
	ck_assert_uint_eq(strlen(w.text), WARNINGS_BYTES - 1);
	warnings_add(&w, "y");
	ck_assert_uint_eq(strlen(w.text), WARNINGS_BYTES - 1);
	ck_assert_int_eq(w.text[WARNINGS_BYTES - 2], 'x');
}
END_TEST

START_TEST(joined_lines_stay_lines)
{
	struct warnings a = {""}, b = {""};

	warnings_join(&a, &b);
	ck_assert_str_eq(a.text, "");
	warnings_add(&b, "một");
	warnings_add(&b, "hai");
	warnings_join(&a, &b);
	warnings_join(&a, &b);
	ck_assert_str_eq(a.text, "một\nhai\nmột\nhai");
}
END_TEST

Suite *suite_warnings(void);
Suite *suite_warnings(void)
{
	Suite *s = suite_create("warnings");
	TCase *t = tcase_create("warnings");

	tcase_add_test(t, one_sentence_a_line);
	tcase_add_test(t, what_finds_no_room_is_left_out_whole);
	tcase_add_test(t, joined_lines_stay_lines);
	suite_add_tcase(s, t);
	return s;
}
