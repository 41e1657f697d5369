/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <check.h>

static void one(const char *text, const char *want)
{
	struct buf b = {0};

	csv_text(&b, text);
	ck_assert_str_eq(buf_str(&b), want);
	buf_finish(&b);
}

START_TEST(quotes_where_needed)
{
	one("Bản tin sáng", "Bản tin sáng");
	one("mưa, lũ", "\"mưa, lũ\"");
	one("nói \"to\"", "\"nói \"\"to\"\"\"");
	one("hai\ndòng", "\"hai\ndòng\"");
	one("", "\"\"");
}
END_TEST

START_TEST(no_cell_is_a_formula)
{
	one("=1+1", "\"'=1+1\"");
	one("+84 123", "\"'+84 123\"");
	one("-16", "\"'-16\"");
	one("@SUM(A1)", "\"'@SUM(A1)\"");
	one("\t=1", "\"'\t=1\"");
	one("\r=1", "\"'\r=1\"");
	one("1=1", "1=1");
	one("'=1", "\"''=1\""); /* taken away again, it is what it was */
	one("'tối", "'tối");
}
END_TEST

START_TEST(records_end_with_crlf)
{
	struct buf b = {0};

	csv_text(&b, "");
	csv_plain(&b, "%.1f", -16.1); /* our own number stays a number */
	csv_plain(&b, "%s", "");
	csv_end(&b);
	csv_text(&b, "x");
	csv_text(&b, "y");
	csv_end(&b);
	ck_assert_str_eq(buf_str(&b), "\"\",-16.1,\"\"\r\nx,y\r\n");
	buf_finish(&b);
}
END_TEST

Suite *suite_csv(void);
Suite *suite_csv(void)
{
	Suite *s = suite_create("csv");
	TCase *t = tcase_create("csv");

	tcase_add_test(t, quotes_where_needed);
	tcase_add_test(t, no_cell_is_a_formula);
	tcase_add_test(t, records_end_with_crlf);
	suite_add_tcase(s, t);
	return s;
}
