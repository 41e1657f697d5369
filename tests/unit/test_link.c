/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/link.h"

#include "support/tmpdir.h"
#include "sys/sock.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char dir[64];
static int listen_fd, station;
static struct loop *loop;
static struct clock_real clock_of_test;
static struct link l;
static int lines, losses;
static bool more;

static bool on_line(struct link *link, const json_t *line)
{
	(void)line;
	lines++;
	if (!more)
		link_close(link);
	return more;
}

static void on_lost(struct link *link, const struct err *e)
{
	ck_assert(!link->open);
	ck_assert_str_ne(e->text, "");
	losses++;
}

static bool open_link(int wait_ms)
{
	json_t *request = json_pack("{s:i, s:s}", "id", 1, "do", "status");
	struct err e = {0};

	l = (struct link){.line = on_line, .lost = on_lost};
	bool good = link_open(&l, loop, &clock_of_test.clock, dir, request, wait_ms, &e);
	json_decref(request);
	return good;
}

static void setup(void)
{
	char path[100];
	struct err e = {0};

	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/control.sock", dir);
	listen_fd = sock_listen(path, &e);
	ck_assert_int_ge(listen_fd, 0);
	loop = loop_create();
	clock_real_open(&clock_of_test);
	lines = losses = 0;
	more = true;
}

static void teardown(void)
{
	link_close(&l);
	close(listen_fd);
	clock_real_close(&clock_of_test);
	loop_destroy(loop);
	tmpdir_remove(dir);
}

static void station_says(const char *text)
{
	ck_assert_int_eq(send(station, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

START_TEST(the_request_goes_out_and_lines_come_in)
{
	char sent[100] = "";

	ck_assert(open_link(0));
	station = sock_accept(listen_fd);
	ck_assert_int_gt(read(station, sent, sizeof(sent) - 1), 0);
	ck_assert_str_eq(sent, "{\"id\":1,\"do\":\"status\"}\n");
	station_says("{\"event\":\"a\"}\n{\"event\":\"b\"}\n");
	loop_once(loop, 1000);
	ck_assert_int_eq(lines, 2);
	close(station);
	loop_once(loop, 1000);
	ck_assert_int_eq(losses, 1);
}
END_TEST

START_TEST(closing_inside_a_line_ends_it)
{
	ck_assert(open_link(0));
	station = sock_accept(listen_fd);
	more = false;
	station_says("{\"event\":\"a\"}\n{\"event\":\"b\"}\n");
	loop_once(loop, 1000);
	ck_assert_int_eq(lines, 1);
	ck_assert(!l.open);
	ck_assert_int_eq(losses, 0);
	close(station);
}
END_TEST

START_TEST(silence_is_a_loss)
{
	ck_assert(open_link(1));
	while (losses == 0)
		loop_once(loop, 1000);
	ck_assert_int_eq(losses, 1);
}
END_TEST

START_TEST(nobody_there_is_told_at_once)
{
	char path[100];

	snprintf(path, sizeof(path), "%s/control.sock", dir);
	unlink(path);
	ck_assert(!open_link(0));
	ck_assert(!l.open);
	ck_assert_int_eq(losses, 0);
}
END_TEST

Suite *suite_link(void);
Suite *suite_link(void)
{
	Suite *s = suite_create("link");
	TCase *t = tcase_create("station");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 30);
	tcase_add_test(t, the_request_goes_out_and_lines_come_in);
	tcase_add_test(t, closing_inside_a_line_ends_it);
	tcase_add_test(t, silence_is_a_loss);
	tcase_add_test(t, nobody_there_is_told_at_once);
	suite_add_tcase(s, t);
	return s;
}
