/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks that every request passes, by raw bytes. */
#include "web/request.h"

#include "support/web_case.h"

#include <check.h>
#include <string.h>
#include <unistd.h>

#define JSON "\r\nContent-Type: application/json"

static struct web_case c;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

static const struct {
	const char *head, *body, *status;
} requests[] = {
	{"GET /api/status HTTP/1.1", NULL, "200 OK"},
	{"HEAD /api/status HTTP/1.1", NULL, "200 OK"},
	{"GET /nothing HTTP/1.1", NULL, "404 "},
	{"GET /index.html%00.png HTTP/1.1", NULL, "400 "},
	{"GET /api/day?date=%00 HTTP/1.1", NULL, "400 "},
	{"GET /api/day?date=2026-11-23%00x HTTP/1.1", NULL, "400 "},
	{"GET /api/day?%00=1 HTTP/1.1", NULL, "400 "},
	{"GET /index%2500.html HTTP/1.1", NULL, "404 "}, /* a name with a percent sign */
	{"POST /nothing HTTP/1.1", "", "405 "},
	{"PUT /api/status HTTP/1.1", "", "405 "},
	{"TRACE / HTTP/1.1", NULL, "405 "},
	{"GET /api/cut HTTP/1.1", NULL, "405 "},
	{"POST /api/cut HTTP/1.1" JSON, "{}", "200 OK"},
	{"POST /api/cut HTTP/1.1" JSON "; charset=utf-8", "{}", "200 OK"},
	{"POST /api/cut HTTP/1.1" JSON "p", "{}", "415 "},
	{"POST /api/cut HTTP/1.1", "{}", "415 "},
	{"POST /api/cut HTTP/1.1" JSON "\r\nOrigin: http://localhost", "{}", "200 OK"},
	{"POST /api/cut HTTP/1.1" JSON "\r\nOrigin: http://evil.example", "{}", "403 "},
	{"POST /api/cut HTTP/1.1" JSON "\r\nOrigin: null", "{}", "403 "},
	{"POST /api/cut HTTP/1.1" JSON "\r\nSec-Fetch-Site: same-origin", "{}", "200 OK"},
	{"POST /api/cut HTTP/1.1" JSON "\r\nSec-Fetch-Site: cross-site", "{}", "403 "},
	{"GET / HTTP/1.1\r\nHost: second", NULL, "400 "},
	{"POST /api/cut HTTP/1.1" JSON "\r\nContent-Length: 7", "{}", "400 "},
	{"POST /api/cut HTTP/1.1" JSON "\r\nTransfer-Encoding: chunked", "{}", "400 "},
};

START_TEST(each_has_its_status)
{
	struct buf got = web_case_ask(&c, requests[_i].head, requests[_i].body);

	ck_assert_msg(strncmp(got.data + 9, requests[_i].status, strlen(requests[_i].status)) == 0,
		      "%s: %.40s", requests[_i].head, got.data);
	ck_assert_ptr_nonnull(strstr(got.data, "nosniff"));
	buf_finish(&got);
}
END_TEST

START_TEST(a_name_that_is_not_ours_is_refused)
{
	struct buf got = {0};
	int fd = web_case_connect(&c, "GET /api/status HTTP/1.1\r\nHost: evil.example\r\n"
				      "Connection: close\r\n\r\n");

	ck_assert(web_case_until(&c, fd, &got, "403 Forbidden"));
	buf_finish(&got);
}
END_TEST

START_TEST(a_body_too_long_is_413)
{
	struct buf body = {0};

	for (int i = 0; i < 70000 / 10; i++)
		buf_text(&body, "0123456789");
	struct buf got = web_case_ask(&c, "POST /api/cut HTTP/1.1" JSON, body.data);
	ck_assert_ptr_nonnull(strstr(got.data, "413 "));
	buf_finish(&got);
	buf_finish(&body);
}
END_TEST

Suite *suite_request(void);
Suite *suite_request(void)
{
	Suite *s = suite_create("request");
	TCase *t = tcase_create("checks");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, each_has_its_status, 0, sizeof(requests) / sizeof(requests[0]));
	tcase_add_test(t, a_name_that_is_not_ours_is_refused);
	tcase_add_test(t, a_body_too_long_is_413);
	suite_add_tcase(s, t);
	return s;
}
