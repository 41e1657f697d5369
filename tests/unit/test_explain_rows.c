/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of airings, one by one; starts and texts of timetables are in test_explain.c. */
#include "station/explain_inside.h"

#include "base/version.h"
#include "proof/entry.h"
#include "support/evening.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

START_TEST(an_airing_in_another_language_is_named)
{
	int64_t n, odd;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 1);
	odd = evening_air(3, EVENING_S);
	ck_assert_str_eq(evening_code(&n), "not-chosen");
	ck_assert_int_eq(n, odd);
}
END_TEST

START_TEST(an_airing_twice_in_one_slot_is_named)
{
	int64_t n, odd;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 1);
	odd = evening_air(1, EVENING_S);
	ck_assert_str_eq(evening_code(&n), "aired-twice");
	ck_assert_int_eq(n, odd);
	ck_assert_int_eq(evening.verdict.differ, 1);
}
END_TEST

/* What an emergency broke off goes on as an airing of its own, once. */
START_TEST(the_rest_of_a_broken_airing_is_no_second_one)
{
	struct airing_facts f;
	char first[ID_BYTES];
	int64_t n, odd;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 1);
	entry_id('A', evening_air(0, EVENING_S + DAY_S), first);
	evening_add(entry_plan_broken(first, "resume", 48000));
	f = evening_facts(0, EVENING_S + DAY_S);
	f.resumes = first;
	f.from_frames = 48000;
	evening_add(entry_airing_intended(&f, &evening.log.tz));
	ck_assert_str_eq(evening_code(&n), "");
	odd = evening_add(entry_airing_intended(&f, &evening.log.tz));
	ck_assert_str_eq(evening_code(&n), "aired-twice");
	ck_assert_int_eq(n, odd);
}
END_TEST

START_TEST(what_somebody_plays_by_hand_must_be_within_its_days)
{
	struct bulletin b = evening_words("vi");
	struct airing_facts f;
	int64_t n, odd;

	b.has_to = true;
	b.to = (struct date){2026, 11, 23};
	evening_library(3, &b);
	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 1);
	f = evening_facts(3, EVENING_S + 600);
	f.slot = "";
	f.who = "user:7";
	evening_add_at(EVENING_S + 600, entry_airing_intended(&f, &evening.log.tz));
	ck_assert_str_eq(evening_code(&n), "");
	f.occurrence.ns += DAY_S * NS_PER_S;
	odd = evening_add_at(EVENING_S + DAY_S - 600, entry_airing_intended(&f, &evening.log.tz));
	ck_assert_str_eq(evening_code(&n), "out-of-days");
	ck_assert_int_eq(n, odd);
}
END_TEST

Suite *suite_explain_rows(void);
Suite *suite_explain_rows(void)
{
	Suite *s = suite_create("explain_rows");
	TCase *t = tcase_create("log");

	tcase_add_checked_fixture(t, evening_open, evening_close);
	tcase_add_test(t, an_airing_in_another_language_is_named);
	tcase_add_test(t, an_airing_twice_in_one_slot_is_named);
	tcase_add_test(t, the_rest_of_a_broken_airing_is_no_second_one);
	tcase_add_test(t, what_somebody_plays_by_hand_must_be_within_its_days);
	suite_add_tcase(s, t);
	return s;
}
