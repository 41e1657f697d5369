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
	static const char *const words[BULLETIN_STATES] = {"received",	"approved", "refused",
							   "withdrawn", "replaced", "endorsed"};

	for (int i = 0; i < BULLETIN_STATES; i++) {
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

	for (int i = 0; i < BULLETIN_STATES; i++) {
		struct bulletin b = {.state = (enum bulletin_state)i};
		ck_assert_int_eq(bulletin_may_air(&b, day), i == BULLETIN_APPROVED);
		ck_assert_int_eq(bulletin_waits(&b),
				 i == BULLETIN_RECEIVED || i == BULLETIN_ENDORSED);
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

static struct bulletin sample(void)
{
	return (struct bulletin){.title = "Tin", .level = LEVEL_PRIORITY, .language = "vi",
				 .programmes = {"KHAC"}, .programme_count = 1,
				 .slots = {"Sáng", "Chiều"}, .slot_count = 2, .has_from = true,
				 .from = {2026, 11, 20}, .has_to = true, .to = {2026, 12, 1}};
}

START_TEST(test_what_airs_less_is_covered)
{
	struct bulletin was = sample(), b = was;

	ck_assert(bulletin_narrows(&was, &b));
	b.level = LEVEL_ORDINARY;
	b.slot_count = 1;
	b.from.day = 21;
	b.to = (struct date){2026, 11, 30};
	ck_assert(bulletin_narrows(&was, &b));
	was.has_from = was.has_to = false;
	was.slot_count = 0;
	ck_assert(bulletin_narrows(&was, &b));
	ck_assert(!bulletin_narrows(&b, &was));
}
END_TEST

START_TEST(test_anything_else_is_not)
{
	const struct bulletin was = sample();
	struct bulletin b[9];

	for (int i = 0; i < 9; i++)
		b[i] = was;
	b[0].title[0] = 'X';
	b[1].level = LEVEL_URGENT;
	b[2].language[0] = 'x';
	b[3].fund[0] = 'x';
	b[4].programme_count = 0;
	b[5].slot_count = 0; /* any slot */
	b[6].slots[1][0] = 'x';
	b[7].from.day = 19;
	b[8].has_to = false;
	for (int i = 0; i < 9; i++)
		ck_assert_msg(!bulletin_narrows(&was, &b[i]), "%d", i);
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
	tcase_add_test(c, test_what_airs_less_is_covered);
	tcase_add_test(c, test_anything_else_is_not);
	suite_add_tcase(s, c);
	return s;
}
