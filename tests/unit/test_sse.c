/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/sse.h"

#include "support/web_case.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

static struct web_case c;
static struct buf got;
static int page;

static void setup(void)
{
	web_case_start(&c);
	page = web_case_connect(&c, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
}

static void teardown(void)
{
	close(page);
	buf_finish(&got);
	web_case_end(&c);
}

START_TEST(a_page_gets_the_status_first)
{
	ck_assert(web_case_until(&c, page, &got, "event: status\ndata: {\"station\""));
	ck_assert_ptr_nonnull(strstr(got.data, "text/event-stream"));
	ck_assert_ptr_nonnull(strstr(got.data, "retry: 2000"));
}
END_TEST

START_TEST(events_reach_every_page)
{
	struct buf second = {0};
	int other = web_case_connect(&c, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");

	ck_assert(web_case_until(&c, page, &got, "event: status"));
	ck_assert(web_case_until(&c, other, &second, "event: status"));
	web_case_tell(&c, "{\"event\":\"level\",\"elapsed\":4.5}\n{\"event\":\"Bad name\"}\n");
	ck_assert(web_case_until(&c, page, &got, "event: level\ndata: {\"elapsed\":4.5}\n\n"));
	ck_assert(web_case_until(&c, other, &second, "event: level\ndata: {\"elapsed\":4.5}\n\n"));
	web_case_tell(&c, "{\"event\":\"day\"}\n");
	ck_assert(web_case_until(&c, page, &got, "event: day\ndata: {}\n\n"));
	ck_assert_ptr_null(strstr(buf_str(&got), "Bad name"));
	close(other);
	buf_finish(&second);
}
END_TEST

START_TEST(away_and_back)
{
	ck_assert(web_case_until(&c, page, &got, "event: status"));
	web_case_station(&c, false);
	ck_assert(web_case_until(&c, page, &got, "event: away\ndata: {\"text\":"));
	buf_reset(&got);
	web_case_station(&c, true);
	ck_assert(web_case_until(&c, page, &got, "event: status"));
}
END_TEST

static int watches;

static void counting(int fd, const char *line)
{
	watches += strstr(line, "\"watch\"") != NULL;
	web_case_answers(fd, line);
}

static void setup_alone(void)
{
	watches = 0;
	web_case_start(&c);
	c.reply = counting;
}

static void teardown_alone(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static int connections(void)
{
	int count = 0;

	for (int i = 0; i < WEB_CASE_CLIENTS; i++)
		count += c.control[i] >= 0;
	return count;
}

static void ask_status(void)
{
	struct buf answer = web_case_ask(&c, "GET /api/status HTTP/1.1", NULL);

	ck_assert_ptr_nonnull(strstr(buf_str(&answer), "200 OK"));
	buf_finish(&answer);
}

/* A page that is gone is found when something is written to it. */
static void leave(int fd)
{
	close(fd);
	for (int i = 0; i < 100 && connections() > 0; i++) {
		web_case_tell(&c, "{\"event\":\"level\"}\n");
		ask_status();
	}
	ck_assert_int_eq(connections(), 0);
}

START_TEST(only_a_page_makes_it_watch)
{
	static const char request[] = "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n";

	ask_status();
	ck_assert_int_eq(watches, 0);
	for (int round = 1; round <= 2; round++) {
		int fd = web_case_connect(&c, request);
		buf_reset(&got);
		ck_assert(web_case_until(&c, fd, &got, "event: status\ndata: {\"station\""));
		ck_assert_int_eq(watches, round);
		leave(fd);
	}
}
END_TEST

Suite *suite_sse(void);
Suite *suite_sse(void)
{
	Suite *s = suite_create("sse");
	TCase *t = tcase_create("watching");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, a_page_gets_the_status_first);
	tcase_add_test(t, events_reach_every_page);
	tcase_add_test(t, away_and_back);
	suite_add_tcase(s, t);
	t = tcase_create("pages");
	tcase_add_checked_fixture(t, setup_alone, teardown_alone);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, only_a_page_makes_it_watch);
	suite_add_tcase(s, t);
	return s;
}
