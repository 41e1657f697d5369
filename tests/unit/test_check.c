/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buf.h"
#include "plan/check.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	case_destroy(c);
}

/* Checks from Monday 2026-11-23 on; how many faults there are now. */
static int check(void)
{
	struct wall now;

	ck_assert(wall_parse("2026-11-23", &c->settings.tz, &now));
	check_plan(&c->in, now, &c->faults);
	return c->faults.count;
}

#define SLOT(name, start, length, more) \
	"  - {name: " name ", start: \"" start "\", length: " length more "}\n"
#define BULLETINS ", play: {bulletins: {}}"

START_TEST(finds_nothing_wrong)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS)
				SLOT("b", "06:05", "5m", BULLETINS)
				SLOT("c", "06:05", "5m", BULLETINS ", demo: true")
				SLOT("later", "09:00", "5m", BULLETINS ", valid: {from: "
								       "2028-01-01}")));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 0);
}
END_TEST

/* The same name at other hours, or on other days, is somebody's custom. */
START_TEST(refuses_twins_that_the_log_could_not_tell_apart)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS ", days: mon-fri, zones: "
								   "[thon-2]")
				SLOT("b", "06:30", "5m", BULLETINS)));
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS ", days: sat")
				SLOT("b", "07:30", "5m", BULLETINS)));
	case_bulletin(c, "A", 60);
	check();
	ck_assert_int_eq(c->faults.errors, 0);
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS ", days: wed, zones: "
								   "[trung-tam]")));
	check();
	ck_assert_int_eq(c->faults.errors, 1);
	const struct fault *f = case_fault(&c->faults, 3, "đổi tên một trong hai");
	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(strstr(fault_text(f), "25/11/2026"));
}
END_TEST

START_TEST(tells_overlaps_once_with_both_places)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "30m", BULLETINS ", zones: [thon-2]")
				SLOT("b", "06:10", "5m", BULLETINS ", days: sat")
				SLOT("c", "06:10", "5m", BULLETINS ", zones: [trung-tam], days: "
								   "mon")));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 1);
	ck_assert_int_eq(c->faults.errors, 0);
	const struct fault *f = case_fault(&c->faults, 4, "chồng lên \"a\" (lich-1.yaml:3");
	ck_assert_ptr_nonnull(f);
	ck_assert_ptr_nonnull(strstr(fault_text(f), "28/11/2026"));
}
END_TEST

/* Where they are named they are told by world_files_load, with the reason: not again here. */
START_TEST(tells_no_missing_file_a_second_time)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", ", play: {file: audio/a.flac}")
				SLOT("b", "07:00", "5m", ", play: {relay: vov1}, fallback: {file: "
							 "audio/b.flac}")
				SLOT("c", "08:00", "5m", ", play: {relay: vov1}")));
	ck_assert_int_eq(check(), 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 5, "không có nội dung thay thế"));
}
END_TEST

START_TEST(tells_what_is_empty_or_too_full)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "1m", BULLETINS)
				SLOT("b", "07:00", "5m", ", play: {bulletins: {language: "
							 "stieng}}")));
	case_bulletin(c, "A", 50);
	case_bulletin(c, "B", 50);
	ck_assert_int_eq(check(), 2);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "không đủ chỗ lúc 06:00 23/11/2026: 1"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 4, "im lặng lúc 07:00 23/11/2026"));
}
END_TEST

START_TEST(tells_nothing_of_what_runs_over_and_is_heard_whole)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "30s", BULLETINS ", overrun: finish")));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 0);
	ck_assert(case_slots(c, SLOT("b", "07:00", "30s", BULLETINS)));
	check();
	ck_assert_ptr_nonnull(case_fault(&c->faults, 0, "không đủ chỗ lúc 07:00 23/11/2026: 1"));
}
END_TEST

START_TEST(tells_of_slots_in_which_hardly_anything_fits)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "2s", BULLETINS)
				SLOT("b", "07:00", "2s", ", play: {relay: vov1}, overrun: finish"
							 ", fallback: {bulletins: {}}")
				SLOT("c", "08:00", "2s", BULLETINS ", overrun: finish")
				SLOT("d", "09:00", "3s", BULLETINS)));
	case_bulletin(c, "A", 2);
	check();
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "chỉ dài 2 giây: chỉ bản tin ngắn"));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 4, "không tiếp âm được"));
	ck_assert_ptr_null(case_fault(&c->faults, 5, "chỉ dài"));
	ck_assert_ptr_null(case_fault(&c->faults, 6, "chỉ dài"));
}
END_TEST

