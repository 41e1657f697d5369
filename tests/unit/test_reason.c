/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/reason.h"

#include "base/text.h"
#include "base/utf8.h"

#include <check.h>
#include <string.h>

START_TEST(every_reason_has_one_code_and_two_sentences)
{
	for (int r = 0; r < REASON_COUNT; r++) {
		const char *code = reason_code((enum reason)r);

		ck_assert_int_eq(reason_parse(code), r); /* no code twice */
		ck_assert_uint_eq(strspn(code, "abcdefghijklmnopqrstuvwxyz-"), strlen(code));
		text_own_english = false;
		const char *vi = reason_text(code);
		text_own_english = true;
		const char *en = reason_text(code);
		text_own_english = false;
		ck_assert_str_ne(vi, en);
		ck_assert_str_ne(vi, code);
		ck_assert(utf8_printable(vi, strlen(vi)) && utf8_printable(en, strlen(en)));
	}
}
END_TEST

START_TEST(unknown_codes_are_shown_as_they_are)
{
	ck_assert_str_eq(reason_text("from-the-future"), "from-the-future");
	ck_assert_str_eq(reason_text(""), "");
	ck_assert_str_eq(reason_text(NULL), "");
	ck_assert_int_eq(reason_parse("from-the-future"), REASON_COUNT);
	ck_assert_str_eq(reason_result_text("missed"), "không phát");
	ck_assert_str_eq(reason_result_text("other"), "other");
}
END_TEST

START_TEST(codes_of_the_plan_are_among_them)
{
	static const char *const codes[] = {"power-off", "late", "slot-full", "slot-taken",
					    "missing-file", "nothing-to-play", "quiet-hours",
					    "relay-not-supported", "cut-by-operator"};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		ck_assert_msg(reason_parse(codes[i]) != REASON_COUNT, "%s", codes[i]);
}
END_TEST

START_TEST(every_reason_has_a_cause_in_two_languages)
{
	for (int r = 0; r < REASON_COUNT; r++) {
		const char *cause = reason_cause(reason_code((enum reason)r));
		ck_assert_ptr_nonnull(cause);
		json_t *texts = reason_cause_texts(cause);
		const char *vi = json_string_value(json_object_get(texts, "vi"));
		ck_assert_str_ne(vi, json_string_value(json_object_get(texts, "en")));
		ck_assert_str_eq(vi, reason_cause_text(cause));
		json_decref(texts);
	}
	ck_assert_str_eq(reason_cause("power-off"), "power");
	ck_assert_str_eq(reason_cause("not-running"), "unknown"); /* and nobody is blamed */
	ck_assert_str_eq(reason_cause("from-the-future"), "unknown");
	ck_assert_ptr_null(reason_cause(""));
	ck_assert_ptr_null(reason_cause(NULL));
	ck_assert_str_eq(reason_cause_text(NULL), "");
	ck_assert(json_is_null(reason_cause_texts(NULL)));
}
END_TEST

Suite *suite_reason(void);
Suite *suite_reason(void)
{
	Suite *s = suite_create("reason");
	TCase *t = tcase_create("reason");

	tcase_add_test(t, every_reason_has_one_code_and_two_sentences);
	tcase_add_test(t, unknown_codes_are_shown_as_they_are);
	tcase_add_test(t, codes_of_the_plan_are_among_them);
	tcase_add_test(t, every_reason_has_a_cause_in_two_languages);
	suite_add_tcase(s, t);
	return s;
}
