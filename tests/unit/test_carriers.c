/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "station/carriers.h"

#include "support/tmpdir.h"

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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
	char *const args[] = {
		CARRIERS_WORD("pack"), CARRIERS_WORD("--data"), dir, CARRIERS_WORD("--from"),
		CARRIERS_WORD("2026-11-01"), CARRIERS_WORD("--to"), CARRIERS_WORD("2026-11-02"),
		CARRIERS_WORD("-o"), CARRIERS_WORD("-"), NULL};
	ck_assert_msg(carriers_start(&c, loop, args, ends[1], &e), "%s", e.text);
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
	ck_assert(carriers_full(&c));
	while (c.list[0].proc.pid + c.list[1].proc.pid > 0)
		loop_once(loop, 1000);
	ck_assert(!carriers_full(&c));
	for (int i = 0; i < CARRIERS_MAX; i++) {
		ck_assert_int_eq(read(fds[i], &byte, 1), 0);
		close(fds[i]);
	}
}
END_TEST

/* Whether SIGTERM waits for a process that is stopped. */
static bool was_told_to_end(pid_t pid)
{
	char path[64], line[128];
	unsigned long pending = 0;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	FILE *f = fopen(path, "re");
	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "ShdPnd:", 7) == 0)
			pending = strtoul(line + 7, NULL, 16);
	fclose(f);
	return (pending >> (SIGTERM - 1) & 1) != 0;
}

/* A process that was just forked has what we have until it is another program. */
static bool holds(pid_t pid, int fd)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	return access(path, F_OK) == 0;
}

/* One that computes: it is stopped before it ends by itself. */
static pid_t begin_stopped(int *fd)
{
	for (;;) {
		*fd = begin();
		pid_t pid = c.list[0].proc.pid;
		while (holds(pid, *fd))
			loop_once(loop, 0);
		kill(pid, SIGSTOP);
		loop_once(loop, 10);
		if (c.list[0].proc.pid == pid)
			return pid;
		close(*fd);
	}
}

START_TEST(a_carrier_ends_when_its_reader_leaves)
{
	int fd;
	pid_t pid = begin_stopped(&fd);

	ck_assert(!was_told_to_end(pid));
	close(fd);
	for (int i = 0; i < 100 && !was_told_to_end(pid); i++)
		loop_once(loop, 100);
	ck_assert(was_told_to_end(pid));
	kill(pid, SIGCONT);
	while (c.list[0].proc.pid > 0)
		loop_once(loop, 1000);
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
	tcase_add_test(t, a_carrier_ends_when_its_reader_leaves);
	tcase_add_test(t, stopping_ends_all);
	suite_add_tcase(s, t);
	return s;
}
