/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/special.h"

#include "plan/almanac.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define SLOT(name)                                                                                 \
	"slots: [{name: " name ", start: \"06:00\", length: 5m, play: {bulletins: {}}}]\n"
#define DAYS(from, to) "valid: {from: 2026-11-" from ", to: 2026-11-" to "}\n"

static struct plan_case *c;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	case_destroy(c);
}

static bool add(const char *file, const char *text)
{
	return schedule_parse(&c->schedule, &c->settings, file, text, strlen(text), &c->faults);
}

/* The slots of each day from `from` to `to` of November 2026: "a ab b". */
static const char *november(int from, int to)
{
	static char text[256];
	struct plan p;
	char first[24], last[24];
	size_t len = 0;
	int day = from;

	special_settle(&c->schedule);
	snprintf(first, sizeof(first), "2026-11-%02d", from);
	snprintf(last, sizeof(last), "2026-11-%02d", to + 1);
	case_plan(c, first, last, &p);
	for (int i = 0; i < p.count; i++) {
		for (; tz_date(&c->settings.tz, p.list[i].start, NULL).day > day; day++)
			text[len++] = ' ';
		text[len++] = p.list[i].slot->name[0];
	}
	text[len] = '\0';
	plan_finish(&p);
	return text;
}

START_TEST(stands_in_for_all_others)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\n" SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: B\n" SLOT("b")));
	ck_assert(add("schedules/t.yaml", "timetable: Quốc tang\nbasis: 105/2012/NĐ-CP\n"
					  "replaces: true\nmusic: false\n" DAYS("25", "26")
					  SLOT("t")));
	ck_assert_str_eq(november(24, 27), "ab t t ab");
	ck_assert_str_eq(c->schedule.tables[2].basis, "105/2012/NĐ-CP");
	ck_assert(c->schedule.slots[2].no_music && !c->schedule.slots[2].ident);
}
END_TEST

START_TEST(stands_in_for_those_it_names)
{
	ck_assert(add("schedules/a.yaml", "timetable: Lịch hằng ngày\n" SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: Chợ phiên\n" SLOT("b")));
	ck_assert(add("schedules/l.yaml", "timetable: Mùa lũ\nbasis: 1/QĐ\nreplaces: [a]\n"
					  DAYS("25", "26") SLOT("l")));
	ck_assert(add("schedules/m.yaml", "timetable: Phiên\nbasis: 1/QĐ\nreplaces: Chợ phiên\n"
					  DAYS("26", "26") SLOT("m")));
	ck_assert_str_eq(november(24, 27), "ab bl lm ab");
}
END_TEST

/* Two days of mourning within the season of floods: who gives way replaces nothing. */
START_TEST(one_may_stand_in_for_another)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\n" SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: B\n" SLOT("b")));
	ck_assert(add("schedules/l.yaml", "timetable: Mùa lũ\nbasis: x\nreplaces: [b]\n"
					  DAYS("10", "28") SLOT("l")));
	ck_assert(add("schedules/t.yaml", "timetable: Tang\nbasis: y\nreplaces: [Mùa lũ, a]\n"
					  DAYS("25", "26") SLOT("t")));
	ck_assert_str_eq(november(24, 27), "al bt bt al");
	special_tell(&c->schedule, &c->faults);
	ck_assert_int_eq(c->faults.errors, 0);
}
END_TEST

START_TEST(two_that_replace_each_other_are_told_and_none_is_silent)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\nreplaces: true\nbasis: x\n"
					  DAYS("20", "25") SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: B\nreplaces: true\nbasis: y\n"
					  DAYS("25", "30") SLOT("b")));
	ck_assert_str_eq(november(24, 26), "a a b");
	special_tell(&c->schedule, &c->faults);
	ck_assert_int_eq(c->faults.errors, 1);
	const struct fault *f = case_fault(&c->faults, 2, "thay thế lẫn nhau");
	ck_assert_ptr_nonnull(f);
	ck_assert_str_eq(f->file, "schedules/b.yaml");
	ck_assert_ptr_nonnull(strstr(fault_text(f), "schedules/a.yaml:2"));
}
END_TEST

