/* SPDX-License-Identifier: GPL-3.0-or-later */
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

#define SLOT(more)                                                                                 \
	"  - {name: a, start: \"06:00\", length: 10m, play: {bulletins: {}}, except: " more "}\n"

START_TEST(a_day_off_names_who_and_why)
{
	ck_assert(case_slots(c, SLOT("[2026-09-02, "
				     "{on: 2026-11-24, by: \"user:7\", reason: họp xã}, "
				     "{from: 2026-12-01, to: 2026-12-10, by: \"user:3\"}, "
				     "{from: 2027-01-01, by: \"user:3\"}, 2026-01-01]")));
	const struct slot *s = &c->schedule.slots[0];
	ck_assert_int_eq(s->except_count, 2);
	ck_assert_int_eq(s->except[0].month, 1);
	ck_assert_int_eq(s->off_count, 3);
	ck_assert(s->offs[0].once && !s->offs[0].open);
	ck_assert_int_eq(s->offs[0].to.day, 24);
	ck_assert_str_eq(s->offs[0].by, "user:7");
	ck_assert_str_eq(s->offs[0].reason, "họp xã");
	ck_assert(!s->offs[1].once && !s->offs[1].open);
	ck_assert_int_eq(s->offs[1].to.day, 10);
	ck_assert(s->offs[2].open);
}
END_TEST

START_TEST(one_alone_needs_no_list)
{
	ck_assert(case_slots(c, SLOT("{on: 2026-11-24, by: x}")));
	ck_assert_int_eq(c->schedule.slots[0].off_count, 1);
	ck_assert(case_slots(c, SLOT("\"2026-11-24, 2026-11-25\"")));
	ck_assert_int_eq(c->schedule.slots[1].except_count, 2);
}
END_TEST

START_TEST(lunar_days_stand_beside_others)
{
	ck_assert(case_slots(c, SLOT("[2026-09-02, {lunar: [\"30/12\", \"1/1\"]}]")));
	const struct slot *s = &c->schedule.slots[0];
	ck_assert_int_eq(s->except_count, 1);
	ck_assert_int_eq(s->lunar_except_count, 2);
	ck_assert(s->lunar_except[0].day == 30 && s->lunar_except[0].month == 12);
	ck_assert(case_slots(c, SLOT("{lunar: \"1/*, 15/6n\"}")));
	s = &c->schedule.slots[1];
	ck_assert(s->lunar_except[0].month == 0 && s->lunar_except[1].leap);
}
END_TEST

static const struct {
	const char *except, *told;
} faulty[] = {
	{"[{on: 2026-11-24}]", "ai cho nghỉ"},
	{"[{by: x}]", "{on: NGÀY}"},
	{"[{on: 2026-11-24, from: 2026-11-24, by: x}]", "{on: NGÀY}"},
	{"[{on: 2026-11-24, to: 2026-11-25, by: x}]", "{on: NGÀY}"},
	{"[{from: 2026-11-24, to: 2026-11-23, by: x}]", "kết thúc trước"},
	{"[{on: 2026-02-30, by: x}]", "2026-02-30"},
	{"[{from: mai, by: x}]", "mai"},
	{"[{on: 2026-11-24, by: x, because: y}]", "because"},
	{"[{lunar: [\"31/12\"]}]", "ngày âm lịch"},
	{"{lunar: []}", "không có ngày nào"},
	{"[{lunar: [\"1/1\"], by: x}]", "by"},
	{"[[2026-11-24]]", "except"},
	{"[2026-11-24, x]", "x"},
};

START_TEST(what_cannot_be_said_is_a_fault)
{
	char slot[256];

	snprintf(slot, sizeof(slot), SLOT("%s"), faulty[_i].except);
	ck_assert(!case_slots(c, slot));
	ck_assert_msg(case_fault(&c->faults, 3, faulty[_i].told) != NULL, "%s: %s",
		      faulty[_i].except, fault_text(&c->faults.list[0]));
	ck_assert_int_eq(c->faults.count, 1);
}
END_TEST

START_TEST(too_many_are_told)
{
	char slot[8192] = "  - {name: a, start: \"06:00\", length: 10m, play: {bulletins: {}}, "
			  "except: [";
	size_t len = strlen(slot);

	for (int i = 0; i <= SLOT_OFFS_MAX; i++)
		len += (size_t)snprintf(slot + len, sizeof(slot) - len,
					"%s{on: 2026-11-24, by: x}", i > 0 ? ", " : "");
	snprintf(slot + len, sizeof(slot) - len, "]}\n");
	ck_assert(!case_slots(c, slot));
	ck_assert_ptr_nonnull(case_fault(&c->faults, 3, "xóa bớt"));
}
END_TEST

Suite *suite_dates_parse(void)
{
	Suite *s = suite_create("dates_parse");
	TCase *t = tcase_create("dates_parse");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, a_day_off_names_who_and_why);
	tcase_add_test(t, one_alone_needs_no_list);
	tcase_add_test(t, lunar_days_stand_beside_others);
	tcase_add_loop_test(t, what_cannot_be_said_is_a_fault, 0,
			    sizeof(faulty) / sizeof(faulty[0]));
	tcase_add_test(t, too_many_are_told);
	suite_add_tcase(s, t);
	return s;
}
