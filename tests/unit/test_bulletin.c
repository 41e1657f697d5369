/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/bulletin.h"

#include <check.h>

START_TEST(test_level_words)
{
	static const char *const words[] = {"thong-thuong", "uu-tien", "khan-cap"};

	for (int i = 0; i < 3; i++) {
		enum level level = LEVEL_ORDINARY;
		ck_assert_str_eq(level_code((enum level)i), words[i]);
		ck_assert(level_parse(words[i], &level));
		ck_assert_int_eq((int)level, i);
	}
	ck_assert_int_lt(LEVEL_ORDINARY, LEVEL_PRIORITY);
	ck_assert_int_lt(LEVEL_PRIORITY, LEVEL_URGENT);
}
END_TEST

START_TEST(test_unknown_words_change_nothing)
{
	static const char *const words[] = {"", "Khan-cap", "khan cap", "khan-cap ", "approve"};
	enum level level = LEVEL_PRIORITY;
	enum bulletin_state state = BULLETIN_REFUSED;

	for (int i = 0; i < 5; i++) {
		ck_assert(!level_parse(words[i], &level));
		ck_assert(!bulletin_state_parse(words[i], &state));
	}
	ck_assert_int_eq(level, LEVEL_PRIORITY);
	ck_assert_int_eq(state, BULLETIN_REFUSED);
}
END_TEST

START_TEST(test_state_words)
{
	static const char *const words[] = {"received", "approved", "refused", "withdrawn"};

	for (int i = 0; i < 4; i++) {
		enum bulletin_state state = BULLETIN_RECEIVED;
		ck_assert_str_eq(bulletin_state_code((enum bulletin_state)i), words[i]);
		ck_assert(bulletin_state_parse(words[i], &state));
		ck_assert_int_eq((int)state, i);
	}
}
END_TEST

START_TEST(test_only_approved_may_air)
{
	struct date day = {2026, 11, 23};

	for (int i = 0; i < 4; i++) {
		struct bulletin b = {.state = (enum bulletin_state)i};
		ck_assert_int_eq(bulletin_may_air(&b, day), i == BULLETIN_APPROVED);
	}
}
END_TEST

START_TEST(test_first_and_last_day_count)
{
	struct bulletin b = {.state = BULLETIN_APPROVED,
			     .has_from = true,
			     .has_to = true,
			     .from = {2026, 11, 20},
			     .to = {2026, 12, 1}};

	ck_assert(!bulletin_may_air(&b, (struct date){2026, 11, 19}));
	ck_assert(bulletin_may_air(&b, (struct date){2026, 11, 20}));
	ck_assert(bulletin_may_air(&b, (struct date){2026, 11, 30}));
	ck_assert(bulletin_may_air(&b, (struct date){2026, 12, 1}));
	ck_assert(!bulletin_may_air(&b, (struct date){2026, 12, 2}));
	b.has_to = false;
	ck_assert(bulletin_may_air(&b, (struct date){9999, 12, 31}));
	b.has_from = false;
	ck_assert(bulletin_may_air(&b, (struct date){1, 1, 1}));
}
END_TEST

Suite *suite_bulletin(void);
Suite *suite_bulletin(void)
{
	Suite *s = suite_create("bulletin");
	TCase *c = tcase_create("bulletin");

	tcase_add_test(c, test_level_words);
	tcase_add_test(c, test_unknown_words_change_nothing);
	tcase_add_test(c, test_state_words);
	tcase_add_test(c, test_only_approved_may_air);
	tcase_add_test(c, test_first_and_last_day_count);
	suite_add_tcase(s, c);
	return s;
}
