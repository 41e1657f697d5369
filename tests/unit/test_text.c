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

START_TEST(a_thread_turns_to_a_reader_and_back)
{
	spoken("vi");
	ck_assert_int_eq(text_speak(TEXT_EN), TEXT_OWN);
	ck_assert_str_eq(T("tiếng Việt", "English"), "English");
	ck_assert_int_eq(text_speaks(), TEXT_EN);
	ck_assert_int_eq(text_speak(TEXT_OWN), TEXT_EN);
	ck_assert_str_eq(T("tiếng Việt", "English"), "tiếng Việt");
	spoken("en");
	text_speak(TEXT_VI);
	ck_assert_str_eq(T("tiếng Việt", "English"), "tiếng Việt");
	ck_assert_str_eq(text_lang(TEXT_OWN), "en");
	ck_assert_str_eq(text_lang(text_speaks()), "vi");
	text_speak(TEXT_OWN);
	spoken(NULL);
}
END_TEST

START_TEST(languages_are_read_from_requests_and_headers)
{
	static const struct {
		const char *header;
		enum text_reader reader;
	} accepted[] = {
		{NULL, TEXT_OWN}, {"", TEXT_OWN}, {"en", TEXT_EN}, {"vi", TEXT_VI},
		{"EN-gb;q=0.9, vi;q=0.8", TEXT_EN}, {"fr-FR,fr;q=0.9,vi-VN;q=0.8,en", TEXT_VI},
		{" , ,\ten ", TEXT_EN}, {"english, vietnam", TEXT_OWN}, {"*", TEXT_OWN},
		{"e", TEXT_OWN}, {";;,,", TEXT_OWN}, {"fr;q=0.9;en", TEXT_OWN},
	};

	for (size_t i = 0; i < sizeof(accepted) / sizeof(accepted[0]); i++)
		ck_assert_msg(text_accepted(accepted[i].header) == accepted[i].reader, "%s",
			      accepted[i].header);
	ck_assert_int_eq(text_reader("en"), TEXT_EN);
	ck_assert_int_eq(text_reader("vi"), TEXT_VI);
	ck_assert_int_eq(text_reader("fr"), TEXT_OWN);
	ck_assert_int_eq(text_reader(NULL), TEXT_OWN);
}
END_TEST

Suite *suite_text(void);
Suite *suite_text(void)
{
	Suite *s = suite_create("text");
	TCase *c = tcase_create("text");

	tcase_add_test(c, test_vietnamese_unless_told);
	tcase_add_test(c, test_english);
	tcase_add_test(c, a_thread_turns_to_a_reader_and_back);
	tcase_add_test(c, languages_are_read_from_requests_and_headers);
	suite_add_tcase(s, c);
	return s;
}
