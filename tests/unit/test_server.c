/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/server.h"

#include "base/limits.h"
#include "people/users.h"
#include "support/web_case.h"
#include "sys/proc.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LONG "Host: localhost\r\nContent-Length: 9999\r\n\r\n"

static struct web_case c;

static void setup(void)
{
	web_case_start(&c);
}

static void teardown(void)
{
	web_case_end(&c);
}

static bool create(const char *listen, bool open, struct err *e)
{
	struct web_config config = {.dir = c.dir, .www = c.www, .open = open};
	struct web *w = NULL;

	ck_assert(guard_listen(listen, &config.listen, e));
	bool good = web_create(&w, &config, c.loop, &c.clock.clock, e);
	web_destroy(w);
	return good;
}

/* Whether a server on this address has nothing but the first account to offer. */
static bool shut(const char *listen, bool open)
{
	struct web_config config = {.dir = c.dir, .www = c.www, .open = open};
	struct web *w = NULL;
	struct err e = {0};

	ck_assert(guard_listen(listen, &config.listen, &e));
	ck_assert_msg(web_create(&w, &config, c.loop, &c.clock.clock, &e), "%s", e.text);
	bool first_only = web_shut(w, false);
	web_destroy(w);
	return first_only;
}

START_TEST(other_machines_find_it_shut_until_there_is_an_account)
{
	struct users *u = users_create(c.dir);
	struct user user = {.name = "lan", .hash = "h"};
	struct err e = {0};

	ck_assert(shut("0.0.0.0:0", false));
	ck_assert(!shut("0.0.0.0:0", true));
	ck_assert(!shut("127.0.0.1:0", false));
	ck_assert(users_add(u, &user, clock_wall(&c.clock.clock), &e));
	users_destroy(u);
	ck_assert(!shut("0.0.0.0:0", false));
}
END_TEST

START_TEST(a_port_in_use_is_a_conflict)
{
	struct err e = {0};
	char listen[40];

	snprintf(listen, sizeof(listen), "127.0.0.1:%d", web_port(c.web));
	ck_assert(!create(listen, false, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
}
END_TEST

START_TEST(a_head_that_never_ends_is_cut)
{
	struct buf got = {0};

	web_case_impatient(&c);
	int fd = web_case_connect(&c, "GET / HTTP/1.1\r\nHost: local");
	ck_assert(web_case_until(&c, fd, &got, NULL));
	close(fd);
	buf_finish(&got);
}
END_TEST

/* A byte now and then keeps libmicrohttpd's own timeout away; the deadline is absolute. */
START_TEST(a_dripping_body_is_cut)
{
	static const char *const heads[] = {
		"POST /api/login HTTP/1.1\r\nContent-Type: application/json\r\n" LONG,
		"GET /api/me HTTP/1.1\r\n" LONG,
		"POST /api/cut HTTP/1.1\r\nOrigin: http://evil.example\r\n" LONG,
		"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
	};
	web_case_impatient(&c);
	int fd = web_case_connect(&c, heads[_i]);
	struct mono began = clock_mono(&c.clock.clock), now = began, next = began;
	char piece[4096];
	bool cut = false;

	while (!cut && now.ns - began.ns < 60 * NS_PER_S) {
		web_case_step(&c);
		ck_assert_int_le(recv(fd, piece, sizeof(piece), MSG_DONTWAIT), 0);
		now = clock_mono(&c.clock.clock);
		if (now.ns < next.ns)
			continue;
		cut = send(fd, "{", 1, MSG_NOSIGNAL) < 0;
		next = mono_add_ns(now, 20 * NS_PER_MS);
	}
	ck_assert(cut);
	close(fd);
}
END_TEST

/* More half-open connections than there may be: the page answers all the same. */
START_TEST(a_flood_leaves_room)
{
	static int flood[HTTP_CLIENTS_MAX + 50];
	const int many = sizeof(flood) / sizeof(flood[0]);

	ck_assert_int_gt(proc_allow_files(3 * HTTP_CLIENTS_MAX), 2 * many + 100); /* both ends */
	for (int i = 0; i < many; i++) {
		flood[i] = web_case_connect(&c, "GET / HTTP/1.1\r\nHost: local");
		web_case_step(&c);
	}
	struct buf got = web_case_ask(&c, "GET /api/me HTTP/1.1", NULL);
	ck_assert_ptr_nonnull(strstr(got.data, "200 OK"));
	for (int i = 0; i < many; i++)
		close(flood[i]);
	buf_finish(&got);
}
END_TEST

/* web_destroy with a page that watches, a listener, a question and half an upload. */
START_TEST(it_stops_with_everything_under_way)
{
	struct buf got = {0};
	int pages = web_case_connect(&c, "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
	int sound = web_case_connect(&c, "GET /live.mp3 HTTP/1.1\r\nHost: localhost\r\n\r\n");

	ck_assert(web_case_until(&c, pages, &got, "event: status"));
	buf_reset(&got);
	ck_assert(web_case_until(&c, sound, &got, "audio/mpeg"));
	int upload = web_case_connect(&c, "POST /api/bulletins?title=a HTTP/1.1\r\n"
					  "Host: localhost\r\n"
					  "Content-Length: 99\r\n\r\nabc");
	int question = web_case_connect(&c, "GET /api/day HTTP/1.1\r\nHost: localhost\r\n\r\n");
	for (int i = 0; i < 20; i++)
		web_step(c.web, 1); /* the station says nothing meanwhile */
	close(pages);
	close(sound);
	close(upload);
	close(question);
	buf_finish(&got);
}
END_TEST

Suite *suite_server(void);
Suite *suite_server(void)
{
	Suite *s = suite_create("server");
	TCase *t = tcase_create("connections");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, other_machines_find_it_shut_until_there_is_an_account);
	tcase_add_test(t, a_port_in_use_is_a_conflict);
	tcase_add_test(t, a_head_that_never_ends_is_cut);
	tcase_add_loop_test(t, a_dripping_body_is_cut, 0, 4);
	tcase_add_test(t, a_flood_leaves_room);
	tcase_add_test(t, it_stops_with_everything_under_way);
	suite_add_tcase(s, t);
	return s;
}
