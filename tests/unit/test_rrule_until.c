/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/rrule_until.h"

#include "plan/rrule.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define AT(h, m) ((h) * 3600 + (m) * 60)

static const struct {
	const char *rule;
	int32_t start_s;
	const char *here;
} ends[] = {
	/* 22:30 of the 9th in UTC is 05:30 of the 10th here. */
	{"FREQ=DAILY;UNTIL=20261209T223000Z", AT(5, 30), "FREQ=DAILY;UNTIL=20261210"},
	{"FREQ=DAILY;UNTIL=20261209T222959Z", AT(5, 30), "FREQ=DAILY;UNTIL=20261209"},
	/* 07:30 of the 29th here: that of 08:00 no longer comes. */
	{"FREQ=DAILY;UNTIL=20261229T003000Z;BYDAY=MO", AT(8, 0),
	 "FREQ=DAILY;UNTIL=20261228;BYDAY=MO"},
	{"FREQ=DAILY;UNTIL=20261231T170000Z", AT(0, 0), "FREQ=DAILY;UNTIL=20270101"},
	{"FREQ=DAILY;UNTIL=20261229T073000", AT(8, 0), "FREQ=DAILY;UNTIL=20261228"},
	{"until=20261229T080000;FREQ=DAILY", AT(8, 0), "until=20261229;FREQ=DAILY"},
	{"FREQ=DAILY;UNTIL=20261229T003000Z", -1, "FREQ=DAILY;UNTIL=20261229"},
	{"FREQ=DAILY;UNTIL=20261229", AT(8, 0), "FREQ=DAILY;UNTIL=20261229"},
	{"FREQ=DAILY", AT(8, 0), "FREQ=DAILY"},
	{"FREQ=DAILY;UNTIL=x", AT(8, 0), "FREQ=DAILY;UNTIL=x"},
};

START_TEST(until_is_a_moment)
{
	char rule[120];
	struct tz tz;

	tz_fixed(&tz, "Asia/Ho_Chi_Minh", 7 * 3600);
	snprintf(rule, sizeof(rule), "%s", ends[_i].rule);
	rrule_until_here(rule, &tz, ends[_i].start_s);
	ck_assert_str_eq(rule, ends[_i].here);
}
END_TEST

/* The same in a timetable that somebody wrote. */
START_TEST(a_slot_ends_on_the_day_of_the_moment_here)
{
	struct plan_case *c = case_create("");

	ck_assert(case_slots(c, "  - name: a\n    start: \"05:30\"\n    length: 5m\n"
				"    rrule: \"FREQ=DAILY;UNTIL=20261209T223000Z\"\n"
				"    play: {bulletins: {}}\n"));
	ck_assert_str_eq(c->schedule.slots[0].rrule, "FREQ=DAILY;UNTIL=20261210");
	case_destroy(c);
}
END_TEST

Suite *suite_rrule_until(void)
{
	Suite *s = suite_create("rrule_until");
	TCase *t = tcase_create("rrule_until");

	tcase_add_loop_test(t, until_is_a_moment, 0, (int)(sizeof(ends) / sizeof(ends[0])));
	tcase_add_test(t, a_slot_ends_on_the_day_of_the_moment_here);
	suite_add_tcase(s, t);
	return s;
}
