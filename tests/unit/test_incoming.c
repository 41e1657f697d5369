/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/incoming.h"

#include "base/limits.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static void setup(void)
{
	tmpdir_make(dir);
}

static void teardown(void)
{
	tmpdir_remove(dir);
}

static bool there(const char *name)
{
	char path[PATH_BYTES];

	incoming_path(dir, name, "", path);
	return access(path, F_OK) == 0;
}

START_TEST(only_old_strays_are_cleaned)
{
	const char *const names[] = {"00112233445566778899aabbccddeeff",
				     "ffeeddccbbaa99887766554433221100", "note"};
	struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	char path[200];

	snprintf(path, sizeof(path), "%s/incoming", dir);
	mkdir(path, 0700);
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/incoming/%s", dir, names[i]);
		close(open(path, O_CREAT | O_WRONLY, 0600));
		if (i != 1)
			ck_assert_int_eq(utimensat(AT_FDCWD, path, old, 0), 0);
	}
	incoming_clean(dir, NULL, NULL);
	ck_assert(!there(names[0]));
	ck_assert(there(names[1]));
	ck_assert(there(names[2]));
}
END_TEST

static bool keeps(const char *id, void *arg)
{
	return strcmp(id, arg) == 0;
}

START_TEST(what_is_somebodys_stays)
{
	struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	char id[INCOMING_ID_BYTES], path[PATH_BYTES];
	struct err e = {0};

	ck_assert(incoming_name(dir, id, &e));
	incoming_path(dir, id, "", path);
	close(open(path, O_CREAT | O_WRONLY, 0600));
	ck_assert_int_eq(utimensat(AT_FDCWD, path, old, 0), 0);
	incoming_clean(dir, keeps, id);
	ck_assert(there(id));
	incoming_clean(dir, NULL, NULL);
	ck_assert(!there(id));
}
END_TEST

START_TEST(names_are_ours_or_not)
{
	char one[INCOMING_ID_BYTES], two[INCOMING_ID_BYTES];
	struct err e = {0};

	ck_assert(incoming_name(dir, one, &e) && incoming_name(dir, two, &e));
	ck_assert(incoming_is_id(one));
	ck_assert_str_ne(one, two);
	ck_assert(!incoming_is_id("../../../../../../etc/passwd0000"));
	ck_assert(!incoming_is_id("0011"));
	ck_assert(!incoming_name("/proc/none", one, &e));
}
END_TEST

START_TEST(bytes_go_where_they_belong)
{
	char id[INCOMING_ID_BYTES], path[PATH_BYTES], got[8] = "";
	struct err e = {0};

	ck_assert(incoming_name(dir, id, &e));
	incoming_path(dir, id, "", path);
	int fd = open(path, O_CREAT | O_RDWR, 0600);
	ck_assert(incoming_write(fd, "def", 3, 3, &e) && incoming_write(fd, "abc", 3, 0, &e));
	ck_assert_int_eq(pread(fd, got, 7, 0), 6);
	ck_assert_str_eq(got, "abcdef");
	ck_assert(incoming_sync_folder(dir, &e));
	close(fd);
	ck_assert(!incoming_write(fd, "x", 1, 0, &e));
}
END_TEST

START_TEST(the_reserve_stays_free)
{
	struct err e = {0};

	ck_assert(!incoming_has_room(dir, INT64_C(1) << 60, &e));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert(incoming_has_room(dir, 0, &e));
}
END_TEST

Suite *suite_incoming(void);
Suite *suite_incoming(void)
{
	Suite *s = suite_create("incoming");
	TCase *t = tcase_create("folder");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, only_old_strays_are_cleaned);
	tcase_add_test(t, what_is_somebodys_stays);
	tcase_add_test(t, names_are_ours_or_not);
	tcase_add_test(t, bytes_go_where_they_belong);
	tcase_add_test(t, the_reserve_stays_free);
	suite_add_tcase(s, t);
	return s;
}