START_TEST(days_that_do_not_meet_are_no_clash)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\nreplaces: true\nbasis: x\n"
					  DAYS("20", "24") SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: B\nreplaces: true\nbasis: y\n"
					  DAYS("25", "30") SLOT("b")));
	ck_assert_str_eq(november(24, 25), "a b");
	special_tell(&c->schedule, &c->faults);
	ck_assert_int_eq(c->faults.errors, 0);
}
END_TEST

START_TEST(a_circle_of_three_is_told)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\nreplaces: [b]\nbasis: x\n"
					  DAYS("20", "25") SLOT("a")));
	ck_assert(add("schedules/b.yaml", "timetable: B\nreplaces: [c]\nbasis: x\n"
					  DAYS("20", "25") SLOT("b")));
	ck_assert(add("schedules/c.yaml", "timetable: C\nreplaces: [a]\nbasis: x\n"
					  DAYS("20", "25") SLOT("c")));
	ck_assert_str_eq(november(24, 24), "ac");
	special_tell(&c->schedule, &c->faults);
	ck_assert_int_eq(c->faults.errors, 1);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 2, "thay thế lẫn nhau"));
}
END_TEST

START_TEST(switched_off_it_replaces_nothing)
{
	ck_assert(add("schedules/a.yaml", "timetable: A\n" SLOT("a")));
	ck_assert(add("schedules/t.yaml", "timetable: T\nreplaces: true\nbasis: x\nenabled: false\n"
					  DAYS("20", "25") SLOT("t")));
	ck_assert_str_eq(november(24, 24), "a");
}
END_TEST

START_TEST(a_name_that_is_none_is_told)
{
	ck_assert(add("schedules/t.yaml", "timetable: T\nreplaces: [hang-ngya]\nbasis: x\n"
					  DAYS("20", "25") SLOT("t")));
	special_settle(&c->schedule);
	special_tell(&c->schedule, &c->faults);
	ck_assert_ptr_nonnull(case_fault(&c->faults, 2, "hang-ngya"));
}
END_TEST

static const struct {
	const char *head, *told;
} faulty[] = {
	{"replaces: true\n" DAYS("20", "25"), "căn cứ"},
	{"replaces: true\nbasis: x\n", "ngày kết thúc"},
	{"replaces: true\nbasis: x\nvalid: {from: 2026-11-20}\n", "ngày kết thúc"},
	{"replaces: []\nbasis: x\n" DAYS("20", "25"), "không có lịch nào"},
	{"replaces: {a: b}\nbasis: x\n" DAYS("20", "25"), "replaces"},
	{"replaces: [a,b,c,d,e,f,g,h,i]\nbasis: x\n" DAYS("20", "25"), "replaces: true"},
	{"music: perhaps\n", "music"},
};

START_TEST(half_said_is_a_fault)
{
	char text[512];

	snprintf(text, sizeof(text), "timetable: T\n%s" SLOT("t"), faulty[_i].head);
	ck_assert(!add("schedules/t.yaml", text));
	ck_assert_msg(case_fault(&c->faults, 0, faulty[_i].told) != NULL, "%s: %s", text,
		      fault_text(&c->faults.list[0]));
}
END_TEST

Suite *suite_special(void)
{
	Suite *s = suite_create("special");
	TCase *t = tcase_create("special");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, stands_in_for_all_others);
	tcase_add_test(t, stands_in_for_those_it_names);
	tcase_add_test(t, one_may_stand_in_for_another);
	tcase_add_test(t, two_that_replace_each_other_are_told_and_none_is_silent);
	tcase_add_test(t, days_that_do_not_meet_are_no_clash);
	tcase_add_test(t, a_circle_of_three_is_told);
	tcase_add_test(t, switched_off_it_replaces_nothing);
	tcase_add_test(t, a_name_that_is_none_is_told);
	tcase_add_loop_test(t, half_said_is_a_fault, 0, (int)(sizeof(faulty) / sizeof(faulty[0])));
	suite_add_tcase(s, t);
	return s;
}
