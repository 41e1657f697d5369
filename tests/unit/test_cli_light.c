/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <check.h>
#include <string.h>

static int times(const char *name)
{
	int count = 0;

	for (int i = 0; cli_light[i].name != NULL; i++)
		count += strcmp(cli_light[i].name, name) == 0 && cli_light[i].run != NULL;
	return count;
}

/* What people ask for many times a day, or in a hurry. */
START_TEST(what_is_asked_often_needs_no_other_program)
{
	static const char *const names[] = {"add", "cut", "emergency", "log", "prove", "resume",
					    "status", "why"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_msg(times(names[i]) == 1, "%s", names[i]);
}
END_TEST

/* Each would bring its libraries along. */
START_TEST(what_needs_the_station_s_libraries_is_not_here)
{
	static const char *const names[] = {"run", "station", "web", "render", "signer", "worker",
					    "devices", "pack"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		ck_assert_msg(times(names[i]) == 0, "%s", names[i]);
}
END_TEST

Suite *suite_cli_light(void);
Suite *suite_cli_light(void)
{
	Suite *s = suite_create("cli_light");
	TCase *c = tcase_create("cli_light");

	tcase_add_test(c, what_is_asked_often_needs_no_other_program);
	tcase_add_test(c, what_needs_the_station_s_libraries_is_not_here);
	suite_add_tcase(s, c);
	return s;
}
