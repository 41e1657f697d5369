/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/errand.h"

#include <arpa/inet.h>
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct buf in, out;
static atomic_bool stop;
static struct err e;

static void setup(void)
{
	atomic_store(&stop, false);
}

static void teardown(void)
{
	buf_finish(&in);
	buf_finish(&out);
}

static bool run(const char *mode, size_t max, int timeout_ms)
{
	char sub[] = "witness", word[16];
	char *const args[] = {sub, word, NULL};

	snprintf(word, sizeof(word), "%s", mode);
	return errand_run(args, &in, max, timeout_ms, &stop, &out, &e);
}

START_TEST(bytes_go_and_come_back)
{
	for (int i = 0; i < 100000; i++) /* more than any pipe takes at once */
		buf_text(&in, "nhật ký");
	ck_assert_msg(run("query", 1000, 60000), "%s", e.text);
	ck_assert_uint_gt(out.len, 32);
}
END_TEST

START_TEST(an_answer_that_is_too_long_is_none)
{
	ck_assert(!run("query", 10, 60000));
	ck_assert_uint_le(out.len, 10);
}
END_TEST

START_TEST(a_child_that_fails_is_told)
{
	buf_text(&in, "no parts");
	ck_assert(!run("token", 1000, 60000));
	ck_assert_int_eq(e.kind, ERR_FAILED);
	ck_assert(!run("nonsense", 1000, 60000));
}
END_TEST

/* Somebody who takes the connection and says nothing. */
static int deaf(char url[static 64])
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(bind(fd, (struct sockaddr *)&a, len) | listen(fd, 4) |
			 getsockname(fd, (struct sockaddr *)&a, &len), 0);
	snprintf(url, 64, "http://127.0.0.1:%d/", ntohs(a.sin_port));
	return fd;
}

static bool ask_deaf(int timeout_ms)
{
	char sub[] = "witness", mode[] = "post", type[] = "text/plain", url[64];
	char *const args[] = {sub, mode, url, type, NULL};
	int fd = deaf(url);

	buf_text(&in, "x");
	bool ok = errand_run(args, &in, 1000, timeout_ms, &stop, &out, &e);
	close(fd);
	return ok;
}

START_TEST(nobody_is_waited_for_longer_than_wished)
{
	ck_assert(!ask_deaf(200));
}
END_TEST

START_TEST(whoever_must_stop_stops)
{
	atomic_store(&stop, true);
	ck_assert(!ask_deaf(3600000));
}
END_TEST

START_TEST(parts_are_taken_apart_as_they_were_packed)
{
	struct buf b = {0};
	const char *part;
	size_t len;

	errand_pack(&b, "một", strlen("một"));
	errand_pack(&b, "", 0);
	errand_pack(&b, "\0\1", 2);
	const char *at = b.data, *end = b.data + b.len;
	ck_assert(errand_unpack(&at, end, &part, &len));
	ck_assert_uint_eq(len, strlen("một"));
	ck_assert_int_eq(memcmp(part, "một", len), 0);
	ck_assert(errand_unpack(&at, end, &part, &len));
	ck_assert_uint_eq(len, 0);
	ck_assert(!errand_unpack(&at, end - 1, &part, &len));
	ck_assert(errand_unpack(&at, end, &part, &len));
	ck_assert_int_eq(memcmp(part, "\0\1", 2), 0);
	ck_assert(!errand_unpack(&at, end, &part, &len));
	static const char liar[] = {(char)0xff, (char)0xff, (char)0xff, (char)0xff, 'x'};
	at = liar;
	ck_assert(!errand_unpack(&at, liar + sizeof(liar), &part, &len));
	buf_finish(&b);
}
END_TEST

Suite *suite_errand(void)
{
	Suite *s = suite_create("errand");
	TCase *c = tcase_create("errand");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, bytes_go_and_come_back);
	tcase_add_test(c, an_answer_that_is_too_long_is_none);
	tcase_add_test(c, a_child_that_fails_is_told);
	tcase_add_test(c, nobody_is_waited_for_longer_than_wished);
	tcase_add_test(c, whoever_must_stop_stops);
	tcase_add_test(c, parts_are_taken_apart_as_they_were_packed);
	suite_add_tcase(s, c);
	return s;
}
