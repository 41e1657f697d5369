/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <check.h>
#include <stdlib.h>

static const char *spoken(const char *lang)
{
	if (lang == NULL)
		unsetenv("VANGXA_LANG");
	else
		setenv("VANGXA_LANG", lang, 1);
	text_init();
	return T("tiếng Việt", "English");
}

START_TEST(test_vietnamese_unless_told)
{
	ck_assert_str_eq(spoken(NULL), "tiếng Việt");
	ck_assert_str_eq(spoken(""), "tiếng Việt");
	ck_assert_str_eq(spoken("vi"), "tiếng Việt");
	ck_assert_str_eq(spoken("fr"), "tiếng Việt");
	ck_assert_str_eq(spoken("e"), "tiếng Việt");
}
END_TEST

START_TEST(test_english)
{
	ck_assert_str_eq(spoken("en"), "English");
	ck_assert_str_eq(spoken("en_GB.UTF-8"), "English");
	ck_assert_str_eq(spoken("vi"), "tiếng Việt");
}
END_TEST

Suite *suite_text(void);
Suite *suite_text(void)
{
	Suite *s = suite_create("text");
	TCase *c = tcase_create("text");

	tcase_add_test(c, test_vietnamese_unless_told);
	tcase_add_test(c, test_english);
	suite_add_tcase(s, c);
	return s;
}
