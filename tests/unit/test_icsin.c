/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars offered over the control socket: by way of the process that reads them. */
#include "station/icsin.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/deskcase.h"

#include <check.h>
#include <string.h>

static struct deskcase c;

static void setup(void)
{
	deskcase_open(&c);
}

static void teardown(void)
{
	deskcase_close(&c);
}

static json_t *offer(const char *ics)
{
	return json_pack("{s:s, s:s, s:s}", "do", "timetable.ics", "name", "thu", "ics", ics);
}

#define CALENDAR(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"
#define EVENT(name, zone, rule)                                                                    \
	"BEGIN:VEVENT\r\nSUMMARY:" name "\r\nDTSTART" zone ":20261124T061500\r\n"                 \
	"DURATION:PT10M\r\n" rule "END:VEVENT\r\n"

START_TEST(a_calendar_is_laid_over_a_timetable)
{
	json_t *answer = deskcase_told(
		&c, offer(CALENDAR(EVENT("Sáng", "", "RRULE:FREQ=DAILY\r\n")
				   EVENT("Mới", ";TZID=Asia/Ho_Chi_Minh", "")
				   EVENT("Xa", ";TZID=America/New_York", ""))));
	const char *text = json_get_text(answer, "text", "");

	ck_assert_uint_eq(json_array_size(json_object_get(answer, "changed")), 1);
	ck_assert_uint_eq(json_array_size(json_object_get(answer, "added")), 1);
	const json_t *left = json_array_get(json_object_get(answer, "left_out"), 0);
	ck_assert_str_eq(json_get_text(left, "name", ""), "Xa");
	ck_assert_ptr_nonnull(strstr(json_get_text(left, "text", ""), "múi giờ"));
	ck_assert_ptr_nonnull(strstr(text, "06:15"));
	/* Saved like any other edit; nothing was before. */
	ck_assert_int_eq(c.desk.world.files->schedule.slots[0].start_s, 19800);
	json_t *put = deskcase_told(&c, json_pack("{s:s, s:s, s:s, s:O}", "do", "timetable.put",
						  "name", "thu", "text", text, "was",
						  json_object_get(answer, "was")));
	ck_assert(json_get_bool(put, "in_force", false));
	ck_assert_int_eq(c.desk.world.files->schedule.slot_count, 2);
	json_decref(put);
	json_decref(answer);
}
END_TEST

START_TEST(what_is_no_calendar_is_refused)
{
	static char large[ICS_TEXT_BYTES_MAX + 2];

	deskcase_refused(&c, offer("<html>404</html>"), "damaged", "iCalendar");
	deskcase_refused(&c, json_pack("{s:s, s:s}", "do", "timetable.ics", "name", "thu"), "usage",
			 "ics");
	memset(large, 'x', sizeof(large) - 1);
	deskcase_refused(&c, offer(large), "usage", "256");
	deskcase_refused(&c, json_pack("{s:s, s:s, s:s}", "do", "timetable.ics", "name", "khong",
				       "ics", CALENDAR("")), "not_found", "khong");
}
END_TEST

Suite *suite_icsin(void)
{
	Suite *s = suite_create("icsin");
	TCase *t = tcase_create("icsin");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_calendar_is_laid_over_a_timetable);
	tcase_add_test(t, what_is_no_calendar_is_refused);
	suite_add_tcase(s, t);
	return s;
}
