/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/linger.h"

#include "base/limits.h"
#include "support/web_case.h"
#include "web/web.h"

#include <check.h>
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct web_case c;
static char part[64 << 10];

#define LONG "POST /api/cut HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" \
	     "Content-Length: 2000000000\r\n\r\n"

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

/* Sends so much, whatever is answered meanwhile; what could be sent. */
static long push(int fd, long bytes)
{
	long sent = 0;

	while (sent < bytes) {
		ssize_t n = send(fd, part, sizeof(part), MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno != EAGAIN)
			break;
		sent += n > 0 ? n : 0;
		web_case_step(&c);
	}
	return sent;
}

/* As a client does that looks for an answer only when it has sent everything. */
START_TEST(the_answer_is_there_for_who_sends_on)
{
	int fd = web_case_connect(&c, LONG);
	struct buf got = {0};

	ck_assert_int_ge(push(fd, 20L << 20), 20L << 20);
	ck_assert(web_case_until(&c, fd, &got, "413 "));
	ck_assert_ptr_nonnull(c.web->lingers);
	buf_finish(&got);
	close(fd);
	for (int i = 0; i < 10000 && c.web->lingers != NULL; i++)
		web_case_step(&c);
	ck_assert_ptr_null(c.web->lingers);
}
END_TEST

START_TEST(nobody_is_listened_to_for_ever)
{
	int fd = web_case_connect(&c, LONG);

	ck_assert_int_lt(push(fd, 4 * LINGER_BYTES), 2 * LINGER_BYTES);
	ck_assert_ptr_null(c.web->lingers);
	close(fd);
	fd = web_case_connect(&c, LONG);
	for (int i = 0; i < 10000 && c.web->lingers == NULL; i++)
		web_case_step(&c);
	ck_assert_ptr_nonnull(c.web->lingers);
	linger_sweep(c.web, web_now_ms(c.web) + LINGER_MS - 1000);
	ck_assert_ptr_nonnull(c.web->lingers);
	linger_sweep(c.web, web_now_ms(c.web) + LINGER_MS);
	ck_assert_ptr_null(c.web->lingers);
	close(fd);
}
END_TEST

START_TEST(there_are_not_too_many)
{
	int fds[HTTP_LINGER_MAX + 3], n = HTTP_LINGER_MAX + 3, dropped = 0;
	struct buf got = {0};

	for (int i = 0; i < n; i++) {
		fds[i] = web_case_connect(&c, LONG);
		ck_assert(web_case_until(&c, fds[i], &got, "413 "));
		web_case_until(&c, fds[i], &got, NULL);
		buf_reset(&got);
	}
	for (int i = 0; i < n; i++) { /* who is not listened to any more is reset */
		send(fds[i], part, 1, MSG_NOSIGNAL);
		dropped += send(fds[i], part, 1, MSG_NOSIGNAL) < 0;
		close(fds[i]);
	}
	ck_assert_int_eq(dropped, 3);
	buf_finish(&got);
}
END_TEST

Suite *suite_linger(void);
Suite *suite_linger(void)
{
	Suite *s = suite_create("linger");
	TCase *t = tcase_create("linger");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_answer_is_there_for_who_sends_on);
	tcase_add_test(t, nobody_is_listened_to_for_ever);
	tcase_add_test(t, there_are_not_too_many);
	suite_add_tcase(s, t);
	return s;
}
