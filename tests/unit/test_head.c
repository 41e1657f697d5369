/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Heads that two programs could read differently, by raw bytes; what is refused is not read on. */
#include "web/head.h"

#include "support/web_case.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST "Host: localhost\r\n"
#define GET "GET /api/me HTTP/1.1\r\n"
#define POST "POST /api/cut HTTP/1.1\r\n" HOST "Content-Type: application/json\r\n"
#define CHUNKED POST "Transfer-Encoding: chunked\r\n\r\n"
/* What a second program might take for a request of its own. */
#define NEXT "GET /api/status HTTP/1.1\r\n" HOST "\r\n"
#define RAW(text) text, sizeof(text) - 1

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
	const char *target;
	bool good;
} targets[] = {
	{"/", true}, {"/a-b_c.js?x=1&y=%2F%5c", true}, {"/b%E1%BA%A3n", true},
	{"/\xe1\xba\xa3", true},
	{"", false}, {"a", false}, {"*", false}, {"http://localhost/", false}, {"/a b", false},
	{"/a#b", false}, {"/a\tb", false}, {"/\x7f", false}, {"/a\r", false}, {"/%", false},
	{"/%4", false}, {"/%zz", false}, {"/?x=%", false}, {"/%00", false}, {"/?x=%00", false},
	{"/%2f..", false}, {"/%2F", false}, {"/..%5c", false},
};

START_TEST(targets_are_plain)
{
	struct err e = {0};

	ck_assert_msg(head_target(targets[_i].target, &e) == targets[_i].good, "%s",
		      targets[_i].target);
	ck_assert((e.text[0] == '\0') == targets[_i].good);
}
END_TEST

