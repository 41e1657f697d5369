/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks that every request passes, by raw bytes. */
#include "web/request.h"

#include "support/web_case.h"
#include "web/route.h"

#include <check.h>
#include <stdio.h>
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

static const struct {
	const char *head, *body, *word;
} spoken[] = {
	{"PUT /api/status HTTP/1.1\r\nAccept-Language: en", "", "does not take"},
	{"PUT /api/status HTTP/1.1\r\nAccept-Language: vi,en", "", "không nhận"},
	{"PUT /api/status HTTP/1.1\r\nAccept-Language: fr", "", "không nhận"},
	{"PUT /api/status HTTP/1.1", "", "không nhận"},
	{"GET /api/day?date=x&lang=en HTTP/1.1\r\nAccept-Language: vi", NULL, "looks like"},
	{"GET /gui HTTP/1.1\r\nAccept-Language: en", NULL, "Gửi bản tin"}, /* it has no switch */
	{"DELETE /files HTTP/1.1\r\nAccept-Language: en", NULL, "does not take"},
};

START_TEST(the_answer_is_in_the_language_of_the_question)
{
	struct buf got = web_case_ask(&c, spoken[_i].head, spoken[_i].body);

	ck_assert_msg(strstr(got.data, spoken[_i].word) != NULL, "%s: %s", spoken[_i].head,
		      got.data);
	ck_assert_int_eq(text_speaks(), TEXT_OWN);
	buf_finish(&got);
}
END_TEST

static char asked[4096];

static void answers_asked(int fd, const char *line)
{
	snprintf(asked, sizeof(asked), "%s", line);
	web_case_answers(fd, line);
}

START_TEST(the_station_is_told_the_language)
{
	c.reply = answers_asked;
	struct buf got = web_case_ask(&c, "GET /api/status HTTP/1.1\r\nAccept-Language: en", NULL);

	ck_assert_msg(strstr(asked, "\"lang\": \"en\"") != NULL ||
			      strstr(asked, "\"lang\":\"en\"") != NULL, "%s", asked);
	buf_finish(&got);
	got = web_case_ask(&c, "GET /api/status HTTP/1.1", NULL);
	ck_assert_ptr_null(strstr(asked, "\"lang\""));
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

/* The answer comes before the body, which nobody here would read to its end. */
START_TEST(a_body_that_says_it_is_huge_is_413)
{
	static const char *const heads[] = {
		"POST /api/cap HTTP/1.1\r\nContent-Length: 30000000",
		"POST /api/cut HTTP/1.1" JSON "\r\nContent-Length: 30000000",
	};
	struct buf got = web_case_ask(&c, heads[_i], NULL);

	ck_assert_ptr_nonnull(strstr(got.data, "413 "));
	ck_assert_ptr_nonnull(strstr(got.data, "\"error\""));
	buf_finish(&got);
}
END_TEST

/* What stands in every answer, whatever it is: ASVS 3.2.1, 3.4, 4.1.1, 14.3.2. */
static void look_at(const struct buf *got, const char *what)
{
	static const char *const always[] = {
		"Content-Security-Policy: default-src 'none';",
		"frame-ancestors 'none'",
		"X-Content-Type-Options: nosniff\r\n",
		"Cross-Origin-Opener-Policy: same-origin\r\n",
		"Cross-Origin-Resource-Policy: same-origin\r\n",
		"microphone=(self)",
	};
	const char *head = buf_str(got), *body = strstr(head, "\r\n\r\n");

	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		ck_assert_msg(strstr(head, always[i]) != NULL, "%s: no %s in %s", what, always[i],
			      head);
	/* A form without scripts must say where it comes from, to the station itself. */
	bool form = strncmp(what, "/gui", 4) == 0 && strstr(head, "text/html") != NULL;
	ck_assert_msg(strstr(head, form ? "Referrer-Policy: same-origin\r\n"
					: "Referrer-Policy: no-referrer\r\n") != NULL,
		      "%s: %s", what, head);
	ck_assert_msg(strstr(head, "unsafe") == NULL, "%s: %s", what, head);
	ck_assert_msg(strstr(head, "Access-Control") == NULL, "%s: %s", what, head);
	ck_assert_msg(strstr(head, "Cache-Control: no-store\r\n") != NULL, "%s: %s", what, head);
	const char *type = strstr(head, "Content-Type: ");
	if (body != NULL && body[4] != '\0')
		ck_assert_msg(type != NULL && (strncmp(type + 14, "audio/", 6) == 0 ||
					       strncmp(type + 14, "application/o", 13) == 0 ||
					       strstr(type, "; charset=utf-8\r\n") != NULL),
			      "%s: %s", what, head);
}

/* The head of the answer, and of its body what comes with it. */
static struct buf answer_to(const char *method, const char *path)
{
	struct buf text = {0}, got = {0};

	buf_print(&text, "%s %s HTTP/1.1\r\n", method, path);
	buf_text(&text, "Host: localhost\r\nConnection: close\r\n");
	buf_text(&text, strcmp(method, "POST") == 0 ? "Content-Length: 2" JSON "\r\n\r\n{}"
						    : "\r\n");
	int fd = web_case_connect(&c, buf_str(&text));
	ck_assert_msg(web_case_until(&c, fd, &got, "\r\n\r\n"), "%s %s", method, path);
	close(fd);
	buf_finish(&text);
	buf_text(&got, "");
	return got;
}

static const struct route *concrete(int i, char path[static 128])
{
	const struct route *r = route_number((size_t)i);

	if (r == NULL)
		return NULL;
	const char *hole = strchr(r->path, '{');
	if (hole != NULL)
		snprintf(path, 128, "%.*sB7%s", (int)(hole - r->path), r->path,
			 strchr(r->path, '}') + 1);
	else
		snprintf(path, 128, "%s", r->path);
	return r;
}

START_TEST(every_route_answers_with_every_header)
{
	const struct route *r;
	char path[128];

	for (int i = 0; (r = concrete(i, path)) != NULL; i++) {
		struct buf got = answer_to(r->method, path);
		look_at(&got, path);
		buf_finish(&got);
		got = answer_to("TRACE", path);
		ck_assert_ptr_nonnull(strstr(got.data, " 405 "));
		look_at(&got, path);
		buf_finish(&got);
	}
}
END_TEST

/* HEAD is GET without its body. */
START_TEST(head_of_everything_has_no_body)
{
	const struct route *r;
	char path[128];

	for (int i = 0; (r = concrete(i, path)) != NULL; i++) {
		if (strcmp(r->method, "GET") != 0)
			continue;
		struct buf got = answer_to("HEAD", path);
		look_at(&got, path);
		ck_assert_msg(strcmp(strstr(got.data, "\r\n\r\n"), "\r\n\r\n") == 0, "%s: %s", path,
			      got.data);
		buf_finish(&got);
	}
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
	tcase_add_loop_test(t, the_answer_is_in_the_language_of_the_question, 0,
			    (int)(sizeof(spoken) / sizeof(spoken[0])));
	tcase_add_test(t, the_station_is_told_the_language);
	tcase_add_test(t, a_name_that_is_not_ours_is_refused);
	tcase_add_test(t, a_body_too_long_is_413);
	tcase_add_loop_test(t, a_body_that_says_it_is_huge_is_413, 0, 2);
	tcase_add_test(t, every_route_answers_with_every_header);
	tcase_add_test(t, head_of_everything_has_no_body);
	suite_add_tcase(s, t);
	return s;
}
