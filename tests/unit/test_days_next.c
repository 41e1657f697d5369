/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_next.h"

#include "base/json.h"
#include "plan/special.h"
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

static json_t *next_of(const char *days, const char *now)
{
	char text[400];
	struct wall t;

	snprintf(text, sizeof(text),
		 "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}, %s}\n", days);
	ck_assert_msg(case_slots(c, text), "%s", text);
	ck_assert(wall_parse(now, &c->settings.tz, &t));
	special_settle(&c->schedule);
	return days_next(&c->schedule.slots[c->schedule.slot_count - 1], &c->schedule,
			 &c->settings.tz, t);
}

/* The days alone, "2026-11-23 2026-11-24". */
static void ck_next(const char *days, const char *now, const char *wanted)
{
	json_t *list = next_of(days, now), *one;
	char text[128] = "";
	size_t i, len = 0;

	json_array_foreach(list, i, one)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", i > 0 ? " " : "",
					json_get_text(one, "date", "?"));
	ck_assert_str_eq(text, wanted);
	json_decref(list);
}

START_TEST(the_next_five_and_no_more)
{
	ck_next("days: [mon, thu]", "2026-11-23T05:00:00+07:00",
		"2026-11-23 2026-11-26 2026-11-30 2026-12-03 2026-12-07");
}
END_TEST

START_TEST(what_has_begun_today_is_over)
{
	ck_next("dates: [2026-11-22, 2026-11-23, 2026-12-22]", "2026-11-23T06:00:01+07:00",
		"2026-12-22");
}
END_TEST

START_TEST(years_ahead_are_found)
{
	ck_next("rrule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\"", "2026-11-23T05:00:00+07:00",
		"2028-02-29 2032-02-29 2036-02-29");
}
END_TEST

START_TEST(what_never_comes_has_no_day)
{
	ck_next("rrule: \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"", "2026-11-23T05:00:00+07:00", "");
}
END_TEST

/* By Vietnamese reckoning: in 2007 and 2030 a day before China's, in 1985 a month. */
START_TEST(the_lunar_new_year_is_the_vietnamese_one)
{
	static const char *const years[][2] = {{"1985-01-01", "1985-01-21"},
					       {"2007-01-01", "2007-02-17"},
					       {"2030-01-01", "2030-02-02"}};
	char now[40];

	snprintf(now, sizeof(now), "%sT00:00:00+07:00", years[_i][0]);
	json_t *list = next_of("lunar: [1/1], valid: {from: 1980-01-01}", now);
	const json_t *first = json_array_get(list, 0);
	ck_assert_str_eq(json_get_text(first, "date", ""), years[_i][1]);
	const json_t *lunar = json_object_get(first, "lunar");
	ck_assert_int_eq((int)json_get_integer(lunar, "day", 0), 1);
	ck_assert_int_eq((int)json_get_integer(lunar, "month", 0), 1);
	json_decref(list);
}
END_TEST

START_TEST(a_day_that_was_taken_off_is_marked)
{
	json_t *list = next_of("except: [{on: 2026-11-24, by: x}]", "2026-11-23T05:00:00+07:00");

	ck_assert(!json_get_bool(json_array_get(list, 0), "off", true));
	ck_assert(json_get_bool(json_array_get(list, 1), "off", false));
	json_decref(list);
}
END_TEST

/* A timetable that is not there yet is replaced by what replaces all. */
START_TEST(a_special_period_takes_days_away)
{
	static const char special[] =
		"timetable: Quốc tang\nreplaces: true\nbasis: 105/2012/NĐ-CP\n"
		"valid: {from: 2026-11-24, to: 2026-11-25}\n"
		"slots: [{name: t, start: \"07:00\", length: 5m, play: {bulletins: {}}}]\n";

	ck_assert(schedule_parse(&c->schedule, &c->settings, "schedules/tang.yaml", special,
				 strlen(special), &c->faults));
	ck_next("days: mon-sat", "2026-11-23T05:00:00+07:00",
		"2026-11-23 2026-11-26 2026-11-27 2026-11-28 2026-11-30");
	struct slot fresh = c->schedule.slots[c->schedule.slot_count - 1];
	struct wall now;
	snprintf(fresh.file, sizeof(fresh.file), "schedules/moi.yaml");
	ck_assert(wall_parse("2026-11-23T05:00:00+07:00", &c->settings.tz, &now));
	json_t *list = days_next(&fresh, &c->schedule, &c->settings.tz, now);
	ck_assert_str_eq(json_get_text(json_array_get(list, 1), "date", ""), "2026-11-26");
	json_decref(list);
}
END_TEST

Suite *suite_days_next(void)
{
	Suite *s = suite_create("days_next");
	TCase *t = tcase_create("days_next");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, the_next_five_and_no_more);
	tcase_add_test(t, what_has_begun_today_is_over);
	tcase_add_test(t, years_ahead_are_found);
	tcase_add_test(t, what_never_comes_has_no_day);
	tcase_add_loop_test(t, the_lunar_new_year_is_the_vietnamese_one, 0, 3);
	tcase_add_test(t, a_day_that_was_taken_off_is_marked);
	tcase_add_test(t, a_special_period_takes_days_away);
	suite_add_tcase(s, t);
	return s;
}
