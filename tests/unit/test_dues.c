/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a slot owes, and what may not stand in it. */
#include "station/dues.h"

#include "base/version.h"
#include "proof/entry.h"
#include "proof/order.h"
#include "support/evening.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const char with_file[] = "timetable: Thử\nslots:\n"
	"  - {name: chiều, start: '17:00', length: 200s, overrun: cut, ident: false,\n"
	"     play: {bulletins: {language: [vi]}}}\n"
	"  - {name: nhạc, start: '17:01', length: 1m, play: {file: audio/nhac.flac}}\n";

START_TEST(honest_evenings_differ_in_nothing)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 60);
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

START_TEST(an_item_without_a_row_is_named_though_others_have_theirs)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	for (int day = 0; day < 10; day++)
		evening_of(day, day == 4 ? 1 : -1);
	ck_assert_str_eq(evening_code(&n), "item-untold");
	ck_assert_int_eq(evening.verdict.differ, 1);
	ck_assert_ptr_nonnull(strstr(evening.verdict.findings[0].text, evening.id[1]));
	ck_assert_ptr_nonnull(strstr(evening.verdict.findings[0].text, "2026-11-27T17:00"));
}
END_TEST

START_TEST(the_last_evening_is_judged_once_its_slot_is_over)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 3);
	evening_of(3, 1);
	evening_add_at(EVENING_S + 3 * DAY_S + 300, entry_device_back("default", 1));
	ck_assert_str_eq(evening_code(&n), "");
	evening_add_at(EVENING_S + 3 * DAY_S + 1200, entry_device_back("default", 1));
	ck_assert_str_eq(evening_code(&n), "item-untold");
}
END_TEST

/* It was left out for want of room, and somebody wrote that it aired. */
START_TEST(an_airing_that_the_slot_had_no_room_for_is_named)
{
	int64_t n, odd;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 2);
	evening_add_at(EVENING_S + 2 * DAY_S - 3, entry_device_back("default", 1));
	evening_air(0, EVENING_S + 2 * DAY_S);
	evening_air(1, EVENING_S + 2 * DAY_S);
	odd = evening_air(2, EVENING_S + 2 * DAY_S);
	evenings(3, 9);
	ck_assert_str_eq(evening_code(&n), "not-planned");
	ck_assert_int_eq(n, odd);
	ck_assert_int_eq(evening.verdict.differ, 1);
}
END_TEST

/* Its last day was yesterday; the third has its place. */
START_TEST(a_bulletin_past_its_days_is_owed_no_more_and_may_not_air)
{
	struct bulletin was = evening_words("vi"), is = was;
	int64_t n, odd;

	is.has_to = true;
	is.to = (struct date){2026, 11, 23};
	snprintf(was.id, sizeof(was.id), "%s", evening.id[0]);
	snprintf(is.id, sizeof(is.id), "%s", evening.id[0]);
	evening_add(entry_bulletin_edited(&was, &is, "user:3"));
	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 1);
	for (int day = 1; day < 6; day++) {
		evening_add_at(EVENING_S + day * DAY_S - 3, entry_device_back("default", 1));
		evening_air(1, EVENING_S + day * DAY_S);
		evening_air(2, EVENING_S + day * DAY_S);
	}
	ck_assert_str_eq(evening_code(&n), "");
	odd = evening_air(0, EVENING_S + 5 * DAY_S);
	ck_assert_str_eq(evening_code(&n), "out-of-days");
	ck_assert_int_eq(n, odd);
}
END_TEST

START_TEST(a_withdrawn_bulletin_is_owed_until_it_is_withdrawn)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 3);
	evening_add(entry_bulletin_withdrawn(evening.id[0], "sai", "user:7"));
	for (int day = 3; day < 8; day++) {
		evening_add_at(EVENING_S + day * DAY_S - 3, entry_device_back("default", 1));
		evening_air(1, EVENING_S + day * DAY_S);
		evening_air(2, EVENING_S + day * DAY_S);
	}
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

/* Whoever decides while a slot begins may find it planned with or without that. */
START_TEST(a_decision_near_a_start_leaves_its_items_unjudged)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 2);
	evening_add_at(EVENING_S + 2 * DAY_S - 2,
		       entry_bulletin_withdrawn(evening.id[1], "sai", "user:7"));
	evening_air(0, EVENING_S + 2 * DAY_S);
	evening_add_at(EVENING_S + 2 * DAY_S + 3600, entry_device_back("default", 1));
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

START_TEST(what_another_program_planned_is_not_judged)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES + 1);
	for (int day = 0; day < 10; day++)
		evening_of(day, 1);
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

