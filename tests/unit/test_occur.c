/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/err.h"
#include "plan/occur.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct plan_case *c;
static struct occurs o;

static void finish(void)
{
	occurs_finish(&o);
	case_destroy(c);
}

static void make(const char *more, const char *slots, const char *from, const char *to)
{
	struct wall a, b;
	struct err e = {0};

	c = case_create(more);
	ck_assert(case_slots(c, slots));
	ck_assert(wall_parse(from, &c->settings.tz, &a) && wall_parse(to, &c->settings.tz, &b));
	ck_assert(occurs_make(&o, &c->schedule, &c->settings.tz, a, b, &e));
}

static const char *start(int i)
{
	static char text[32];

	wall_print(o.list[i].start, &c->settings.tz, text);
	return text;
}

/* The year in which the two calendars are a month apart; the Chinese one has 20 February. */
START_TEST(days_long_past_can_be_looked_at)
{
	make("",
	     "  - {name: tet, start: \"06:00\", length: 5m, lunar: [\"1/1\"], "
	     "play: {bulletins: {}}}\n"
	     "  - {name: rule, start: \"07:00\", length: 5m, rrule: \"FREQ=MONTHLY;BYMONTHDAY=2\", "
	     "play: {bulletins: {}}}\n",
	     "1985-01-05", "1985-02-28");
	ck_assert_int_eq(o.count, 2);
	ck_assert_str_eq(start(0), "1985-01-21T06:00:00.000+07:00");
	ck_assert_str_eq(start(1), "1985-02-02T07:00:00.000+07:00");
}
END_TEST

START_TEST(is_sorted_and_half_open)
{
	make("",
	     "  - {name: b, start: \"07:00\", length: 5m, play: {bulletins: {}}}\n"
	     "  - {name: demo, demo: true, start: \"06:00\", length: 5m, play: {bulletins: {}}}\n"
	     "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}}\n",
	     "2026-11-23T06:00:00", "2026-11-24T06:00:00");
	ck_assert_int_eq(o.count, 3);
	ck_assert_str_eq(o.list[0].slot->name, "a"); /* the real one first */
	ck_assert_str_eq(o.list[1].slot->name, "demo");
	ck_assert_str_eq(o.list[2].slot->name, "b");
	ck_assert_str_eq(start(2), "2026-11-23T07:00:00.000+07:00");
	ck_assert_int_eq(o.list[0].length_frames, 300 * 48000);
}
END_TEST

START_TEST(repeats_past_midnight)
{
	make("",
	     "  - {name: a, start: \"23:00\", length: 5m, days: mon, play: {bulletins: {}},"
	     " repeat: {every: 1h, until: \"01:30\"}, confirm: {by: a, reason: b}}\n",
	     "2026-11-24", "2026-11-25"); /* Tuesday: what Monday began */
	ck_assert_int_eq(o.count, 2);
	ck_assert_str_eq(start(0), "2026-11-24T00:00:00.000+07:00");
	ck_assert_str_eq(start(1), "2026-11-24T01:00:00.000+07:00");
	ck_assert_int_eq(o.list[1].second, 3600);
	ck_assert_int_eq(o.list[1].day, date_to_days((struct date){2026, 11, 24}));
}
END_TEST

START_TEST(follows_the_local_clock)
{
	make("timezone: Europe/Berlin\n",
	     "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}}\n",
	     "2026-03-28", "2026-03-30");
	ck_assert_int_eq(o.count, 2);
	ck_assert_str_eq(start(0), "2026-03-28T06:00:00.000+01:00");
	ck_assert_str_eq(start(1), "2026-03-29T06:00:00.000+02:00");
}
END_TEST

START_TEST(refuses_millions)
{
	struct err e = {0};
	struct wall from = {0}, to = {400 * 86400 * NS_PER_S};

	c = case_create("");
	ck_assert(case_slots(c, "  - {name: a, start: \"05:00\", length: 1s, play: {bulletins: {}},"
				" valid: {from: 1970-01-01}, repeat: {every: 1s, until: "
				"\"20:59\"}}\n"));
	ck_assert(!occurs_make(&o, &c->schedule, &c->settings.tz, from, to, &e));
	ck_assert_ptr_nonnull(strstr(e.text, "1000000 lượt phát"));
}
END_TEST

Suite *suite_occur(void);
Suite *suite_occur(void)
{
	Suite *s = suite_create("occur");
	TCase *t = tcase_create("all");

	tcase_add_checked_fixture(t, NULL, finish);
	tcase_add_test(t, is_sorted_and_half_open);
	tcase_add_test(t, days_long_past_can_be_looked_at);
	tcase_add_test(t, repeats_past_midnight);
	tcase_add_test(t, follows_the_local_clock);
	tcase_add_test(t, refuses_millions);
	suite_add_tcase(s, t);
	return s;
}