static const struct {
	const char *bytes;
	size_t len;
	const char *status;
} heads[] = {
	/* Lines. */
	{RAW("GET /api/me HTTP/1.1\nHost: localhost\n\n"), "400"},
	{RAW("GET /api/me HTTP/1.1\nHost: localhost\r\n\r\n"), "400"},
	{RAW(GET "Host: localhost\nX: y\r\n\r\n"), "400"},
	{RAW(GET "Host: localhost\n\r\n"), "400"},
	{RAW(GET HOST "\n"), "400"},
	{RAW(GET HOST "X: a\r\n b\r\n\r\n"), "400"},
	{RAW(GET " X: a\r\n" HOST "\r\n"), "400"},
	{RAW(GET HOST "X: a\rb\r\n\r\n"), "400"},
	{RAW(GET HOST "X: a\0b\r\n\r\n"), "400"},
	{RAW(GET HOST "X\0Y: b\r\n\r\n"), "400"},
	{RAW(GET "Host: localhost\0.evil\r\n\r\n"), "400"},
	{RAW(GET HOST "X: \x01\r\n\r\n"), "400"},
	{RAW(GET HOST "no colon\r\n\r\n"), "400"},
	{RAW(GET HOST ": no name\r\n\r\n"), "400"},
	{RAW(GET HOST "X Y: z\r\n\r\n"), "400"},
	{RAW(GET HOST "X : z\r\n\r\n"), "400"},
	/* The first line. */
	{RAW("GET  /api/me HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("GET /\0x HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("GET /api/me\r HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("GET /api%2fme HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("G@T /api/me HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("GET http://localhost/api/me HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("CONNECT evil.example:443 HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("OPTIONS * HTTP/1.1\r\n" HOST "\r\n"), "400"},
	{RAW("GET /api/me\r\n\r\n"), "400"},
	{RAW("GET /api/me HTTP/1.11\r\n" HOST "\r\n"), "400"},
	{RAW("GET /api/me HTTP/2.0\r\n" HOST "\r\n"), "505"},
	/* Who is meant. */
	{RAW(GET "\r\n"), "400"},
	{RAW("GET /api/me HTTP/1.0\r\n\r\n"), "400"},
	{RAW(GET HOST HOST "\r\n"), "400"},
	{RAW(GET "Host:\r\n\r\n"), "400"},
	{RAW(GET "Host: evil@localhost\r\n\r\n"), "400"},
	{RAW(GET HOST "Cookie: vangxa=a\r\nCookie: vangxa=b\r\n\r\n"), "400"},
	{RAW(GET HOST "Authorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n"), "400"},
	{RAW(POST "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"), "400"},
	/* Where it ends. */
	{RAW(POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT), "400"},
	{RAW(POST "Content-Length : 2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: 2, 2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: +2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: -2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: 0x2\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: 2x\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length:\r\n\r\n{}" NEXT), "400"},
	{RAW(POST "Content-Length: 99999999999999999999\r\n\r\n{}" NEXT), "413"},
	{RAW(CHUNKED "2\r\n{}\r\n0\r\n\r\n" NEXT), "411"},
	{RAW(CHUNKED "zz\r\n{}\r\n0\r\n\r\n" NEXT), "411"},
	{RAW(CHUNKED "fffffffffffffffff\r\n{}\r\n" NEXT), "411"},
	{RAW(CHUNKED "2;a=\"\r\n\"\n{}\n0\n\n" NEXT), "411"},
	{RAW(POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" NEXT), "400"},
	{RAW(POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" NEXT), "501"},
	{RAW(POST "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" NEXT), "501"},
	{RAW(GET HOST "Transfer-Encoding: gzip\r\n\r\n" NEXT), "501"},
	{RAW(POST "Content-Length: 2\r\nExpect: 200-maybe\r\n\r\n{}" NEXT), "417"},
};

static int count_of(const struct buf *got, const char *what)
{
	int n = 0;

	for (const char *at = got->data; (at = memmem(at, got->len - (size_t)(at - got->data), what,
						      strlen(what))) != NULL;
	     at++)
		n++;
	return n;
}

static int send_bytes(const char *bytes, size_t len)
{
	int fd = web_case_connect(&c, "");

	ck_assert_int_eq(send(fd, bytes, len, MSG_NOSIGNAL), (ssize_t)len);
	return fd;
}

/* Refused once, nothing behind it is answered, and the connection ends; another one, open all the
 * while, is not touched. */
START_TEST(what_is_not_clear_is_refused_and_the_connection_ends)
{
	struct buf got = {0}, other = {0};
	char line[32];
	int beside = web_case_connect(&c, GET HOST "\r\n");

	ck_assert(web_case_until(&c, beside, &other, "\"rights\""));
	int fd = send_bytes(heads[_i].bytes, heads[_i].len);
	ck_assert(web_case_until(&c, fd, &got, NULL));
	snprintf(line, sizeof(line), "HTTP/1.1 %s ", heads[_i].status);
	ck_assert_msg(got.len > 12 && memcmp(got.data, line, strlen(line)) == 0, "%s: %.*s",
		      heads[_i].bytes, got.len < 60 ? (int)got.len : 60, buf_str(&got));
	ck_assert_int_eq(count_of(&got, " 200 OK"), 0);
	buf_reset(&other);
	ck_assert_int_gt(send(beside, RAW(GET HOST "\r\n"), MSG_NOSIGNAL), 0);
	ck_assert(web_case_until(&c, beside, &other, "\"rights\""));
	close(fd);
	close(beside);
	buf_finish(&got);
	buf_finish(&other);
}
END_TEST

/* A warning of the province that its program sends so, of whatever length: what is wrong is said,
 * and what to do. */
START_TEST(a_body_in_chunks_is_told_how_to_come)
{
	static const char *const to[] = {"/api/cap", "/api/bulletins", "/api/cut"};
	static char chunk[65536];
	struct buf text = {0}, got = {0};

	memset(chunk, 'x', sizeof(chunk));
	buf_print(&text, "POST %s HTTP/1.1\r\n" HOST "Content-Type: application/cap+xml\r\n"
		  "Transfer-Encoding: chunked\r\n\r\n", to[_i]);
	int fd = web_case_connect(&c, "");
	send(fd, text.data, text.len, MSG_NOSIGNAL);
	buf_reset(&text);
	buf_text(&text, "10000\r\n");
	buf_add(&text, chunk, sizeof(chunk));
	buf_text(&text, "\r\n");
	for (int i = 0; i < 160; i++) /* 10 MB, as far as anybody reads them */
		send(fd, text.data, text.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	ck_assert(web_case_until(&c, fd, &got, NULL));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "HTTP/1.1 411 "));
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "(Content-Length)"));
	close(fd);
	buf_finish(&text);
	buf_finish(&got);
}
END_TEST

static const char *const clear[] = {
	GET HOST "Connection: close\r\n\r\n",
	"\r\n" GET HOST "Connection: close\r\n\r\n", /* RFC 9112, 2.2: from old clients */
	GET "host:\tlocalhost\r\nX:\r\nY: a \t\r\nUser-Agent: đài\r\nConnection: close\r\n\r\n",
	"GET /api/me HTTP/1.0\r\n" HOST "\r\n",
	GET HOST "Content-Length: 3\r\nConnection: close\r\n\r\nabc",
};

START_TEST(what_is_clear_is_answered)
{
	struct buf got = {0};
	int fd = web_case_connect(&c, clear[_i]);

	ck_assert(web_case_until(&c, fd, &got, NULL));
	ck_assert_msg(strstr(buf_str(&got), " 200 OK") != NULL, "%s: %s", clear[_i], got.data);
	close(fd);
	buf_finish(&got);
}
END_TEST

START_TEST(one_after_the_other_in_one_go)
{
	struct buf got = {0};
	int fd = web_case_connect(&c, GET HOST "\r\n" GET HOST "\r\n" GET
				      "Host: localhost\n\r\n" GET HOST "\r\n");

	ck_assert(web_case_until(&c, fd, &got, NULL));
	ck_assert_int_eq(count_of(&got, " 200 OK"), 2);
	ck_assert_int_eq(count_of(&got, " 400 "), 1);
	close(fd);
	buf_finish(&got);
}
END_TEST

/* Of a name, of a value, of the target, of many lines: 24 kB for everything. */
START_TEST(a_head_that_is_too_long_is_refused)
{
	static const char *const wanted[] = {" 431 ", " 431 ", " 414 ", " 431 "};
	struct buf text = {0}, got = {0};

	buf_text(&text, _i == 2 ? "GET /" : GET HOST);
	buf_text(&text, _i == 1 ? "X: " : "");
	for (int i = 0; i < 4000; i++)
		buf_text(&text, _i == 3 ? "X: 1234\r\n" : "123456789");
	buf_text(&text, "\r\n\r\n");
	int fd = web_case_connect(&c, "");
	send(fd, text.data, text.len, MSG_NOSIGNAL);
	web_case_until(&c, fd, &got, "\r\n\r\n");
	ck_assert_msg(strstr(buf_str(&got), wanted[_i]) != NULL, "%.40s", got.data);
	close(fd);
	buf_finish(&text);
	buf_finish(&got);
}
END_TEST

/* libmicrohttpd's own answers bear no headers of ours (ARCHITECTURE.md): so they must hold nothing
 * that the visitor sent, for a browser to read as a page. */
START_TEST(what_the_library_answers_itself_repeats_nothing)
{
	static const char *const sent[] = {"GET /", GET HOST, GET HOST "Content-Length: "};
	struct buf text = {0}, got = {0};

	buf_text(&text, sent[_i]);
	for (int i = 0; i < (_i == 2 ? 1 : 2000); i++)
		buf_text(&text, "<script>mark</script>");
	buf_text(&text, "\r\n\r\n");
	int fd = web_case_connect(&c, "");
	send(fd, text.data, text.len, MSG_NOSIGNAL);
	web_case_until(&c, fd, &got, "</html>");
	ck_assert_ptr_nonnull(strstr(buf_str(&got), "HTTP/1.1 4"));
	ck_assert_ptr_null(strstr(buf_str(&got), "mark"));
	ck_assert_ptr_null(strcasestr(buf_str(&got), "set-cookie"));
	close(fd);
	buf_finish(&text);
	buf_finish(&got);
}
END_TEST

Suite *suite_head(void);
Suite *suite_head(void)
{
	Suite *s = suite_create("head");
	TCase *pure = tcase_create("target"), *t = tcase_create("bytes");

	tcase_add_loop_test(pure, targets_are_plain, 0, sizeof(targets) / sizeof(targets[0]));
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_loop_test(t, what_is_not_clear_is_refused_and_the_connection_ends, 0,
			    sizeof(heads) / sizeof(heads[0]));
	tcase_add_loop_test(t, what_is_clear_is_answered, 0, sizeof(clear) / sizeof(clear[0]));
	tcase_add_loop_test(t, a_body_in_chunks_is_told_how_to_come, 0, 3);
	tcase_add_test(t, one_after_the_other_in_one_go);
	tcase_add_loop_test(t, a_head_that_is_too_long_is_refused, 0, 4);
	tcase_add_loop_test(t, what_the_library_answers_itself_repeats_nothing, 0, 3);
	suite_add_tcase(s, pure);
	suite_add_tcase(s, t);
	return s;
}
