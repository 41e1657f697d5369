/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"
#include "support/tablecase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

START_TEST(cells_are_what_they_are_and_never_formulas)
{
	char *text = tablecase_text("csv");

	ck_assert_str_eq(text, "\xEF\xBB\xBFTên,\"Số, \"\"lượt\"\"\",Ngày,Giờ,Dài,Tiền,%\r\n"
			       "\"'=1+1\",1234,2025-11-23,05:30:00,0:01:30,15000,98.5\r\n"
			       "\"<b>Xã \"\"A\"\" & xã 'B'\n\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"
			       "\"'\t@x\",-5,\"\",\"\",\"\",\"\",\"\"\r\n"
			       "\"'\t@x\",-5,\"\",\"\",0:01:30,\"\",\"\"\r\n"
			       "\"'-một\"\r\nhai\r\n\"sổ 1, mục 5\"\r\n");
	free(text);
}
END_TEST

Suite *suite_table_csv(void);
Suite *suite_table_csv(void)
{
	Suite *s = suite_create("table_csv");
	TCase *t = tcase_create("table_csv");

	tcase_add_test(t, cells_are_what_they_are_and_never_formulas);
	suite_add_tcase(s, t);
	return s;
}
