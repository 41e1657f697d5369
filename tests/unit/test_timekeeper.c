/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/timekeeper.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>

static char root[64];

static void setup(void)
{
	tmpdir_make(root);
}

static void teardown(void)
{
	tmpdir_remove(root);
}

static void process(const char *pid, const char *comm)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", root, pid);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	snprintf(path, sizeof(path), "%s/%s/comm", root, pid);
	FILE *f = fopen(path, "we");
	ck_assert(f != NULL && fprintf(f, "%s\n", comm) > 0);
	fclose(f);
}

START_TEST(test_nobody)
{
	ck_assert_ptr_null(timekeeper_find(root));
	process("1", "systemd");
	process("812", "chronyd-helper");
	ck_assert_ptr_null(timekeeper_find(root));
}
END_TEST

START_TEST(test_the_only_one)
{
	process("1", "systemd");
	process("300", "systemd-timesyn");
	ck_assert_str_eq(timekeeper_find(root), "timesyncd");
}
END_TEST

START_TEST(test_two_processes_of_one_program)
{
	process("300", "chronyd");
	process("301", "chronyd");
	ck_assert_str_eq(timekeeper_find(root), "chronyd");
}
END_TEST

/* Which of them the kernel means is not known, however many more there are of the first. */
START_TEST(test_two_programs_are_none)
{
	process("300", "chronyd");
	process("301", "ntpd");
	process("302", "chronyd");
	ck_assert_ptr_null(timekeeper_find(root));
}
END_TEST

/* A folder that only looks like a process, one that ended meanwhile, a name that is none. */
START_TEST(test_what_is_no_process)
{
	char path[128];

	process("self", "ntpd");
	snprintf(path, sizeof(path), "%s/77", root);
	ck_assert_int_eq(mkdir(path, 0755), 0);
	process("78", "");
	ck_assert_ptr_null(timekeeper_find(root));
	ck_assert_ptr_null(timekeeper_find("/nowhere/proc"));
}
END_TEST

Suite *suite_timekeeper(void);
Suite *suite_timekeeper(void)
{
	Suite *s = suite_create("timekeeper");
	TCase *c = tcase_create("timekeeper");

	tcase_add_checked_fixture(c, setup, teardown);
	tcase_add_test(c, test_nobody);
	tcase_add_test(c, test_the_only_one);
	tcase_add_test(c, test_two_processes_of_one_program);
	tcase_add_test(c, test_two_programs_are_none);
	tcase_add_test(c, test_what_is_no_process);
	suite_add_tcase(s, c);
	return s;
}
