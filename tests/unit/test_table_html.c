/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/table.h"
#include "support/tablecase.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static void has(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) != NULL, "no %s in %s", part, text);
}

START_TEST(text_stays_text_and_numbers_are_for_people)
{
	char *text = tablecase_text("html");

	has(text, "<html lang=\"vi\">");
	has(text, "<title>Bảng &lt;thử&gt;</title>");
	has(text, "<h1>Bảng &lt;thử&gt;</h1>");
	has(text, "<th scope=\"col\">Số, &quot;lượt&quot;</th>");
	has(text, "<td>=1+1</td><td class=\"n\">1.234</td><td class=\"n\">23/11/2025</td>"
		  "<td class=\"n\">05:30:00</td><td class=\"n\">0:01:30</td>"
		  "<td class=\"n\">15.000</td><td class=\"n\">98,5 %</td></tr>");
	has(text, "&lt;b&gt;Xã &quot;A&quot; &amp; xã &#39;B&#39;");
	has(text, "<tfoot>\n<tr><td>\t@x</td><td class=\"n\">-5</td><td class=\"n\"></td>");
	has(text, "<p>-một</p>");
	has(text, "sổ 1, mục 5");
	has(text, "</html>");
	ck_assert_ptr_null(strstr(text, "<b>"));
	ck_assert_ptr_null(strstr(text, "<script"));
	free(text);
}
END_TEST

Suite *suite_table_html(void);
Suite *suite_table_html(void)
{
	Suite *s = suite_create("table_html");
	TCase *t = tcase_create("table_html");

	tcase_add_test(t, text_stays_text_and_numbers_are_for_people);
	suite_add_tcase(s, t);
	return s;
}
