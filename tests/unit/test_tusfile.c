/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web/tusfile.h"

#include "base/json.h"
#include "base/limits.h"
#include "support/tmpdir.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64], path[PATH_BYTES];
static struct tusfile f, again;
static struct err e;

static void setup(void)
{
	tmpdir_make(dir);
	f = (struct tusfile){.length = 10, .words = json_pack("{s:s}", "title", "Tin"),
			     .owner = {"127.0.0.1", 7}};
	ck_assert(tusfile_create(&f, dir, &e));
}

static void teardown(void)
{
	tusfile_finish(&f);
	tusfile_finish(&again);
	tmpdir_remove(dir);
}

static void put(const char *bytes, int64_t commit)
{
	int fd = tusfile_open(&f, dir, &e);

	ck_assert_int_ge(fd, 0);
	ck_assert(incoming_write(fd, bytes, strlen(bytes), f.offset, &e));
	if (commit >= 0) {
		ck_assert(tusfile_commit(&f, dir, fd, commit, &e));
		f.offset = commit;
	}
	close(fd);
}

static int64_t size(void)
{
	struct stat st;

	incoming_path(dir, f.id, "", path);
	return stat(path, &st) == 0 ? st.st_size : -1;
}

START_TEST(what_was_committed_is_found_again_and_no_more)
{
	put("abcd", 4);
	put("efg", -1); /* a process that dies before its sync */
	ck_assert_int_eq(size(), 7);
	ck_assert(tusfile_load(&again, dir, f.id, &e));
	ck_assert_int_eq(again.offset, 4);
	ck_assert_int_eq(again.length, 10);
	ck_assert_str_eq(again.owner.address, "127.0.0.1");
	ck_assert_int_eq((int)again.owner.account, 7);
	ck_assert_str_eq(json_get_text(again.words, "title", ""), "Tin");
	close(tusfile_open(&again, dir, &e));
	ck_assert_int_eq(size(), 4);
}
END_TEST

START_TEST(a_disk_that_lied_is_not_believed)
{
	put("abcdefgh", 8);
	incoming_path(dir, f.id, "", path);
	ck_assert_int_eq(truncate(path, 3), 0);
	ck_assert(tusfile_load(&again, dir, f.id, &e));
	ck_assert_int_eq(again.offset, 3);
}
END_TEST

START_TEST(its_end_is_kept_without_its_bytes)
{
	tusfile_end(&f, dir, json_pack("{s:b}", "expired", 1));
	ck_assert(!tusfile_there(&f, dir));
	ck_assert(tusfile_load(&again, dir, f.id, &e));
	ck_assert(json_get_bool(again.end, "expired", false));
	tusfile_finish(&again);
	tusfile_remove(&f, dir);
	ck_assert(!tusfile_load(&again, dir, f.id, &e));
}
END_TEST

static const char *const bad[] = {
	"", "0000000000000000004\n", "0000000000000000004 {}",
	"000000000000000000x\n{\"address\":\"\",\"length\":10,\"words\":{}}",
	"0000000000000000011\n{\"address\":\"\",\"length\":10,\"words\":{}}", /* more than all */
	"0000000000000000004\n{\"address\":\"\",\"length\":10}",
	"0000000000000000004\n{\"address\":\"\",\"length\":10,\"wor",
	"-000000000000000004\n{\"address\":\"\",\"length\":10,\"words\":{}}",
};

START_TEST(half_a_state_is_none)
{
	incoming_path(dir, f.id, TUSFILE_ENDING, path);
	FILE *file = fopen(path, "w");
	ck_assert(file != NULL && fputs(bad[_i], file) >= 0 && fclose(file) == 0);
	ck_assert(!tusfile_load(&again, dir, f.id, &e));
}
END_TEST

START_TEST(a_link_is_not_followed)
{
	incoming_path(dir, f.id, "", path);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	ck_assert_int_lt(tusfile_open(&f, dir, &e), 0);
}
END_TEST

Suite *suite_tusfile(void);
Suite *suite_tusfile(void)
{
	Suite *s = suite_create("tusfile");
	TCase *t = tcase_create("disk");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_committed_is_found_again_and_no_more);
	tcase_add_test(t, a_disk_that_lied_is_not_believed);
	tcase_add_test(t, its_end_is_kept_without_its_bytes);
	tcase_add_loop_test(t, half_a_state_is_none, 0, sizeof(bad) / sizeof(bad[0]));
	tcase_add_test(t, a_link_is_not_followed);
	suite_add_tcase(s, t);
	return s;
}
