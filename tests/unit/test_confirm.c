/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/confirm.h"

#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define OLD "confirm: {by: Chủ tịch, reason: giao thừa}"
#define ANEW "confirm: {by: Chủ tịch, reason: giao thừa, on: \"2026-11-23 10:15\"}"
#define SLOT(name, start, more)                                                                    \
	"  - {name: " name ", start: \"" start "\", length: 20m, play: {bulletins: {}}, " more "}\n"
#define FOR(start, length)                                                                         \
	"confirm: {by: A, reason: lũ, for: {start: \"" start "\", length: " length "}}"

static struct plan_case *c;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	case_destroy(c);
}

static const struct {
	const char *slot, *told; /* NULL: no fault */
} bound[] = {
	{SLOT("a", "21:30", FOR("21:30", "20m")), NULL},
	{SLOT("a", "21:30", FOR("21:30", "1200s")), NULL},
	{SLOT("a", "03:15", FOR("21:30", "20m")), "21:30"},
	{SLOT("a", "21:30", FOR("21:30", "10m")), "600"},
	{SLOT("a", "12:00", FOR("21:30", "20m")), NULL}, /* nobody sleeps */
	{SLOT("a", "21:30", "confirm: {by: A, reason: lũ, for: {start: \"21:30\"}}"), "độ dài"},
	{SLOT("a", "21:30", "confirm: {by: A, reason: lũ, for: {at: \"21:30\"}}"), "at"},
	{SLOT("a", "21:30", "repeat: {every: 30m, until: \"22:30\"}, " FOR("21:30", "20m")),
	 "until: \"22:30\""},
	{SLOT("a", "21:30", "repeat: {every: 30m, until: \"22:30\"}, "
	 "confirm: {by: A, reason: lũ, for: {start: \"21:30\", length: 20m, until: \"22:30\"}}"),
	 NULL},
	{SLOT("a", "21:30", OLD), NULL},
};

START_TEST(a_confirmation_that_names_its_time_holds_for_that)
{
	bool ok = case_slots(c, bound[_i].slot);

	ck_assert_msg(ok == (bound[_i].told == NULL), "%s", bound[_i].slot);
	if (!ok)
		ck_assert_msg(case_fault(&c->faults, 0, bound[_i].told) != NULL, "%s",
			      fault_text(c->faults.list));
}
END_TEST

