/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/carriers.h"

#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

static struct carriers c;
static struct loop *loop;
static char dir[64];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	loop = loop_create();
}

static void teardown(void)
{
	carriers_stop(&c);
	loop_destroy(loop);
	tmpdir_remove(dir);
}

static int begin(void)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends),
			 0);
	ck_assert_msg(carriers_start(&c, loop, dir, "2026-11-01", "2026-11-02", true, ends[1], &e),
		      "%s", e.text);
	return ends[0];
}

/* In a folder without a log there is nothing to carry: the connection ends, and the place is free
 * again. */
START_TEST(a_carrier_that_ends_makes_room)
{
	char byte;
	int fds[CARRIERS_MAX];

	for (int i = 0; i < CARRIERS_MAX; i++) {
		ck_assert(!carriers_full(&c));
		fds[i] = begin();
	}
	ck_assert(carriers_full(&c) && !carriers_busy(&e) && e.kind == ERR_CONFLICT);
	while (c.list[0].proc.pid + c.list[1].proc.pid > 0)
		loop_once(loop, 1000);
	ck_assert(!carriers_full(&c));
	for (int i = 0; i < CARRIERS_MAX; i++) {
		ck_assert_int_eq(read(fds[i], &byte, 1), 0);
		close(fds[i]);
	}
}
END_TEST

START_TEST(stopping_ends_all)
{
	int fd = begin();

	carriers_stop(&c);
	ck_assert_int_eq(c.list[0].proc.pid, 0);
	close(fd);
}
END_TEST

Suite *suite_carriers(void);
Suite *suite_carriers(void)
{
	Suite *s = suite_create("carriers");
	TCase *t = tcase_create("carriers");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, a_carrier_that_ends_makes_room);
	tcase_add_test(t, stopping_ends_all);
	suite_add_tcase(s, t);
	return s;
}
