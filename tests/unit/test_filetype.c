/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/filetype.h"

#include <check.h>
#include <stddef.h>

START_TEST(each_format_has_a_type_and_no_other_has)
{
	int count = 0;

	for (; filetype_format(count) != NULL; count++)
		ck_assert_ptr_nonnull(filetype_of(filetype_format(count)));
	ck_assert_int_eq(count, 5);
	ck_assert_str_eq(filetype_of("pdf"), "application/pdf");
	ck_assert_ptr_null(filetype_of("doc"));
	ck_assert_ptr_null(filetype_of(""));
}
END_TEST

Suite *suite_filetype(void);
Suite *suite_filetype(void)
{
	Suite *s = suite_create("filetype");
	TCase *t = tcase_create("filetype");

	tcase_add_test(t, each_format_has_a_type_and_no_other_has);
	suite_add_tcase(s, t);
	return s;
}