START_TEST(tells_slots_that_never_occur_and_double_names)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS ", dates: [2025-01-01]")));
	ck_assert(case_slots(c, SLOT("a", "08:00", "5m", BULLETINS)));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 2);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "không còn phát ngày nào"));
	ck_assert_str_eq(case_fault(&c->faults, 3, "trùng tên với lich-1.yaml:3")->file,
			 "lich-2.yaml");
}
END_TEST

START_TEST(tells_a_rule_that_never_occurs)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS
				     ", rrule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"")
				SLOT("b", "07:00", "5m", BULLETINS ", rrule: \"FREQ=DAILY\"")));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "\"a\""));
}
END_TEST

/* It begins later, and is over before it has occurred; one that may yet occur is left alone. */
START_TEST(tells_a_slot_whose_days_are_not_in_its_time)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "5m", BULLETINS ", days: mon, "
				     "valid: {from: 2026-12-01, to: 2026-12-05}")
				SLOT("b", "07:00", "5m", BULLETINS ", valid: {from: 2028-01-01}")));
	case_bulletin(c, "A", 60);
	ck_assert_int_eq(check(), 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "\"a\""));
}
END_TEST

/* Its last start of a day runs into its first of the next. */
START_TEST(tells_a_slot_that_takes_the_air_from_itself)
{
	ck_assert(case_slots(c, SLOT("a", "06:00", "50m", BULLETINS
				     ", repeat: {every: 50m, until: \"05:30\"}, "
				     "confirm: {by: Chủ tịch xã, reason: bão}")));
	case_bulletin(c, "A", 60);
	check();
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "chồng lên \"a\""));
}
END_TEST

/* 3,000 slots a day: a year of them is more than a plan may hold. */
START_TEST(finds_overlaps_among_very_many)
{
	struct buf b = {0};

	for (int i = 0; i < 3000; i++)
		buf_print(&b, "  - {name: s%d, start: \"%02d:%02d:%02d\", length: %ds, play: "
			      "{bulletins: {}}}\n",
			  i, 5 + i / 240, i / 4 % 60, i % 4 * 15, i == 1500 ? 16 : 15);
	ck_assert(case_slots(c, buf_str(&b)));
	case_bulletin(c, "A", 10);
	ck_assert_int_eq(check(), 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3 + 1501, "chồng lên \"s1500\""));
	buf_finish(&b);
}
END_TEST

START_TEST(stops_counting_pairs)
{
	struct buf b = {0};

	for (int i = 0; i < 300; i++)
		buf_print(&b, "  - {name: s%d, start: \"06:00\", length: 1h, play: {bulletins: "
			      "{}}}\n", i);
	ck_assert(case_slots(c, buf_str(&b)));
	case_bulletin(c, "A", 60);
	int count = check();
	ck_assert_int_ge(count, CHECK_PAIRS_MAX);
	ck_assert_int_lt(count, CHECK_PAIRS_MAX + 300);
	buf_finish(&b);
}
END_TEST

Suite *suite_check(void);
Suite *suite_check(void)
{
	Suite *s = suite_create("check");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, finds_nothing_wrong);
	tcase_add_test(t, refuses_twins_that_the_log_could_not_tell_apart);
	tcase_add_test(t, tells_overlaps_once_with_both_places);
	tcase_add_test(t, tells_no_missing_file_a_second_time);
	tcase_add_test(t, tells_what_is_empty_or_too_full);
	tcase_add_test(t, tells_nothing_of_what_runs_over_and_is_heard_whole);
	tcase_add_test(t, tells_of_slots_in_which_hardly_anything_fits);
	tcase_add_test(t, tells_slots_that_never_occur_and_double_names);
	tcase_add_test(t, tells_a_rule_that_never_occurs);
	tcase_add_test(t, tells_a_slot_whose_days_are_not_in_its_time);
	tcase_add_test(t, tells_a_slot_that_takes_the_air_from_itself);
	tcase_add_test(t, finds_overlaps_among_very_many);
	tcase_add_test(t, stops_counting_pairs);
	suite_add_tcase(s, t);
	return s;
}
