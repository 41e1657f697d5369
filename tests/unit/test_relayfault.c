/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/relayfault.h"

#include "base/saying.h"

#include <check.h>
#include <jansson.h>
#include <string.h>

START_TEST(test_each_is_told_apart_by_its_status)
{
	for (int i = 0; i < RELAY_FAULT_COUNT; i++) {
		int status = relay_fault_status((enum relay_fault)i);
		ck_assert_int_eq(relay_fault_of(status), i);
		ck_assert_int_lt(status, 128); /* above, a shell means signals */
	}
	ck_assert_int_eq(relay_fault_of(1), RELAY_CRASHED);
	ck_assert_int_eq(relay_fault_of(127), RELAY_CRASHED);
	ck_assert_int_eq(relay_fault_of(-1), RELAY_CRASHED); /* by a signal */
}
END_TEST

START_TEST(test_each_has_words_in_both_languages)
{
	for (int i = RELAY_ENDED; i < RELAY_FAULT_COUNT; i++) {
		const char *code = relay_fault_code((enum relay_fault)i);
		json_t *said = saying_coded(code);
		char vi[400], en[400];
		saying_words(said, false, vi, sizeof(vi));
		saying_words(said, true, en, sizeof(en));
		ck_assert_msg(strcmp(vi, code) != 0 && strcmp(vi, en) != 0, "%s: %s", code, vi);
		json_decref(said);
	}
	ck_assert_str_eq(relay_fault_code(RELAY_NONE), "");
}
END_TEST

Suite *suite_relayfault(void);
Suite *suite_relayfault(void)
{
	Suite *s = suite_create("relayfault");
	TCase *t = tcase_create("all");

	tcase_add_test(t, test_each_is_told_apart_by_its_status);
	tcase_add_test(t, test_each_has_words_in_both_languages);
	suite_add_tcase(s, t);
	return s;
}
