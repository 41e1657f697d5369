/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/packed.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <zlib.h>

static struct web_case c;
static struct buf got;
static int lines;

static void tell(int fd, const char *line)
{
	char text[100];

	(void)line;
	ck_assert_int_gt(send(fd, "{\"id\":1,\"ok\":true,\"lines\":[0", 28, MSG_NOSIGNAL), 0);
	for (int i = 0; i < lines; i++) {
		int n = snprintf(text, sizeof(text), ",{\"slot\":\"Bản tin sáng\",\"n\":%d}", i);
		ck_assert_int_gt(send(fd, text, (size_t)n, MSG_NOSIGNAL), 0);
	}
	ck_assert_int_gt(send(fd, "]}\n", 3, MSG_NOSIGNAL), 0);
}

static void setup(void)
{
	web_case_start(&c);
	c.reply = tell;
	lines = 200;
}

static void teardown(void)
{
	buf_finish(&got);
	web_case_end(&c);
}

static const char *ask(const char *headers)
{
	char head[300];

	snprintf(head, sizeof(head), "GET /api/day HTTP/1.1%s%s", headers[0] ? "\r\n" : "",
		 headers);
	buf_finish(&got);
	got = web_case_ask(&c, head, NULL);
	const char *end = strstr(buf_str(&got), "\r\n\r\n");
	ck_assert_ptr_nonnull(end);
	return end + 4;
}

static bool has(const char *text)
{
	return strstr(buf_str(&got), text) != NULL;
}

START_TEST(compressed_for_who_takes_it)
{
	char plain[20000], unpacked[20000];
	const char *body = ask("");

	ck_assert(has("200 OK") && has("application/json") && has("Vary: Accept-Encoding"));
	ck_assert(!has("Content-Encoding"));
	snprintf(plain, sizeof(plain), "%s", body);
	body = ask("Accept-Encoding: gzip, br");
	ck_assert(has("Content-Encoding: gzip"));
	size_t len = got.len - (size_t)(body - buf_str(&got));
	ck_assert_uint_lt(len, strlen(plain) / 5);
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)body, .avail_in = (uInt)len,
		      .next_out = (unsigned char *)unpacked, .avail_out = sizeof(unpacked) - 1};
	ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
	ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
	unpacked[z.total_out] = '\0';
	inflateEnd(&z);
	ck_assert_str_eq(unpacked, plain);
	ask("Accept-Encoding: gzip;q=0");
	ck_assert(!has("Content-Encoding"));
	lines = 3;
	ask("Accept-Encoding: gzip");
	ck_assert(!has("Content-Encoding") && has("no-store"));
}
END_TEST

START_TEST(what_is_known_is_not_sent_again)
{
	char tag[80], header[120];

	ask("");
	const char *at = strstr(buf_str(&got), "ETag: ") + strlen("ETag: ");
	snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(at, "\r"), at);
	snprintf(header, sizeof(header), "If-None-Match: %s", tag);
	ck_assert_str_eq(ask(header), "");
	ck_assert(has("304 ") && has(tag));
	lines++;
	ask(header);
	ck_assert(has("200 OK") && !has(tag));
}
END_TEST

Suite *suite_packed(void);
Suite *suite_packed(void)
{
	Suite *s = suite_create("packed");
	TCase *t = tcase_create("packed");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, compressed_for_who_takes_it);
	tcase_add_test(t, what_is_known_is_not_sent_again);
	suite_add_tcase(s, t);
	return s;
}
