/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/days_json.h"

#include "base/json.h"
#include "plan/special.h"
#include "support/plan_case.h"

#include <check.h>
#include <string.h>

static struct plan_case *c;
static struct holidays h;

static json_t *days(const char *from, const char *to)
{
	struct wall a, b;

	ck_assert(wall_parse(from, &c->settings.tz, &a) && wall_parse(to, &c->settings.tz, &b));
	return days_json(&c->in, a, b);
}

START_TEST(tells_lunar_day_holiday_and_what_is_in_force)
{
	static const char list[] = "ngay_le: [{ten: Tết, am_lich: \"1/1\", can_cu: luật}]\n";
	static const char table[] =
		"timetable: Tết\nreplaces: true\nbasis: 12/KH-UBND\nmusic: true\n"
		"valid: {from: 2027-02-06, to: 2027-02-08}\n"
		"slots: [{name: t, start: \"06:00\", length: 5m, play: {bulletins: {}}}]\n";

	c = case_create("");
	ck_assert(holidays_parse(&h, HOLIDAYS_FILE, list, strlen(list), &c->faults));
	c->schedule.holidays = &h;
	ck_assert(case_slots(c, "  - {name: a, start: \"06:00\", length: 5m, play: {bulletins: {}}}"
				"\n"));
	ck_assert(schedule_parse(&c->schedule, &c->settings, "schedules/tet.yaml", table,
				 strlen(table), &c->faults));
	special_settle(&c->schedule);
	json_t *all = days("2027-02-05T12:00:00", "2027-02-07");
	ck_assert_uint_eq(json_array_size(all), 2);
	const json_t *eve = json_array_get(all, 0), *tet = json_array_get(all, 1);
	ck_assert(json_is_null(json_object_get(eve, "holiday")));
	ck_assert_uint_eq(json_array_size(json_object_get(eve, "special")), 0);
	ck_assert_str_eq(json_get_text(tet, "date", ""), "2027-02-06");
	const json_t *lunar = json_object_get(tet, "lunar");
	ck_assert(json_get_number(lunar, "day", 0) == 1 && json_get_number(lunar, "month", 0) == 1);
	ck_assert_str_eq(json_get_text(json_object_get(tet, "holiday"), "name", ""), "Tết");
	const json_t *special = json_array_get(json_object_get(tet, "special"), 0);
	ck_assert_str_eq(json_get_text(special, "basis", ""), "12/KH-UBND");
	ck_assert_str_eq(json_get_text(special, "to", ""), "2027-02-08");
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(special, "replaces"), 0)),
			 "Lịch");
	json_decref(all);
	case_destroy(c);
}
END_TEST

START_TEST(long_spans_end_and_far_years_have_no_lunar_day)
{
	c = case_create("");
	json_t *all = days("2026-01-01", "2036-01-01");
	ck_assert_uint_eq(json_array_size(all), DAYS_TOLD_MAX);
	json_decref(all);
	all = days("1880-01-01", "1880-01-02");
	ck_assert(json_is_null(json_object_get(json_array_get(all, 0), "lunar")));
	json_decref(all);
	case_destroy(c);
}
END_TEST

Suite *suite_days_json(void)
{
	Suite *s = suite_create("days_json");
	TCase *t = tcase_create("days_json");

	tcase_add_test(t, tells_lunar_day_holiday_and_what_is_in_force);
	tcase_add_test(t, long_spans_end_and_far_years_have_no_lunar_day);
	suite_add_tcase(s, t);
	return s;
}
