/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/post.h"

#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ASKED_BYTES 4096

/* A server of one request: keeps what was asked and answers what it was told to. */
struct server {
	int fd;
	const char *answer;
	size_t len;
	char asked[ASKED_BYTES];
	pthread_t thread;
	char url[64];
};

static struct server server;
static struct buf answer;
static struct err e;
static int status;

static void *serve(void *arg)
{
	struct server *s = arg;
	int fd = accept(s->fd, NULL, NULL);
	size_t len = 0;
	ssize_t n;

	while (strstr(s->asked, "\r\n\r\nbody") == NULL && len < ASKED_BYTES - 1 &&
	       (n = recv(fd, s->asked + len, ASKED_BYTES - 1 - len, 0)) > 0)
		len += (size_t)n;
	for (size_t at = 0; at < s->len && (n = send(fd, s->answer + at, s->len - at,
						     MSG_NOSIGNAL)) > 0;)
		at += (size_t)n;
	close(fd);
	return NULL;
}

static void begin(const char *text)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);

	server = (struct server){.answer = text, .len = strlen(text)};
	server.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	ck_assert_int_eq(bind(server.fd, (struct sockaddr *)&a, len) | listen(server.fd, 1) |
			 getsockname(server.fd, (struct sockaddr *)&a, &len), 0);
	snprintf(server.url, sizeof(server.url), "http://127.0.0.1:%d/ask", ntohs(a.sin_port));
	ck_assert_int_eq(pthread_create(&server.thread, NULL, serve, &server), 0);
}

static bool ask(size_t max)
{
	bool ok = post(server.url, "application/timestamp-query", "body", 4, max, &answer, &status,
		       &e);

	pthread_join(server.thread, NULL);
	close(server.fd);
	return ok;
}

static void teardown(void)
{
	buf_finish(&answer);
}

START_TEST(a_body_goes_and_its_answer_comes)
{
	begin("HTTP/1.1 409 Conflict\r\nContent-Length: 3\r\n\r\n12\n");
	ck_assert_msg(ask(100), "%s", e.text);
	ck_assert_int_eq(status, 409);
	ck_assert_str_eq(buf_str(&answer), "12\n");
	ck_assert_ptr_nonnull(strstr(server.asked, "POST /ask HTTP/1.1\r\n"));
	ck_assert_ptr_nonnull(strstr(server.asked,
				     "\r\nContent-Type: application/timestamp-query\r\n"));
	ck_assert_ptr_nonnull(strstr(server.asked, "\r\nContent-Length: 4\r\n"));
}
END_TEST

START_TEST(no_more_is_taken_than_wished)
{
	begin("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789");
	ck_assert(!ask(8));
	ck_assert_str_eq(e.text, "net-long");
	ck_assert_uint_le(answer.len, 8);
}
END_TEST

START_TEST(a_redirect_is_an_answer_and_is_not_followed)
{
	begin("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
	      "Content-Length: 0\r\n\r\n");
	ck_assert_msg(ask(100), "%s", e.text);
	ck_assert_int_eq(status, 302);
}
END_TEST

START_TEST(a_torn_answer_is_none)
{
	begin("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234");
	ck_assert(!ask(100));
	ck_assert_str_eq(e.text, "net-broken");
}
END_TEST

START_TEST(what_is_no_http_is_none)
{
	begin("SSH-2.0-nobody\r\n");
	ck_assert(!ask(100));
}
END_TEST

START_TEST(other_kinds_of_addresses_are_refused)
{
	ck_assert(!post("file:///etc/hostname", "text/plain", "x", 1, 100, &answer, &status, &e));
	ck_assert_str_eq(e.text, "net-address");
	ck_assert(!post("gopher://127.0.0.1/", "text/plain", "x", 1, 100, &answer, &status, &e));
	ck_assert(!post("", "text/plain", "x", 1, 100, &answer, &status, &e));
	ck_assert_uint_eq(answer.len, 0);
}
END_TEST

Suite *suite_post(void)
{
	Suite *s = suite_create("post");
	TCase *c = tcase_create("post");

	tcase_add_checked_fixture(c, NULL, teardown);
	tcase_add_test(c, a_body_goes_and_its_answer_comes);
	tcase_add_test(c, no_more_is_taken_than_wished);
	tcase_add_test(c, a_redirect_is_an_answer_and_is_not_followed);
	tcase_add_test(c, a_torn_answer_is_none);
	tcase_add_test(c, what_is_no_http_is_none);
	tcase_add_test(c, other_kinds_of_addresses_are_refused);
	suite_add_tcase(s, c);
	return s;
}
