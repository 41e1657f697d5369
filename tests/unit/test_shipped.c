/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/shipped.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

/* The test lies in build/NAME/tests, a folder too deep for it: what would be installed is named. */
START_TEST(it_is_found_from_the_program_itself)
{
	char dir[PATH_BYTES], program[PATH_BYTES / 2];

	shipped_program_dir(program);
	ck_assert_int_eq(access(program, X_OK), 0);
	shipped_dir(dir);
	ck_assert_int_eq(dir[0], '/');
	ck_assert_ptr_nonnull(strstr(dir, "/../../share/vangxa"));
	shipped_www(dir);
	ck_assert_int_eq(dir[0], '/');
	ck_assert_ptr_nonnull(strstr(dir, "/../../share/vangxa/www"));
}
END_TEST

Suite *suite_shipped(void);
Suite *suite_shipped(void)
{
	Suite *s = suite_create("shipped");
	TCase *t = tcase_create("shipped");

	tcase_add_test(t, it_is_found_from_the_program_itself);
	suite_add_tcase(s, t);
	return s;
}
