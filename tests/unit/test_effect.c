/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/effect.h"

#include "support/plan_case.h"

#include <check.h>

static struct plan_case *c;
static struct effect_view v;

static void setup(void)
{
	c = case_create("ident: audio/hieu.flac\n");
	case_asset(c, "audio/hieu.flac", 5);
}

static void finish(void)
{
	effect_finish(&v);
	case_destroy(c);
}

static void look(const char *now_text)
{
	struct err e = {0};
	struct wall now;

	ck_assert(wall_parse(now_text, &c->settings.tz, &now));
	ck_assert(effect_look(&v, &c->in, now, &e));
}

START_TEST(holds_a_week_without_the_plan)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 10m, volume_db: -3, "
				"play: {bulletins: {}}}\n"));
	case_bulletin(c, "B1", 60);
	look("2026-11-23T06:05:00");
	ck_assert_int_eq(v.count, 8); /* the one that goes on, and seven to come */
	ck_assert_int_eq(v.list[0].second, 6 * 3600);
	ck_assert_str_eq(v.list[0].slot, "a");
	ck_assert_str_eq(v.list[0].zones, "trung-tam, thon-2");
	ck_assert_double_eq(v.list[0].volume_db, -3);
	ck_assert_int_eq(v.list[0].item_count, 1); /* idents are nobody's concern */
	ck_assert_str_eq(v.list[0].items[0].thing, "B1");
	ck_assert_str_eq(v.list[0].items[0].title, "Bản tin B1");
	ck_assert(!v.list[0].silent);
	ck_assert_ptr_null(v.list[0].quiet_by);
}
END_TEST

START_TEST(says_why_it_is_silent)
{
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 10m, days: mon, "
				"play: {bulletins: {}}}\n"));
	look("2026-11-23T00:00:00");
	ck_assert_int_eq(v.count, 1);
	ck_assert(v.list[0].silent);
	ck_assert_int_eq(v.list[0].why, OMIT_NOTHING);
}
END_TEST

START_TEST(is_empty_without_slots)
{
	look("2026-11-23T00:00:00");
	ck_assert_int_eq(v.count, 0);
}
END_TEST

Suite *suite_effect(void)
{
	Suite *s = suite_create("effect");
	TCase *t = tcase_create("effect");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, holds_a_week_without_the_plan);
	tcase_add_test(t, says_why_it_is_silent);
	tcase_add_test(t, is_empty_without_slots);
	suite_add_tcase(s, t);
	return s;
}