static const struct {
	const char *before, *after;
	bool told;
} moves[] = {
	{SLOT("a", "21:30", OLD), SLOT("a", "03:15", OLD), true},
	{SLOT("a", "20:00", OLD), SLOT("a", "03:15", OLD), true},
	{SLOT("a", "21:30", OLD), SLOT("b", "03:15", OLD), true}, /* renamed */
	{SLOT("a", "21:30", OLD), SLOT("a", "21:30", OLD ", repeat: {every: 1h, until: \"03:30\"}"),
	 true},
	{SLOT("a", "21:30", OLD), SLOT("a", "21:30", OLD ", volume_db: -3"), false},
	{SLOT("a", "21:30", OLD), SLOT("a", "17:00", OLD), false},
	{SLOT("a", "21:30", OLD), SLOT("a", "03:15", "confirm: {by: Phó, reason: lũ}"), false},
	{SLOT("a", "21:30", OLD), SLOT("a", "03:15", FOR("03:15", "20m")), false},
	{SLOT("a", "05:30", ""), SLOT("a", "03:15", OLD), false},
	{SLOT("a", "21:30", OLD), SLOT("a", "21:30", OLD) SLOT("b", "22:00", OLD), false},
	{"", SLOT("a", "03:15", OLD), false},
	/* One evening of the year is not every night. */
	{SLOT("a", "21:30", OLD ", days: sat"), SLOT("a", "21:30", OLD ", days: daily"), true},
	{SLOT("a", "21:30", OLD ", days: sat"), SLOT("a", "21:30", OLD), true},
	{SLOT("a", "21:30", OLD), SLOT("a", "21:30", OLD ", days: sat"), false}, /* fewer */
	{SLOT("a", "21:30", OLD ", dates: [2026-12-31]"), SLOT("a", "21:30", OLD), true},
	{SLOT("a", "21:30", OLD ", dates: [2026-12-31]"),
	 SLOT("a", "21:30", OLD ", dates: [2026-12-30, 2026-12-31]"), true},
	{SLOT("a", "21:30", OLD ", dates: [2026-12-30, 2026-12-31]"),
	 SLOT("a", "21:30", OLD ", dates: [2026-12-31]"), false},
	{SLOT("a", "21:30", OLD ", lunar: [\"30/12\"]"),
	 SLOT("a", "21:30", OLD ", lunar: [\"30/12\", \"15/1\"]"), true},
	{SLOT("a", "21:30", OLD ", lunar: [\"1/*\", \"15/*\"]"),
	 SLOT("a", "21:30", OLD ", lunar: [\"15/8\"]"), false},
	{SLOT("a", "21:30", OLD ", rrule: \"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31\""),
	 SLOT("a", "21:30", OLD ", rrule: \"FREQ=DAILY\""), true},
	{SLOT("a", "21:30", OLD ", valid: {from: 2026-12-01, to: 2026-12-31}"),
	 SLOT("a", "21:30", OLD ", valid: {from: 2026-12-01, to: 2027-12-31}"), true},
	{SLOT("a", "21:30", OLD ", valid: {from: 2026-12-01, to: 2026-12-31}"),
	 SLOT("a", "21:30", OLD ", valid: {from: 2026-12-20, to: 2026-12-31}"), false},
	{SLOT("a", "21:30", OLD ", except: [2026-12-31]"), SLOT("a", "21:30", OLD), false},
	{SLOT("a", "21:30", FOR("21:30", "20m") ", days: sat"),
	 SLOT("a", "21:30", FOR("21:30", "20m")), true},
	{SLOT("a", "21:30", OLD ", days: sat"), SLOT("a", "21:30", FOR("21:30", "20m")), false},
	{SLOT("a", "21:30", OLD ", days: sat"), SLOT("a", "21:30", ANEW), false}, /* once more */
	{SLOT("a", "20:00", OLD ", days: sat"), SLOT("a", "17:00", OLD), false}, /* nobody sleeps */
};

/* The file is another, the confirmation is not. */
START_TEST(a_confirmation_does_not_go_along_to_another_file)
{
	static const char was[] = "timetable: Lịch\nslots:\n" SLOT("a", "21:30", OLD);
	struct schedule before = {0};

	ck_assert(schedule_parse(&before, &c->settings, "cu.yaml", was, strlen(was), &c->faults));
	ck_assert(case_slots(c, SLOT("a", "02:15", OLD)));
	confirm_kept(&before, &c->schedule, &c->settings, &c->faults);
	ck_assert_int_eq(c->faults.errors, 1);
	schedule_finish(&before);
}
END_TEST

START_TEST(a_confirmation_does_not_go_along_to_another_time)
{
	struct schedule before = {0};
	char text[512];

	snprintf(text, sizeof(text), "timetable: Lịch\nslots:\n%s",
		 moves[_i].before[0] != '\0' ? moves[_i].before : "  []\n");
	ck_assert(schedule_parse(&before, &c->settings, "lich-1.yaml", text, strlen(text),
				 &c->faults));
	ck_assert_msg(case_slots(c, moves[_i].after), "%s", moves[_i].after);
	confirm_kept(&before, &c->schedule, &c->settings, &c->faults);
	ck_assert_int_eq(c->faults.errors, moves[_i].told);
	if (moves[_i].told) {
		ck_assert_ptr_nonnull(case_fault(&c->faults, 0, "cho phép lại"));
		ck_assert_str_eq(c->faults.list[0].field, "confirm");
		ck_assert(confirm_any(&c->schedule));
	}
	schedule_finish(&before);
}
END_TEST

Suite *suite_confirm(void)
{
	Suite *s = suite_create("confirm");
	TCase *t = tcase_create("confirm");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_loop_test(t, a_confirmation_that_names_its_time_holds_for_that, 0,
			    (int)(sizeof(bound) / sizeof(bound[0])));
	tcase_add_loop_test(t, a_confirmation_does_not_go_along_to_another_time, 0,
			    (int)(sizeof(moves) / sizeof(moves[0])));
	tcase_add_test(t, a_confirmation_does_not_go_along_to_another_file);
	suite_add_tcase(s, t);
	return s;
}
