/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan/ics_events.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/limits.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define CALENDAR(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" events "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\nUID:a\r\n" lines "END:VEVENT\r\n"

static json_t *read_calendar(const char *text)
{
	struct err e = {0};
	json_t *events = ics_events(text, &e);

	ck_assert_msg(events != NULL, "%s", e.text);
	return events;
}

START_TEST(tells_what_is_written)
{
	json_t *events = read_calendar(CALENDAR(
		EVENT("SUMMARY:Bản tin sáng\r\nDTSTART;TZID=Asia/Ho_Chi_Minh:20261123T053000\r\n"
		      "DURATION:PT20M\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\r\n"
		      "EXDATE;TZID=Asia/Ho_Chi_Minh:20261125T053000\r\n")
		EVENT("SUMMARY:b\r\nDTSTART:20261122T223000Z\r\nDTEND:20261122T224000Z\r\n")));
	const json_t *a = json_array_get(events, 0), *b = json_array_get(events, 1);
	ck_assert_str_eq(json_get_text(a, "name", ""), "Bản tin sáng");
	ck_assert_str_eq(json_get_text(json_object_get(a, "start"), "at", ""),
			 "2026-11-23T05:30:00");
	ck_assert_str_eq(json_get_text(json_object_get(a, "start"), "tzid", ""),
			 "Asia/Ho_Chi_Minh");
	ck_assert_int_eq((int)json_get_number(a, "length_s", 0), 1200);
	ck_assert_ptr_nonnull(strstr(json_get_text(a, "rrule", ""), "BYDAY=MO,WE"));
	ck_assert_str_eq(json_string_value(json_array_get(json_object_get(a, "except"), 0)),
			 "2026-11-25T05:30:00");
	ck_assert(json_get_bool(json_object_get(b, "start"), "utc", false));
	ck_assert_int_eq((int)json_get_number(b, "length_s", 0), 600);
	json_decref(events);
}
END_TEST

START_TEST(tells_what_was_moved_and_cancelled)
{
	json_t *events = read_calendar(CALENDAR(
		EVENT("SUMMARY:x\r\nRECURRENCE-ID;TZID=Asia/Ho_Chi_Minh:20261210T053000\r\n"
		      "STATUS:CANCELLED\r\n")
		EVENT("SUMMARY:x\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261209T223000Z\r\n"
		      "STATUS:TENTATIVE\r\n")
		EVENT("SUMMARY:x\r\nSTATUS:CONFIRMED\r\n")));
	const json_t *a = json_array_get(events, 0), *b = json_array_get(events, 1);
	ck_assert_str_eq(json_get_text(a, "uid", ""), "a");
	ck_assert_str_eq(json_get_text(a, "recurs", ""), "2026-12-10T05:30:00");
	ck_assert_str_eq(json_get_text(a, "status", ""), "cancelled");
	ck_assert(!json_get_bool(a, "others", true));
	ck_assert_str_eq(json_get_text(b, "recurs", ""), "2026-12-09T22:30:00Z");
	ck_assert_str_eq(json_get_text(b, "status", ""), "tentative");
	ck_assert(json_get_bool(b, "others", false));
	ck_assert_str_eq(json_get_text(json_array_get(events, 2), "status", "x"), "");
	json_decref(events);
}
END_TEST

START_TEST(half_an_event_is_told_as_it_is)
{
	json_t *events = read_calendar(CALENDAR(EVENT("DTSTART;VALUE=DATE:20261123\r\n")
						EVENT("SUMMARY:x\r\nRDATE:20261123T053000Z\r\n")));
	const json_t *a = json_array_get(events, 0), *b = json_array_get(events, 1);
	ck_assert(json_get_bool(json_object_get(a, "start"), "whole_day", false));
	ck_assert_int_eq((int)json_get_number(a, "length_s", 0), -1);
	ck_assert(json_is_null(json_object_get(b, "start")));
	ck_assert(json_get_bool(b, "others", false));
	json_decref(events);
}
END_TEST

static const char *const refused[] = {"", "x", "<html><body>404</body></html>",
				      "BEGIN:VEVENT\r\nEND:VEVENT\r\n", "BEGIN:VCALENDAR\r\n\x01"};

START_TEST(what_is_no_calendar_is_refused)
{
	struct err e = {0};
	json_t *events = ics_events(refused[_i], &e);

	/* The last is one that was torn off: it has no event. */
	ck_assert_msg(events == NULL || json_array_size(events) == 0, "%s", refused[_i]);
	if (_i < 4)
		ck_assert_int_eq(e.kind, ERR_REFUSED);
	json_decref(events);
}
END_TEST

START_TEST(too_many_events_are_refused)
{
	struct buf text = {0};
	struct err e = {0};

	buf_text(&text, "BEGIN:VCALENDAR\r\n");
	for (int i = 0; i <= ICS_EVENTS_MAX; i++)
		buf_text(&text, EVENT("SUMMARY:x\r\nDTSTART:20261123T053000Z\r\n"));
	buf_text(&text, "END:VCALENDAR\r\n");
	ck_assert_ptr_null(ics_events(buf_str(&text), &e));
	ck_assert_ptr_nonnull(strstr(e.text, "1000"));
	buf_finish(&text);
}
END_TEST

static const struct {
	const char *text, *word;
} unfit[] = {
	{"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\n"
	 "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:B=E1=BA=A3n tin\r\n"
	 "DTSTART:20261123T053000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "quoted-printable"},
	{"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//VangXa//lich.ics//VI\r\nEND:VCALENDAR\r\n",
	 "mỗi lần phát"},
};

START_TEST(what_can_be_no_timetable_is_refused_as_a_whole)
{
	struct err e = {0};

	ck_assert_ptr_null(ics_events(unfit[_i].text, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	ck_assert_ptr_nonnull(strstr(e.text, unfit[_i].word));
}
END_TEST

Suite *suite_ics_events(void)
{
	Suite *s = suite_create("ics_events");
	TCase *t = tcase_create("ics_events");

	tcase_add_test(t, tells_what_is_written);
	tcase_add_test(t, tells_what_was_moved_and_cancelled);
	tcase_add_test(t, half_an_event_is_told_as_it_is);
	tcase_add_loop_test(t, what_is_no_calendar_is_refused, 0, 5);
	tcase_add_test(t, too_many_events_are_refused);
	tcase_add_loop_test(t, what_can_be_no_timetable_is_refused_as_a_whole, 0, 2);
	suite_add_tcase(s, t);
	return s;
}
