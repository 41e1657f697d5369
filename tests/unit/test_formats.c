/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/formats.h"

#include <check.h>

START_TEST(each_by_its_name)
{
	ck_assert_ptr_eq(report_format("xlsx"), &table_xlsx);
	ck_assert_ptr_eq(report_format("pdf"), &table_pdf);
	ck_assert_ptr_eq(report_format("csv"), &table_csv);
	ck_assert_ptr_eq(report_format("json"), &table_json);
	ck_assert_ptr_eq(report_format("html"), &table_html);
	ck_assert_ptr_null(report_format("PDF"));
	ck_assert_ptr_null(report_format(""));
}
END_TEST

START_TEST(a_document_is_no_spreadsheet)
{
	ck_assert(document_format("pdf") == document_pdf);
	ck_assert(document_format("html") == document_html);
	ck_assert(document_format("json") == document_json);
	ck_assert(document_format("xlsx") == NULL && document_format("csv") == NULL);
}
END_TEST

Suite *suite_formats(void);
Suite *suite_formats(void)
{
	Suite *s = suite_create("formats");
	TCase *t = tcase_create("formats");

	tcase_add_test(t, each_by_its_name);
	tcase_add_test(t, a_document_is_no_spreadsheet);
	suite_add_tcase(s, t);
	return s;
}
