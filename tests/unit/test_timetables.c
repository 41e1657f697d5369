/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/timetables.h"

#include "base/limits.h"
#include "support/signed_in.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define YAML "Content-Type: application/yaml"
#define PUT "PUT /api/timetables/thu HTTP/1.1\r\n" YAML

static struct signed_in s;

static void setup(void)
{
	signed_in_start(&s, "");
}

static void teardown(void)
{
	signed_in_end(&s);
}

static void asked(const char *head, const char *body, const char *want)
{
	signed_in_asked(&s, head, body, want);
}

START_TEST(a_timetable_is_told_with_its_tag)
{
	s.says = "{\"id\":1,\"ok\":true,\"sha256\":\"ab12\",\"text\":\"timetable: A\\n\"}\n";
	asked("GET /api/timetables/thu HTTP/1.1", NULL, "ETag: \"ab12\"");
	ck_assert_ptr_nonnull(strstr(s.told, "\"name\":\"thu\""));
	asked("GET /api/timetables/thu?version=cd HTTP/1.1\r\nAccept: application/yaml", NULL,
	      "\r\n\r\ntimetable: A\n");
	ck_assert_ptr_nonnull(strstr(s.told, "\"version\":\"cd\""));
}
END_TEST

START_TEST(saving_tells_what_it_was_made_from)
{
	s.says = "{\"id\":1,\"ok\":true,\"saved\":true,\"sha256\":\"cd\"}\n";
	asked(PUT "\r\nIf-Match: \"ab12\"", "timetable: Á", "ETag: \"cd\"");
	ck_assert_ptr_nonnull(strstr(s.told, "\"was\":\"ab12\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"text\":\"timetable: Á\""));
	asked(PUT, "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(s.told, "\"was\":\"\""));
	asked(PUT "\r\nIf-Match: *", "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(s.told, "\"was\":\"?\""));
}
END_TEST

START_TEST(what_stands_in_the_way_has_a_status)
{
	s.says = "{\"id\":1,\"error\":{\"code\":\"differs\",\"text\":\"somebody else\"}}\n";
	asked(PUT, "x", " 412 ");
	s.says = "{\"id\":1,\"ok\":true,\"saved\":false,\"faults\":[{\"grade\":\"warning\"},"
	       "{\"grade\":\"error\",\"file\":\"schedules/thu.yaml\",\"line\":3,\"text\":\"no "
	       "start\"}]}\n";
	asked(PUT, "x", " 422 ");
	asked(PUT, "x", "\"text\":\"schedules/thu.yaml:3: no start\"");
	asked(PUT, "x", "\"faults\":[{\"grade\":\"warning\"}");
	asked("POST /api/timetables/thu/preview HTTP/1.1\r\n" YAML, "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(s.told, "\"timetable.preview\""));
}
END_TEST

START_TEST(only_text_of_a_bounded_size_goes_on)
{
	char *big = malloc(TIMETABLE_TEXT_BYTES_MAX + 2);

	s.says = "{\"id\":1,\"ok\":true}\n";
	asked(PUT, "\xff\xfe", " 400 ");
	ck_assert_ptr_nonnull(big);
	memset(big, '#', TIMETABLE_TEXT_BYTES_MAX + 1);
	big[TIMETABLE_TEXT_BYTES_MAX + 1] = '\0';
	asked(PUT, big, " 413 ");
	free(big);
	ck_assert_str_eq(s.told, "");
	asked("PUT /api/timetables/thu HTTP/1.1\r\nOrigin: http://elsewhere", "x", " 403 ");
}
END_TEST

START_TEST(a_calendar_goes_to_the_station_as_it_is)
{
	s.says = "{\"id\":1,\"ok\":true,\"added\":[]}\n";
	asked("POST /api/timetables/thu/ics HTTP/1.1\r\nContent-Type: text/calendar",
	      "BEGIN:VCALENDAR", "\"added\"");
	ck_assert_ptr_nonnull(strstr(s.told, "\"do\":\"timetable.ics\""));
	ck_assert_ptr_nonnull(strstr(s.told, "\"ics\":\"BEGIN:VCALENDAR\""));
	s.told[0] = '\0';
	/* "Bản tin sáng" in TCVN3. */
	asked("POST /api/timetables/thu/ics HTTP/1.1\r\nContent-Type: text/calendar",
	      "SUMMARY:B\xb6n tin s\xb8ng", "TCVN3");
	ck_assert_str_eq(s.told, "");
}
END_TEST

START_TEST(the_days_of_a_draft_are_asked_for)
{
	s.says = "{\"id\":1,\"ok\":true,\"next\":[]}\n";
	asked("POST /api/timetables/thu/days HTTP/1.1\r\nContent-Type: application/json",
	      "{\"op\":\"set\"}", "\"next\"");
	ck_assert_ptr_nonnull(strstr(s.told, "\"do\":\"timetable.days\""));
}
END_TEST

Suite *suite_timetables(void)
{
	Suite *suite = suite_create("timetables");
	TCase *t = tcase_create("timetables");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_timetable_is_told_with_its_tag);
	tcase_add_test(t, saving_tells_what_it_was_made_from);
	tcase_add_test(t, what_stands_in_the_way_has_a_status);
	tcase_add_test(t, only_text_of_a_bounded_size_goes_on);
	tcase_add_test(t, a_calendar_goes_to_the_station_as_it_is);
	tcase_add_test(t, the_days_of_a_draft_are_asked_for);
	suite_add_tcase(suite, t);
	return suite;
}