/* Nobody knows any more whether the file was there, and took the air. */
START_TEST(beside_a_slot_that_plays_a_file_nothing_is_sure)
{
	int64_t n;

	evening_start(with_file, PLAN_RULES);
	for (int day = 0; day < 5; day++) {
		struct airing_facts f = evening_facts(0, EVENING_S + day * DAY_S + 60);
		evening_of(day, 1);
		f.bulletin = NULL;
		f.slot = "nhạc";
		f.reason = "missing-file";
		evening_add_at(EVENING_S + day * DAY_S + 60,
		       entry_airing_missed(&f, &evening.log.tz));
	}
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

/* Of the three only two have room: which of them is somebody's word. */
START_TEST(what_a_slot_owes_goes_by_the_order_that_was_given)
{
	struct bulletin list[3] = {0};
	const struct bulletin *order[] = {&list[2], &list[1], &list[0]};
	int64_t n;

	for (int i = 0; i < 3; i++)
		snprintf(list[i].id, ID_BYTES, "%s", evening.id[i]);
	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 2);
	evening_add_at(EVENING_S + 2 * DAY_S - 3600, order_entry_set(order, 3, "user:1"));
	for (int day = 2; day < 9; day++) {
		evening_add_at(EVENING_S + day * DAY_S - 3, entry_device_back("default", 1));
		evening_air(2, EVENING_S + day * DAY_S);
		evening_air(1, EVENING_S + day * DAY_S);
		evening_miss(0, EVENING_S + day * DAY_S);
	}
	ck_assert_str_eq(evening_code(&n), "");
	evenings(9, 12);
	ck_assert_str_eq(evening_code(&n), "not-planned");
}
END_TEST

static char *aside_sha(void)
{
	static struct bulletin b;

	b = evening_words("vi");
	b.sha256[0] = 'a';
	return b.sha256;
}

static void put_aside(int day)
{
	evening_add_at(EVENING_S + day * DAY_S - 3600,
		       entry_item_quarantined(evening.id[0], aside_sha(), "A1", "A2"));
}

static void evening_without_first(int day)
{
	struct airing_facts f = evening_facts(0, EVENING_S + day * DAY_S);

	f.reason = "quarantined";
	evening_add_at(EVENING_S + day * DAY_S - 3, entry_device_back("default", 1));
	evening_add(entry_airing_missed(&f, &evening.log.tz));
	evening_air(1, EVENING_S + day * DAY_S);
	evening_air(2, EVENING_S + day * DAY_S);
}

/* The third had no room, and comes in for it until it is let back. */
START_TEST(what_is_put_aside_is_owed_no_more_and_makes_room)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES);
	evenings(0, 2);
	put_aside(2);
	for (int day = 2; day < 6; day++)
		evening_without_first(day);
	ck_assert_str_eq(evening_code(&n), "");
	evening_add_at(EVENING_S + 6 * DAY_S - 3600,
		       entry_item_released(evening.id[0], aside_sha(), "user:1"));
	evenings(6, 10);
	ck_assert_str_eq(evening_code(&n), "");
	evening_without_first(10);
	evenings(11, 14);
	ck_assert_str_eq(evening_code(&n), "not-planned");
}
END_TEST

/* By these its place stood empty, and the third still had none. */
START_TEST(a_program_of_older_rules_is_judged_by_them)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES_ASIDE - 1);
	put_aside(0);
	evenings(0, 6);
	ck_assert_str_eq(evening_code(&n), "");
	evening_without_first(6);
	evenings(7, 9);
	ck_assert_str_eq(evening_code(&n), "not-planned");
}
END_TEST

START_TEST(rules_older_than_are_known_are_not_judged)
{
	int64_t n;

	evening_start(evening_slot, PLAN_RULES_ASIDE - 2);
	for (int day = 0; day < 10; day++)
		evening_of(day, 1);
	ck_assert_str_eq(evening_code(&n), "");
}
END_TEST

Suite *suite_dues(void);
Suite *suite_dues(void)
{
	Suite *s = suite_create("dues");
	TCase *t = tcase_create("log");

	tcase_add_checked_fixture(t, evening_open, evening_close);
	tcase_add_test(t, honest_evenings_differ_in_nothing);
	tcase_add_test(t, an_item_without_a_row_is_named_though_others_have_theirs);
	tcase_add_test(t, the_last_evening_is_judged_once_its_slot_is_over);
	tcase_add_test(t, an_airing_that_the_slot_had_no_room_for_is_named);
	tcase_add_test(t, a_bulletin_past_its_days_is_owed_no_more_and_may_not_air);
	tcase_add_test(t, a_withdrawn_bulletin_is_owed_until_it_is_withdrawn);
	tcase_add_test(t, a_decision_near_a_start_leaves_its_items_unjudged);
	tcase_add_test(t, what_another_program_planned_is_not_judged);
	tcase_add_test(t, beside_a_slot_that_plays_a_file_nothing_is_sure);
	tcase_add_test(t, what_a_slot_owes_goes_by_the_order_that_was_given);
	tcase_add_test(t, what_is_put_aside_is_owed_no_more_and_makes_room);
	tcase_add_test(t, a_program_of_older_rules_is_judged_by_them);
	tcase_add_test(t, rules_older_than_are_known_are_not_judged);
	suite_add_tcase(s, t);
	return s;
}
