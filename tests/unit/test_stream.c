/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streams through the address that uses most of them: a page that reads, and one that does not. */
#include "web/stream.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct web_case c;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

static int open_page(struct buf *got)
{
	int fd = web_case_connect(&c, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");

	ck_assert(web_case_until(&c, fd, got, "event: status"));
	return fd;
}

/* Twenty megabytes of events: far more than the ring and all socket buffers hold. */
static void flood(int reading, struct buf *got)
{
	struct buf line = {0};
	char mark[40];

	for (int i = 0; i < 200; i++) {
		buf_reset(&line);
		buf_print(&line, "{\"event\":\"flood\",\"n\":%d,\"text\":\"", i);
		for (int k = 0; k < 10000; k++)
			buf_text(&line, "0123456789");
		buf_text(&line, "\"}\n");
		web_case_tell(&c, line.data);
		buf_reset(got);
		snprintf(mark, sizeof(mark), "{\"n\":%d,", i);
		ck_assert_msg(web_case_until(&c, reading, got, mark), "event %d", i);
	}
	buf_finish(&line);
}

START_TEST(who_does_not_read_loses_and_hinders_nobody)
{
	struct buf fast = {0}, slow = {0};
	int reading = open_page(&fast), sleeping = open_page(&slow);

	flood(reading, &fast);
	web_case_tell(&c, "{\"event\":\"last\"}\n");
	ck_assert(web_case_until(&c, reading, &fast, "event: last"));
	buf_reset(&slow);
	ck_assert(web_case_until(&c, sleeping, &slow, "event: last"));
	ck_assert_uint_lt(slow.len, 20 * 1000 * 1000);
	/* It was told the newest status again, since it may have missed one. */
	ck_assert_ptr_nonnull(memmem(slow.data, slow.len, "event: status", 13));
	close(reading);
	close(sleeping);
	buf_finish(&fast);
	buf_finish(&slow);
}
END_TEST

START_TEST(a_head_has_no_body)
{
	struct buf got = web_case_ask(&c, "HEAD /api/events HTTP/1.1", NULL);
	const char *end = strstr(got.data, "\r\n\r\n");

	ck_assert_ptr_nonnull(strstr(got.data, "text/event-stream"));
	ck_assert_str_eq(end, "\r\n\r\n");
	buf_finish(&got);
}
END_TEST

Suite *suite_stream(void);
Suite *suite_stream(void)
{
	Suite *s = suite_create("stream");
	TCase *t = tcase_create("pages");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, who_does_not_read_loses_and_hinders_nobody);
	tcase_add_test(t, a_head_has_no_body);
	suite_add_tcase(s, t);
	return s;
}
