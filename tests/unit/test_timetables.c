/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/timetables.h"

#include "base/limits.h"
#include "people/users.h"
#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define YAML "Content-Type: application/yaml"
#define PUT "PUT /api/timetables/thu HTTP/1.1\r\n" YAML

static struct web_case c;
static struct users *u;
static char token[SESSION_TOKEN_BYTES], last[8192];
static const char *said; /* by the station */

static void reply(int fd, const char *line)
{
	snprintf(last, sizeof(last), "%s", line);
	send(fd, said, strlen(said), MSG_NOSIGNAL);
}

static void setup(void)
{
	struct user user = {.name = "lan", .role = ROLE_OPERATOR, .hash = "h"};
	struct err e = {0};

	web_case_start(&c);
	c.reply = reply;
	last[0] = '\0';
	u = users_create(c.dir);
	ck_assert(users_add(u, &user, clock_wall(&c.clock.clock), &e));
	ck_assert(users_begin_session(u, user.id, clock_wall(&c.clock.clock), token, &e));
}

static void teardown(void)
{
	users_destroy(u);
	web_case_end(&c);
}

static void asked(const char *head, const char *body, const char *want)
{
	char text[600];

	snprintf(text, sizeof(text), "%s\r\nAuthorization: Bearer %s", head, token);
	struct buf got = web_case_ask(&c, text, body);
	ck_assert_msg(strstr(buf_str(&got), want) != NULL, "%s\n%s", text, buf_str(&got));
	buf_finish(&got);
}

START_TEST(a_timetable_is_told_with_its_tag)
{
	said = "{\"id\":1,\"ok\":true,\"sha256\":\"ab12\",\"text\":\"timetable: A\\n\"}\n";
	asked("GET /api/timetables/thu HTTP/1.1", NULL, "ETag: \"ab12\"");
	ck_assert_ptr_nonnull(strstr(last, "\"name\":\"thu\""));
	asked("GET /api/timetables/thu?version=cd HTTP/1.1\r\nAccept: application/yaml", NULL,
	      "\r\n\r\ntimetable: A\n");
	ck_assert_ptr_nonnull(strstr(last, "\"version\":\"cd\""));
}
END_TEST

START_TEST(saving_tells_what_it_was_made_from)
{
	said = "{\"id\":1,\"ok\":true,\"saved\":true,\"sha256\":\"cd\"}\n";
	asked(PUT "\r\nIf-Match: \"ab12\"", "timetable: Á", "ETag: \"cd\"");
	ck_assert_ptr_nonnull(strstr(last, "\"was\":\"ab12\""));
	ck_assert_ptr_nonnull(strstr(last, "\"text\":\"timetable: Á\""));
	asked(PUT, "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"was\":\"\""));
	asked(PUT "\r\nIf-Match: *", "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"was\":\"?\""));
}
END_TEST

START_TEST(what_stands_in_the_way_has_a_status)
{
	said = "{\"id\":1,\"error\":{\"code\":\"differs\",\"text\":\"somebody else\"}}\n";
	asked(PUT, "x", " 412 ");
	said = "{\"id\":1,\"ok\":true,\"saved\":false,\"faults\":[{\"grade\":\"warning\"},"
	       "{\"grade\":\"error\",\"file\":\"schedules/thu.yaml\",\"line\":3,\"text\":\"no "
	       "start\"}]}\n";
	asked(PUT, "x", " 422 ");
	asked(PUT, "x", "\"text\":\"schedules/thu.yaml:3: no start\"");
	asked(PUT, "x", "\"faults\":[{\"grade\":\"warning\"}");
	asked("POST /api/timetables/thu/preview HTTP/1.1\r\n" YAML, "x", " 200 ");
	ck_assert_ptr_nonnull(strstr(last, "\"timetable.preview\""));
}
END_TEST

START_TEST(only_text_of_a_bounded_size_goes_on)
{
	char *big = malloc(TIMETABLE_TEXT_BYTES_MAX + 2);

	said = "{\"id\":1,\"ok\":true}\n";
	asked(PUT, "\xff\xfe", " 400 ");
	ck_assert_ptr_nonnull(big);
	memset(big, '#', TIMETABLE_TEXT_BYTES_MAX + 1);
	big[TIMETABLE_TEXT_BYTES_MAX + 1] = '\0';
	asked(PUT, big, " 413 ");
	free(big);
	ck_assert_str_eq(last, "");
	asked("PUT /api/timetables/thu HTTP/1.1\r\nOrigin: http://elsewhere", "x", " 403 ");
}
END_TEST

START_TEST(a_calendar_goes_to_the_station_as_it_is)
{
	said = "{\"id\":1,\"ok\":true,\"added\":[]}\n";
	asked("POST /api/timetables/thu/ics HTTP/1.1\r\nContent-Type: text/calendar",
	      "BEGIN:VCALENDAR", "\"added\"");
	ck_assert_ptr_nonnull(strstr(last, "\"do\":\"timetable.ics\""));
	ck_assert_ptr_nonnull(strstr(last, "\"ics\":\"BEGIN:VCALENDAR\""));
	last[0] = '\0';
	/* "Bản tin sáng" in TCVN3. */
	asked("POST /api/timetables/thu/ics HTTP/1.1\r\nContent-Type: text/calendar",
	      "SUMMARY:B\xb6n tin s\xb8ng", "TCVN3");
	ck_assert_str_eq(last, "");
}
END_TEST

START_TEST(the_days_of_a_draft_are_asked_for)
{
	said = "{\"id\":1,\"ok\":true,\"next\":[]}\n";
	asked("POST /api/timetables/thu/days HTTP/1.1\r\nContent-Type: application/json",
	      "{\"op\":\"set\"}", "\"next\"");
	ck_assert_ptr_nonnull(strstr(last, "\"do\":\"timetable.days\""));
}
END_TEST

Suite *suite_timetables(void)
{
	Suite *s = suite_create("timetables");
	TCase *t = tcase_create("timetables");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_timetable_is_told_with_its_tag);
	tcase_add_test(t, saving_tells_what_it_was_made_from);
	tcase_add_test(t, what_stands_in_the_way_has_a_status);
	tcase_add_test(t, only_text_of_a_bounded_size_goes_on);
	tcase_add_test(t, a_calendar_goes_to_the_station_as_it_is);
	tcase_add_test(t, the_days_of_a_draft_are_asked_for);
	suite_add_tcase(s, t);
	return s;
}
