/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/ics.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct web_case c;
static char last[2048];
static const char *said; /* by the station */

static void reply(int fd, const char *line)
{
	snprintf(last, sizeof(last), "%s", line);
	send(fd, said, strlen(said), MSG_NOSIGNAL);
}

static void setup(void)
{
	web_case_start(&c);
	c.reply = reply;
	last[0] = '\0';
}

static void teardown(void)
{
	web_case_end(&c);
}

static void asked(const char *target, const char *want)
{
	char head[200];

	snprintf(head, sizeof(head), "GET %s HTTP/1.1", target);
	struct buf got = web_case_ask(&c, head, NULL);
	ck_assert_msg(strstr(buf_str(&got), want) != NULL, "%s\n%s", head, buf_str(&got));
	buf_finish(&got);
}

START_TEST(the_text_is_a_calendar_of_now)
{
	said = "{\"id\":1,\"ok\":true,\"ics\":\"BEGIN:VCALENDAR\\r\\n\"}\n";
	asked("/lich.ics?token=ab12", "Content-Type: text/calendar; charset=utf-8");
	ck_assert_ptr_nonnull(strstr(last, "\"calendar\""));
	ck_assert_ptr_nonnull(strstr(last, "\"token\":\"ab12\""));
	ck_assert_ptr_nonnull(strstr(last, "\"address\":\"127.0.0.1\""));
	ck_assert_ptr_nonnull(strstr(last, "\"session\":"));
	asked("/lich.ics", "Cache-Control: no-store");
	ck_assert_ptr_nonnull(strstr(last, "\"token\":\"\""));
	asked("/lich.ics", "\r\n\r\nBEGIN:VCALENDAR\r\n");
}
END_TEST

START_TEST(what_the_station_refuses_is_told)
{
	said = "{\"id\":1,\"error\":{\"code\":\"login\",\"text\":\"no\"}}\n";
	asked("/lich.ics?token=x", " 401 ");
	said = "{\"id\":1,\"error\":{\"code\":\"too_many\",\"text\":\"no\"}}\n";
	asked("/lich.ics?token=x", " 429 ");
}
END_TEST

Suite *suite_ics(void);
Suite *suite_ics(void)
{
	Suite *s = suite_create("ics");
	TCase *t = tcase_create("ics");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_text_is_a_calendar_of_now);
	tcase_add_test(t, what_the_station_refuses_is_told);
	suite_add_tcase(s, t);
	return s;
}
