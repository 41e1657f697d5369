/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/gather.h"

#include <check.h>
#include <stdlib.h>

START_TEST(a_list_grows_and_keeps_what_is_there)
{
	int *list = NULL, room = 0;

	for (int i = 0; i < 1000; i++) {
		list = gather_room(list, i, &room, sizeof(*list));
		ck_assert_int_gt(room, i);
		list[i] = i * 7;
	}
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(list[i], i * 7);
	ck_assert_int_lt(room, 2001);
	free(list);
}
END_TEST

/* "ế" has three bytes: half of one would be no text. */
START_TEST(a_text_is_cut_at_a_character)
{
	char field[6];

	GATHER(field, "chế");
	ck_assert_str_eq(field, "chế");
	GATHER(field, "tiếng");
	ck_assert_str_eq(field, "tiế");
	GATHER(field, "biên");
	ck_assert_str_eq(field, "biên");
	GATHER(field, "abcdế");
	ck_assert_str_eq(field, "abcd");
	GATHER(field, "");
	ck_assert_str_eq(field, "");
}
END_TEST

Suite *suite_gather(void);
Suite *suite_gather(void)
{
	Suite *s = suite_create("gather");
	TCase *t = tcase_create("gather");

	tcase_add_test(t, a_list_grows_and_keeps_what_is_there);
	tcase_add_test(t, a_text_is_cut_at_a_character);
	suite_add_tcase(s, t);
	return s;
}
