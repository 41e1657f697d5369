/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/scratch.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char own[64], dir[PATH_BYTES];
static struct err e;

static void setup(void)
{
	tmpdir_make(own);
	ck_assert_int_eq(setenv("TMPDIR", own, 1), 0);
}

static void teardown(void)
{
	tmpdir_remove(own);
}

static void path_in(char *path, size_t size, const char *name)
{
	snprintf(path, size, "%s/%s", dir, name);
}

START_TEST(it_lies_where_one_says_and_nobody_else_reads_it)
{
	struct stat st;

	ck_assert(scratch_make(dir, "test", &e));
	ck_assert_int_eq(strncmp(dir, own, strlen(own)), 0);
	ck_assert_ptr_nonnull(strstr(dir, "/vangxa-test-"));
	ck_assert_int_eq(stat(dir, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0700);
	scratch_remove(dir);
	ck_assert_int_ne(access(dir, F_OK), 0);
}
END_TEST

START_TEST(it_goes_with_all_that_is_in_it_and_nothing_that_is_not)
{
	char path[PATH_BYTES + 32], kept[PATH_BYTES];

	snprintf(kept, sizeof(kept), "%s/kept", own);
	ck_assert_int_eq(mkdir(kept, 0700), 0);
	ck_assert(scratch_make(dir, "test", &e));
	path_in(path, sizeof(path), "sub");
	ck_assert_int_eq(mkdir(path, 0700), 0);
	path_in(path, sizeof(path), "sub/link");
	ck_assert_int_eq(symlink(kept, path), 0);
	path_in(path, sizeof(path), "file");
	fclose(fopen(path, "we"));
	scratch_remove(dir);
	ck_assert_int_ne(access(dir, F_OK), 0);
	ck_assert_int_eq(access(kept, F_OK), 0);
}
END_TEST

START_TEST(without_a_word_it_is_tmp)
{
	ck_assert_int_eq(setenv("TMPDIR", "", 1), 0);
	ck_assert_str_eq(scratch_place(), "/tmp");
	unsetenv("TMPDIR");
	ck_assert_str_eq(scratch_place(), "/tmp");
}
END_TEST

START_TEST(a_place_that_is_not_there_is_named)
{
	char none[80];

	snprintf(none, sizeof(none), "%s/none", own);
	ck_assert_int_eq(setenv("TMPDIR", none, 1), 0);
	ck_assert(!scratch_make(dir, "test", &e));
	ck_assert_str_eq(dir, "");
	ck_assert_ptr_nonnull(strstr(e.text, none));
	scratch_remove(dir);
}
END_TEST

START_TEST(a_name_too_long_is_no_other_folder)
{
	char place[PATH_BYTES + 1];

	memset(place, '/', PATH_BYTES);
	memcpy(place, own, strlen(own));
	place[PATH_BYTES] = '\0';
	ck_assert_int_eq(setenv("TMPDIR", place, 1), 0);
	ck_assert(!scratch_make(dir, "test", &e));
	ck_assert_str_eq(dir, "");
}
END_TEST

Suite *suite_scratch(void);
Suite *suite_scratch(void)
{
	Suite *s = suite_create("scratch");
	TCase *t = tcase_create("scratch");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, it_lies_where_one_says_and_nobody_else_reads_it);
	tcase_add_test(t, it_goes_with_all_that_is_in_it_and_nothing_that_is_not);
	tcase_add_test(t, without_a_word_it_is_tmp);
	tcase_add_test(t, a_place_that_is_not_there_is_named);
	tcase_add_test(t, a_name_too_long_is_no_other_folder);
	suite_add_tcase(s, t);
	return s;
}
