/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/notify.h"

#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void ck_hears(int fd, const char *word)
{
	char got[64] = "";

	ck_assert_int_ge((int)recv(fd, got, sizeof(got) - 1, MSG_DONTWAIT), 0);
	ck_assert_str_eq(got, word);
}

START_TEST(a_socket_of_the_supervisor)
{
	struct notify n;
	int fds[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_DGRAM, 0, fds), 0);
	notify_open(&n, fds[1]);
	ck_assert(fcntl(n.fd, F_GETFD) & FD_CLOEXEC); /* no child of ours shall speak for us */
	notify_say(&n, "READY=1");
	notify_say(&n, "WATCHDOG=1");
	ck_hears(fds[0], "READY=1");
	ck_hears(fds[0], "WATCHDOG=1");
	close(fds[0]);
	notify_say(&n, "WATCHDOG=1"); /* nobody there: nothing happens */
	notify_close(&n);
}
END_TEST

START_TEST(the_one_that_systemd_names)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	struct notify n;
	char dir[64];

	tmpdir_make(dir);
	snprintf(at.sun_path, sizeof(at.sun_path), "%s/n", dir);
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	setenv("NOTIFY_SOCKET", at.sun_path, 1);
	notify_open(&n, -1);
	notify_say(&n, "READY=1");
	ck_hears(fd, "READY=1");
	for (int i = 0; i < 100000; i++) /* it does not wait for who does not read */
		notify_say(&n, "WATCHDOG=1");
	notify_close(&n);
	close(fd);
	tmpdir_remove(dir);
}
END_TEST

START_TEST(without_one_or_with_nonsense_nothing_is_said)
{
	static const char *const names[] = {"", "relative", "/nobody/there", "@nobody-there-9731"};
	struct notify n;

	unsetenv("NOTIFY_SOCKET");
	notify_open(&n, -1);
	ck_assert_int_eq(n.fd, -1);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		setenv("NOTIFY_SOCKET", names[i], 1);
		notify_open(&n, -1);
		ck_assert_int_eq(n.fd, -1);
		notify_say(&n, "READY=1");
		notify_close(&n);
	}
}
END_TEST

Suite *suite_notify(void)
{
	Suite *s = suite_create("notify");
	TCase *t = tcase_create("notify");

	tcase_add_test(t, a_socket_of_the_supervisor);
	tcase_add_test(t, the_one_that_systemd_names);
	tcase_add_test(t, without_one_or_with_nonsense_nothing_is_said);
	suite_add_tcase(s, t);
	return s;
}
