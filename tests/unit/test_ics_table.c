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
	/* Of a member that stands twice the last counts. */
	json_t *json = json_loads(events, 0, NULL);

	ck_assert_msg(json != NULL, "%s", events);
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

/* 22:30 of the 9th in UTC is 05:30 of the 10th here; 07:30 of the 29th comes before 08:00. */
START_TEST(a_rule_ends_at_the_moment_of_its_until)
{
	take("[" EVENT("a", ZONE("2026-12-01T05:30:00", "Asia/Ho_Chi_Minh"),
		       ",\"rrule\":\"FREQ=DAILY;UNTIL=20261209T223000Z\"") ","
	     EVENT("b", AT("2026-12-01T08:00:00"),
		   ",\"rrule\":\"FREQ=DAILY;UNTIL=20261229T003000Z\"") "]");
	ck_assert_str_eq(c->schedule.slots[0].rrule, "FREQ=DAILY;UNTIL=20261210");
	ck_assert_str_eq(c->schedule.slots[1].rrule, "FREQ=DAILY;UNTIL=20261228");
}
END_TEST

#define ROW(more) EVENT("Bản tin", AT("2026-12-01T05:30:00"),                                     \
			",\"uid\":\"u\",\"rrule\":\"FREQ=DAILY;UNTIL=20261231\"" more)
#define ONE(start, day, more) EVENT("Bản tin", AT(start),                                          \
				    ",\"uid\":\"u\",\"recurs\":\"" day "\"" more)

START_TEST(what_was_moved_no_longer_airs_at_its_old_time)
{
	ck_assert_int_eq(take("[" ONE("2026-12-10T06:15:00", "2026-12-09T22:30:00Z", "") ","
			      ROW("") "," ONE("2026-12-12T05:30:00", "2026-12-12T05:30:00",
					      ",\"status\":\"cancelled\"") "]"), 2);
	ck_assert_uint_eq(json_array_size(left_out), 0);
	const struct slot *moved = &c->schedule.slots[0], *row = &c->schedule.slots[1];
	ck_assert_str_eq(moved->name, "Bản tin (10/12/2026)");
	ck_assert_int_eq(moved->start_s, 6 * 3600 + 15 * 60);
	ck_assert_int_eq(moved->dates[0].day, 10);
	ck_assert_str_eq(row->name, "Bản tin");
	ck_assert_int_eq(row->except_count, 2);
	ck_assert_int_eq(row->except[0].day, 10);
	ck_assert_int_eq(row->except[1].day, 12);
}
END_TEST

START_TEST(what_was_moved_to_where_it_cannot_be_taken_is_told_with_its_old_time)
{
	ck_assert_int_eq(take("[" ROW("") "," ONE("2026-12-10T06:15:00", "2026-12-10T05:30:00",
						  ",\"status\":\"tentative\"") "]"), 1);
	ck_assert_int_eq(c->schedule.slots[0].except[0].day, 10);
	const char *text = json_get_text(json_array_get(left_out, 0), "text", "");
	ck_assert_msg(strstr(text, "TENTATIVE") != NULL && strstr(text, "giờ cũ") != NULL, "%s",
		      text);
}
END_TEST

START_TEST(nothing_of_a_cancelled_row_is_taken)
{
	json_t *events = json_loads("[" ROW(",\"status\":\"cancelled\"") ","
				    ONE("2026-12-10T06:15:00", "2026-12-10T05:30:00", "") "]", 0,
				    NULL);

	ck_assert_int_eq(ics_table(events, &c->settings.tz, "x", &yaml, left_out), 0);
	ck_assert_uint_eq(json_array_size(left_out), 2);
	json_decref(events);
}
END_TEST

START_TEST(a_row_that_changes_from_one_day_on_is_left_out)
{
	json_t *events = json_loads("[" ROW("") ","
				    ONE("2026-12-10T06:15:00", "2026-12-10T05:30:00",
					",\"others\":true") "]", 0, NULL);

	ck_assert_int_eq(ics_table(events, &c->settings.tz, "x", &yaml, left_out), 0);
	ck_assert_ptr_nonnull(strstr(json_get_text(json_array_get(left_out, 0), "text", ""),
				     "RANGE"));
	json_decref(events);
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
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"status\":\"cancelled\""), "đã huỷ"},
	{EVENT("a", AT("2026-11-23T06:00:00"), ",\"status\":\"tentative\""), "dự kiến"},
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
	tcase_add_test(t, a_rule_ends_at_the_moment_of_its_until);
	tcase_add_test(t, what_was_moved_no_longer_airs_at_its_old_time);
	tcase_add_test(t, what_was_moved_to_where_it_cannot_be_taken_is_told_with_its_old_time);
	tcase_add_test(t, nothing_of_a_cancelled_row_is_taken);
	tcase_add_test(t, a_row_that_changes_from_one_day_on_is_left_out);
	tcase_add_test(t, names_are_made_to_differ);
	tcase_add_loop_test(t, what_can_be_no_slot_is_left_out_and_told, 0,
			    (int)(sizeof(unfit) / sizeof(unfit[0])));
	tcase_add_test(t, an_endless_rule_is_fine);
	suite_add_tcase(s, t);
	return s;
}
