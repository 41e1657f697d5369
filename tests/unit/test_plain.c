/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/plain.h"

#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static char dir[64], path[96];
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	snprintf(path, sizeof(path), "%s/x", dir);
	e = (struct err){0};
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static void make(int what)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = -1;

	switch (what) {
	case 0:
		ck_assert_int_eq(mkfifo(path, 0600), 0);
		break;
	case 1:
		ck_assert_int_eq(symlink("/dev/zero", path), 0);
		break;
	case 2:
		ck_assert_int_eq(mkdir(path, 0700), 0);
		break;
	default:
		snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
		fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
		close(fd);
	}
}

START_TEST(what_is_no_file_is_refused_and_not_waited_for)
{
	make(_i);
	ck_assert_int_lt(plain_open(path, 0, &e), 0);
	ck_assert_ptr_nonnull(strstr(e.text, path));
	ck_assert_int_eq(e.kind == ERR_REFUSED, _i != 2);
	ck_assert(!plain_database(path, &e));
}
END_TEST

START_TEST(a_file_is_opened_through_a_link_or_not_as_one_likes)
{
	char link[96];

	ck_assert_int_lt(plain_open(path, 0, &e), 0);
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(plain_database(path, &e));
	close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	snprintf(link, sizeof(link), "%s/link", dir);
	ck_assert_int_eq(symlink(path, link), 0);
	int fd = plain_open(link, 0, &e);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_lt(plain_open(link, O_NOFOLLOW, &e), 0);
	ck_assert(plain_database(link, &e) && plain_database("", &e));
}
END_TEST

START_TEST(what_sqlite_reads_beside_counts_as_well)
{
	static const char *const tails[] = {"-wal", "-shm", "-journal"};
	char base[96];

	snprintf(base, sizeof(base), "%s", path);
	close(open(base, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	snprintf(path, sizeof(path), "%s/x%s", dir, tails[_i]);
	make(0);
	ck_assert(!plain_database(base, &e));
	ck_assert_ptr_nonnull(strstr(e.text, path));
}
END_TEST

Suite *suite_plain(void);
Suite *suite_plain(void)
{
	Suite *s = suite_create("plain");
	TCase *t = tcase_create("plain");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_loop_test(t, what_is_no_file_is_refused_and_not_waited_for, 0, 4);
	tcase_add_test(t, a_file_is_opened_through_a_link_or_not_as_one_likes);
	tcase_add_loop_test(t, what_sqlite_reads_beside_counts_as_well, 0, 3);
	suite_add_tcase(s, t);
	return s;
}
