/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "library/xlsxbook.h"

#include "support/xlsxcase.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct xlsx x;
static struct xlsxbook b;

static void teardown(void)
{
	close(x.zip.fd);
}

static bool open_it(const struct xlsxcase_part parts[], const char *wanted)
{
	b = (struct xlsxbook){0};
	xlsxpart_init(&x, xlsxcase_open(parts));
	return xlsxbook_open(&b, &x, wanted);
}

static bool usual(const char *wanted)
{
	return open_it((const struct xlsxcase_part[]){{NULL, NULL}}, wanted);
}

START_TEST(the_first_that_is_not_hidden_is_read)
{
	ck_assert(usual(NULL));
	ck_assert_str_eq(b.sheets[b.chosen].name, "Một & hai");
	ck_assert_str_eq(b.sheets[b.chosen].path, "xl/worksheets/sheet1.xml");
	ck_assert_str_eq(b.strings, "xl/sharedStrings.xml");
	ck_assert_str_eq(b.styles, "xl/styles.xml");
	ck_assert(!b.from_1904);
}
END_TEST

START_TEST(or_the_one_of_a_name)
{
	ck_assert(usual("ẩn"));
	ck_assert_str_eq(b.sheets[b.chosen].path, "xl/worksheets/sheet2.xml");
	ck_assert(!usual("ba"));
	ck_assert_int_eq(x.verdict, SHEET_NO_SHEET);
	ck_assert_int_eq(b.count, 2);
}
END_TEST

START_TEST(charts_are_no_sheets)
{
	const struct xlsxcase_part parts[] = {
		{"xl/_rels/workbook.xml.rels",
		 XLSXCASE_RELS(XLSXCASE_RELATION("rId1", "chartsheet", "c.xml"))},
		{NULL, NULL}};

	ck_assert(!open_it(parts, NULL));
	ck_assert_int_eq(x.verdict, SHEET_NO_SHEET);
}
END_TEST

START_TEST(days_may_be_counted_from_1904)
{
	const struct xlsxcase_part parts[] = {
		{"xl/workbook.xml",
		 "<workbook " XLSXCASE_MAIN " xmlns:r=\"" XLSXCASE_RELATIONS "\">"
		 "<workbookPr date1904=\"1\"/><sheets><sheet name=\"a\" r:id=\"rId1\"/></sheets>"
		 "</workbook>"},
		{NULL, NULL}};

	ck_assert(open_it(parts, NULL) && b.from_1904);
}
END_TEST

START_TEST(what_is_something_else_is_told)
{
	const struct xlsxcase_part ods[] = {{"_rels/.rels", ""}, {"content.xml", "<x/>"},
					    {NULL, NULL}};
	const struct xlsxcase_part zip[] = {{"_rels/.rels", ""}, {NULL, NULL}};
	const struct xlsxcase_part xlsb[] = {
		{"_rels/.rels",
		 XLSXCASE_RELS(XLSXCASE_RELATION("a", "officeDocument", "xl/workbook.bin"))},
		{NULL, NULL}};
	const struct xlsxcase_part word[] = {
		{"_rels/.rels",
		 XLSXCASE_RELS(XLSXCASE_RELATION("a", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels", XLSXCASE_RELS("")},
		{"word/document.xml", "<w:document xmlns:w='urn:w'><w:sheet/></w:document>"},
		{NULL, NULL}};

	ck_assert(!open_it(ods, NULL));
	ck_assert_int_eq(x.verdict, SHEET_ODS);
	ck_assert(!open_it(zip, NULL));
	ck_assert_int_eq(x.verdict, SHEET_NO_BOOK);
	ck_assert(!open_it(xlsb, NULL));
	ck_assert_int_eq(x.verdict, SHEET_XLSB);
	ck_assert(!open_it(word, NULL));
	ck_assert_int_eq(x.verdict, SHEET_NO_BOOK);
}
END_TEST

START_TEST(parts_that_are_missing_are_damage)
{
	static const char *const names[] = {"xl/_rels/workbook.xml.rels", "xl/workbook.xml"};

	for (size_t i = 0; i < 2; i++) {
		ck_assert(!open_it((const struct xlsxcase_part[]){{names[i], ""}, {NULL, NULL}},
				   NULL));
		ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
	}
}
END_TEST

START_TEST(a_target_that_is_too_long_is_damage)
{
	char rels[1000], target[400];

	memset(target, 'a', sizeof(target) - 1);
	target[sizeof(target) - 1] = '\0';
	snprintf(rels, sizeof(rels), XLSXCASE_RELS(XLSXCASE_RELATION("rId1", "worksheet", "%s")),
		 target);
	ck_assert(!open_it((const struct xlsxcase_part[]){{"xl/_rels/workbook.xml.rels", rels},
							  {NULL, NULL}}, NULL));
	ck_assert_int_eq(x.verdict, SHEET_DAMAGED);
}
END_TEST

Suite *suite_xlsxbook(void);
Suite *suite_xlsxbook(void)
{
	Suite *s = suite_create("xlsxbook");
	TCase *t = tcase_create("xlsxbook");

	tcase_add_checked_fixture(t, NULL, teardown);
	tcase_add_test(t, the_first_that_is_not_hidden_is_read);
	tcase_add_test(t, or_the_one_of_a_name);
	tcase_add_test(t, charts_are_no_sheets);
	tcase_add_test(t, days_may_be_counted_from_1904);
	tcase_add_test(t, what_is_something_else_is_told);
	tcase_add_test(t, parts_that_are_missing_are_damage);
	tcase_add_test(t, a_target_that_is_too_long_is_damage);
	suite_add_tcase(s, t);
	return s;
}
