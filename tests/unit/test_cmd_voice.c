/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <check.h>

START_TEST(too_many_words_are_wrong_usage)
{
	char name[] = "voice", one[] = "a", two[] = "b";
	char *args[] = {name, one, two, NULL};

	ck_assert_int_eq(cmd_voice(3, args), 2);
}
END_TEST

Suite *suite_cmd_voice(void);
Suite *suite_cmd_voice(void)
{
	Suite *s = suite_create("cmd_voice");
	TCase *t = tcase_create("cmd_voice");

	tcase_add_test(t, too_many_words_are_wrong_usage);
	suite_add_tcase(s, t);
	return s;
}
