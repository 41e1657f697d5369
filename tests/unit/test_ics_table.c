/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_table.h"

#include "base/json.h"
#include "support/plan_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct plan_case *c;
static struct buf yaml;
static json_t *left_out;

static void setup(void)
{
	c = case_create("");
	left_out = json_array();
}

static void finish(void)
{
	buf_finish(&yaml);
	yaml = (struct buf){0};
	json_decref(left_out);
	case_destroy(c);
}

/* The slots of these events, read as a timetable. */
static int take(const char *events)
{
	struct err e = {0};
	json_t *json = json_read(events, strlen(events), &e);

	ck_assert_msg(json != NULL, "%s", e.text);
	int count = ics_table(json, &c->settings.tz, "Từ điện thoại", &yaml, left_out);
	json_decref(json);
	ck_assert_msg(schedule_parse(&c->schedule, &c->settings, "a.yaml", buf_str(&yaml),
				     yaml.len, &c->faults),
		      "%s\n%s", c->faults.count > 0 ? fault_text(c->faults.list) : "",
		      buf_str(&yaml));
	return count;
}

#define EVENT(name, start, more)                                                                   \
	"{\"name\":\"" name "\",\"start\":{" start "},\"length_s\":600,\"rules\":0,\"except\":[]," \
	"\"others\":false,\"rrule\":\"\"" more "}"
#define AT(t) "\"at\":\"" t "\",\"utc\":false,\"tzid\":\"\",\"whole_day\":false"
#define UTC(t) "\"at\":\"" t "\",\"utc\":true,\"tzid\":\"\",\"whole_day\":false"
#define ZONE(t, z) "\"at\":\"" t "\",\"utc\":false,\"tzid\":\"" z "\",\"whole_day\":false"

START_TEST(an_event_becomes_a_slot)
{
	static const char *const events =
		"[{\"name\":\"Bản \\\"tin\\\": sáng\",\"start\":{" AT("2026-11-23T05:30:15")
		"},\"length_s\":1200,\"rules\":1,\"rrule\":\"FREQ=WEEKLY;BYDAY=MO,WE\","
		"\"except\":[\"2026-11-25T05:30:15\"],\"others\":false},"
		EVENT("một lần", AT("2026-12-22T17:00:00"), "") "]";

	ck_assert_int_eq(take(events), 2);
	ck_assert_uint_eq(json_array_size(left_out), 0);
	const struct slot *s = &c->schedule.slots[0];
	ck_assert_str_eq(s->name, "Bản \"tin\": sáng");
	ck_assert_int_eq(s->start_s, 5 * 3600 + 30 * 60 + 15);
	ck_assert_int_eq(s->length_s, 1200);
	ck_assert_str_eq(s->rrule, "FREQ=WEEKLY;BYDAY=MO,WE");
	ck_assert_int_eq(s->valid_from.day, 23);
	ck_assert_int_eq(s->except[0].day, 25);
	ck_assert_int_eq(s[1].dates[0].day, 22);
}
END_TEST

START_TEST(utc_is_told_in_the_time_of_the_station)
{
	take("[" EVENT("a", UTC("2026-11-22T22:30:00"), "") "]");
	ck_assert_int_eq(c->schedule.slots[0].start_s, 5 * 3600 + 30 * 60);
	ck_assert_int_eq(c->schedule.slots[0].dates[0].day, 23);
}
END_TEST

START_TEST(names_are_made_to_differ)
{
	ck_assert_int_eq(take("[" EVENT("a", AT("2026-11-23T06:00:00"), "") ","
			      EVENT("a", AT("2026-11-24T07:00:00"), "") "]"), 2);
	ck_assert_str_eq(c->schedule.slots[1].name, "a (2)");
}
END_TEST

static const struct {
	const char *event, *told;
} unfit[] = {
	{EVENT("", AT("2026-11-23T06:00:00"), ""), "SUMMARY"},
	{EVENT("a", AT("0000-00-00T06:00:00"), ""), "không có giờ"},
	{EVENT("a", AT("2026-02-30T06:00:00"), ""), "không có giờ"},
	{"{\"name\":\"a\",\"start\":null}", "không có giờ"},
	{EVENT("a", "\"at\":\"2026-11-23T00:00:00\",\"whole_day\":true", ""), "cả ngày"},
	{EVENT("a", ZONE("2026-11-23T06:00:00", "America/New_York"), ""), "America/New_York"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"length_s\":-1"), "dài bao lâu"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"length_s\":90000"), "dài bao lâu"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"others\":true"), "RDATE"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"rules\":2"), "RDATE"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"rrule\":\"FREQ=HOURLY\""), "chỉ chọn ngày"},
	{EVENT("a", AT("2026-11-23T06:00:00"),
	       ",\"rrule\":\"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\""), "không rơi vào ngày nào"},
	{EVENT("a", UTC("2026-11-22T22:30:00"), ",\"rrule\":\"FREQ=WEEKLY;BYDAY=MO\""), "UTC"},
};

START_TEST(what_can_be_no_slot_is_left_out_and_told)
{
	char events[1024];

	/* Of a member that stands twice the last counts, as in these texts. */
	snprintf(events, sizeof(events), "[%s]", unfit[_i].event);
	json_t *json = json_loads(events, 0, NULL);
	ck_assert_ptr_nonnull(json);
	ck_assert_int_eq(ics_table(json, &c->settings.tz, "x", &yaml, left_out), 0);
	json_decref(json);
	const char *text = json_get_text(json_array_get(left_out, 0), "text", "");
	ck_assert_msg(strstr(text, unfit[_i].told) != NULL, "%s: %s", events, text);
}
END_TEST

/* An endless rule is none of its business to follow to the end. */
START_TEST(an_endless_rule_is_fine)
{
	json_t *json = json_loads("[" EVENT("a", AT("2026-11-23T06:00:00"),
					    ",\"rrule\":\"FREQ=DAILY\"") "]", 0, NULL);

	ck_assert_int_eq(ics_table(json, &c->settings.tz, "x", &yaml, left_out), 1);
	json_decref(json);
}
END_TEST

Suite *suite_ics_table(void)
{
	Suite *s = suite_create("ics_table");
	TCase *t = tcase_create("ics_table");

	tcase_add_checked_fixture(t, setup, finish);
	tcase_add_test(t, an_event_becomes_a_slot);
	tcase_add_test(t, utc_is_told_in_the_time_of_the_station);
	tcase_add_test(t, names_are_made_to_differ);
	tcase_add_loop_test(t, what_can_be_no_slot_is_left_out_and_told, 0,
			    (int)(sizeof(unfit) / sizeof(unfit[0])));
	tcase_add_test(t, an_endless_rule_is_fine);
	suite_add_tcase(s, t);
	return s;
}
