/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/calendar.h"

#include "support/deskcase.h"

#include <check.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

static struct deskcase c;
static struct wall now;

static void setup(void)
{
	deskcase_open(&c);
	now = clock_wall(&c.clock.clock);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static void timetable(const char *slots)
{
	struct buf text = {0};

	buf_print(&text, "timetable: Thử\nslots:\n%s", slots);
	deskcase_write(&c, "schedules/thu.yaml", buf_str(&text));
	buf_finish(&text);
	deskcase_settings(&c, "");
}

/* The calendar of so many days, read back. */
static icalcomponent *read_back(int days)
{
	const struct plan_input *in = &c.desk.world.input;
	struct plan plan;
	struct err e = {0};

	ck_assert(plan_make(&plan, in, now, wall_add_ns(now, days * 86400 * NS_PER_S), &e));
	char *text = calendar_text(&plan, in->settings, now);
	plan_finish(&plan);
	icalcomponent *made = icalparser_parse_string(text);
	ck_assert_ptr_nonnull(made);
	ck_assert_int_eq(icalcomponent_count_errors(made), 0);
	free(text);
	return made;
}

static int events(icalcomponent *v)
{
	return icalcomponent_count_components(v, ICAL_VEVENT_COMPONENT);
}

static icalcomponent *first(icalcomponent *v)
{
	return icalcomponent_get_first_component(v, ICAL_VEVENT_COMPONENT);
}

static const char *description(icalcomponent *v)
{
	icalproperty *p = icalcomponent_get_first_property(v, ICAL_X_PROPERTY);

	while (p != NULL && strcmp(icalproperty_get_x_name(p), "X-WR-CALDESC") != 0)
		p = icalcomponent_get_next_property(v, ICAL_X_PROPERTY);
	ck_assert_ptr_nonnull(p);
	return icalproperty_get_x(p);
}

/* 05:30 at +07:00 is 22:30 UTC of the day before. */
START_TEST(each_start_is_an_event_in_utc)
{
	icalcomponent *v = read_back(28);
	struct icaltimetype start = icalcomponent_get_dtstart(first(v));

	ck_assert_int_eq(events(v), 28);
	ck_assert_str_eq(icaltime_as_ical_string(start), "20261122T223000Z");
	ck_assert_str_eq(icaltime_as_ical_string(icalcomponent_get_dtend(first(v))),
			 "20261122T224000Z");
	ck_assert_str_eq(icalcomponent_get_summary(first(v)), "Sáng");
	ck_assert_ptr_nonnull(strstr(icalcomponent_get_location(first(v)), ", "));
	ck_assert_int_eq(icalcomponent_get_method(v), ICAL_METHOD_PUBLISH);
	ck_assert_ptr_null(strstr(description(v), "phát thử"));
	icalcomponent_free(v);
}
END_TEST

START_TEST(an_event_keeps_its_name_and_no_two_share_one)
{
	icalcomponent *a = read_back(2);
	now = wall_add_ns(now, 60 * NS_PER_S);
	icalcomponent *b = read_back(2);

	ck_assert_str_eq(icalcomponent_get_uid(first(a)), icalcomponent_get_uid(first(b)));
	icalcomponent *second = icalcomponent_get_next_component(a, ICAL_VEVENT_COMPONENT);
	ck_assert_str_ne(icalcomponent_get_uid(second), icalcomponent_get_uid(first(b)));
	icalcomponent_free(a);
	icalcomponent_free(b);
}
END_TEST

START_TEST(what_comes_without_end_is_left_out_and_told)
{
	timetable("  - {name: A, start: \"05:30\", length: 1m, repeat: {every: 20m, until: "
		  "\"21:50\"}, play: {bulletins: {}}}\n"
		  "  - {name: B, start: \"06:00\", length: 1m, demo: true, play: {bulletins: "
		  "{}}}\n"
		  "  - {name: \"C, c; c\", start: \"07:05\", length: 1m, play: {bulletins: {}}}\n");
	icalcomponent *v = read_back(7);

	ck_assert_int_eq(events(v), 7);
	ck_assert_str_eq(icalcomponent_get_summary(first(v)), "C, c; c");
	ck_assert_ptr_nonnull(strstr(description(v), "phát thử"));
	icalcomponent_free(v);
}
END_TEST

START_TEST(what_was_taken_off_is_not_told)
{
	timetable("  - {name: A, start: \"05:30\", length: 5m, except: [{on: 2026-11-24, by: "
		  "\"user:1\", reason: mưa}], play: {bulletins: {}}}\n");
	icalcomponent *v = read_back(7);

	ck_assert_int_eq(events(v), 6);
	icalcomponent_free(v);
}
END_TEST

Suite *suite_calendar(void);
Suite *suite_calendar(void)
{
	Suite *s = suite_create("calendar");
	TCase *t = tcase_create("calendar");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, each_start_is_an_event_in_utc);
	tcase_add_test(t, an_event_keeps_its_name_and_no_two_share_one);
	tcase_add_test(t, what_comes_without_end_is_left_out_and_told);
	tcase_add_test(t, what_was_taken_off_is_not_told);
	suite_add_tcase(s, t);
	return s;
}
