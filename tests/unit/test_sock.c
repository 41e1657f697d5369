/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/sock.h"

#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[128];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/control.sock", dir);
	e = (struct err){0};
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

START_TEST(test_there_and_back)
{
	char got[8] = "";
	int server = sock_listen(path, &e);

	ck_assert_int_ge(server, 0);
	ck_assert_int_eq(sock_accept(server), -1);
	int client = sock_connect_now(path, &e);
	ck_assert_int_ge(client, 0);
	int peer = sock_accept(server);
	ck_assert_int_ge(peer, 0);
	ck_assert_int_eq(write(client, "hello", 5), 5);
	ck_assert_int_eq(read(peer, got, sizeof(got)), 5);
	ck_assert_str_eq(got, "hello");
	ck_assert_int_eq(sock_peer_uid(peer), (long)getuid());
	ck_assert_int_eq(sock_peer_uid(client), (long)getuid());
}
END_TEST

START_TEST(test_flags_and_mode)
{
	struct stat st;
	int server = sock_listen(path, &e);
	int client = sock_connect_now(path, &e);
	int peer = sock_accept(server);

	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_mode & 0777, 0660);
	ck_assert_int_ne(fcntl(server, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(peer, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(client, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_ne(fcntl(server, F_GETFD) & FD_CLOEXEC, 0);
	ck_assert_int_ne(fcntl(peer, F_GETFD) & FD_CLOEXEC, 0);
	ck_assert_int_ne(fcntl(client, F_GETFD) & FD_CLOEXEC, 0);
}
END_TEST

START_TEST(test_nobody_there)
{
	ck_assert_int_eq(sock_connect_now(path, &e), -1);
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	/* A file left behind by one that died. */
	close(sock_listen(path, &e));
	e = (struct err){0};
	ck_assert_int_eq(sock_connect_now(path, &e), -1);
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(strncmp(e.text, path, strlen(path)) == 0);
}
END_TEST

START_TEST(test_stale_file_is_replaced)
{
	close(sock_listen(path, &e));
	ck_assert_int_ge(sock_listen(path, &e), 0);
	ck_assert_int_ge(sock_connect_now(path, &e), 0);
}
END_TEST

START_TEST(test_path_too_long)
{
	char far[300];

	memset(far, 'd', sizeof(far) - 1);
	far[sizeof(far) - 1] = '\0';
	ck_assert_int_eq(sock_listen(far, &e), -1);
	ck_assert_int_eq(e.kind, ERR_FAILED);
	ck_assert_ptr_nonnull(strstr(e.text, "--data"));
	ck_assert_int_eq(sock_connect_now(far, &e), -1);
}
END_TEST

START_TEST(test_no_such_folder)
{
	snprintf(path, sizeof(path), "%s/no/such/control.sock", dir);
	ck_assert_int_eq(sock_listen(path, &e), -1);
	ck_assert(strncmp(e.text, path, strlen(path)) == 0);
}
END_TEST

START_TEST(test_peer_of_a_file)
{
	int fd = open("/dev/null", O_RDONLY);

	ck_assert_int_eq(sock_peer_uid(fd), -1);
	ck_assert_int_eq(sock_accept(fd), -1);
}
END_TEST

Suite *suite_sock(void);
Suite *suite_sock(void)
{
	Suite *s = suite_create("sock");
	TCase *c = tcase_create("sock");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_there_and_back);
	tcase_add_test(c, test_flags_and_mode);
	tcase_add_test(c, test_nobody_there);
	tcase_add_test(c, test_stale_file_is_replaced);
	tcase_add_test(c, test_path_too_long);
	tcase_add_test(c, test_no_such_folder);
	tcase_add_test(c, test_peer_of_a_file);
	suite_add_tcase(s, c);
	return s;
}
