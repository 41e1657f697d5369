/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/become.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

START_TEST(a_program_that_is_not_there_is_named)
{
	char *const args[] = {NULL};
	char said[256] = "";
	int ends[2], kept = dup(STDERR_FILENO);

	ck_assert_int_eq(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	int status = become("vangxa-nobody", args, "does nothing");
	dup2(kept, STDERR_FILENO);
	close(ends[1]);
	ck_assert_int_gt(read(ends[0], said, sizeof(said) - 1), 0);
	ck_assert_int_eq(status, 1);
	ck_assert_ptr_nonnull(strstr(said, "vangxa-nobody"));
	ck_assert_ptr_nonnull(strstr(said, "does nothing"));
	close(ends[0]);
	close(kept);
}
END_TEST

Suite *suite_become(void)
{
	Suite *s = suite_create("become");
	TCase *c = tcase_create("become");

	tcase_add_test(c, a_program_that_is_not_there_is_named);
	suite_add_tcase(s, c);
	return s;
}
