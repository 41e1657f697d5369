/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/almanac.h"

#include "plan/special.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct plan_case *c;
static struct almanac a;

static void setup(void)
{
	c = case_create("");
}

static void finish(void)
{
	almanac_finish(&a);
	case_destroy(c);
}

#define SLOT(more) "  - {name: a, start: \"06:00\", length: 10m, play: {bulletins: {}}" more "}\n"

START_TEST(makes_only_what_is_asked_for)
{
	ck_assert(case_slots(c, SLOT("")));
	almanac_make(&a, &c->schedule, 20000, 10, false);
	ck_assert(a.lunar == NULL && a.holidays == NULL && a.replaced == NULL);
	almanac_make(&a, &c->schedule, 20000, 10, true);
	ck_assert(a.lunar != NULL && a.holidays == NULL); /* no list of holidays */
}
END_TEST

START_TEST(knows_lunar_days_for_a_slot_that_asks)
{
	ck_assert(case_slots(c, SLOT(", lunar: \"1/1\"")));
	almanac_make(&a, &c->schedule, date_to_days((struct date){2027, 2, 5}), 3, false);
	ck_assert_ptr_nonnull(a.lunar);
	ck_assert(a.lunar[0].last && a.lunar[0].month == 12);
	ck_assert(a.lunar[1].day == 1 && a.lunar[1].month == 1 && a.lunar[1].year == 2027);
}
END_TEST

START_TEST(tells_which_is_in_force)
{
	static const char text[] =
		"timetable: T\nreplaces: true\nbasis: x\n"
		"valid: {from: 2026-11-25, to: 2026-11-25}\n"
		"slots: [{name: t, start: \"06:00\", length: 5m, play: {bulletins: {}}}]\n";
	int64_t first = date_to_days((struct date){2026, 11, 24});

	ck_assert(case_slots(c, SLOT("")));
	ck_assert(schedule_parse(&c->schedule, &c->settings, "t.yaml", text, strlen(text),
				 &c->faults));
	special_settle(&c->schedule);
	almanac_make(&a, &c->schedule, first, 3, false);
	ck_assert_ptr_nonnull(a.replaced);
	ck_assert(a.replaced[0] == 0 && (a.replaced[1] & 3) == 1 && a.replaced[2] == 0);
	ck_assert(almanac_in_force(&c->schedule, 1, (struct date){2026, 11, 25}));
	ck_assert(!almanac_in_force(&c->schedule, 1, (struct date){2026, 11, 26}));
	ck_assert(!almanac_in_force(&c->schedule, 0, (struct date){2026, 11, 25}));
}
END_TEST

Suite *suite_almanac(void)
{
	Suite *s = suite_create("almanac");
	TCase *t = tcase_create("almanac");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, makes_only_what_is_asked_for);
	tcase_add_test(t, knows_lunar_days_for_a_slot_that_asks);
	tcase_add_test(t, tells_which_is_in_force);
	suite_add_tcase(s, t);
	return s;
}
