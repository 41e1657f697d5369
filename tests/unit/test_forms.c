/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `vangxa report all` makes for a pack: tests/e2e/test_inspection.sh. Here it is this runner
 * that is started, which knows no such command and makes nothing. */
#include "cli/forms.h"

#include "support/tmpdir.h"

#include <check.h>
#include <dirent.h>
#include <stdlib.h>

START_TEST(what_makes_none_leaves_nothing_behind)
{
	struct date day = {2026, 11, 23};
	struct forms f;
	struct err e;
	char dir[64];
	int count = 0;

	tmpdir_make(dir);
	ck_assert_int_eq(setenv("TMPDIR", dir, 1), 0);
	ck_assert(!forms_make(&f, "/khong/co", day, day, &e));
	ck_assert_ptr_null(f.list);
	DIR *d = opendir(dir);
	while (readdir(d) != NULL)
		count++;
	closedir(d);
	ck_assert_int_eq(count, 2); /* . and .. */
	tmpdir_remove(dir);
}
END_TEST

Suite *suite_forms(void);
Suite *suite_forms(void)
{
	Suite *s = suite_create("forms");
	TCase *t = tcase_create("forms");

	tcase_add_test(t, what_makes_none_leaves_nothing_behind);
	suite_add_tcase(s, t);
	return s;
}
