/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/disk.h"

#include "support/tmpdir.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char root[64];
static struct disk_real real;
static struct disk *d;
static struct err e;

static void setup(void)
{
	tmpdir_make(root);
	ck_assert(disk_real_open(&real, root, &e));
	d = &real.disk;
}

static void teardown(void)
{
	disk_real_close(&real);
	tmpdir_remove(root);
}

static void put(const char *path, const char *text, int flags)
{
	struct disk_file *f;

	ck_assert_msg(disk_open(d, path, flags, &f, &e), "%s", e.text);
	ck_assert(disk_write(f, text, strlen(text), &e));
	ck_assert(disk_sync(f, &e));
	disk_close(f);
}

static void holds(const char *path, const char *text)
{
	struct buf b = {0};

	ck_assert_msg(disk_read(d, path, 1000, &b, &e), "%s", e.text);
	ck_assert_str_eq(buf_str(&b), text);
	buf_finish(&b);
}

START_TEST(appends_and_truncates)
{
	struct disk_file *f;

	put("a", "xin ", DISK_CREATE);
	put("a", "chào", 0);
	holds("a", "xin chào");
	ck_assert(disk_open(d, "a", 0, &f, &e));
	ck_assert(disk_truncate(f, 3, &e));
	ck_assert_int_eq(disk_size(f), 3);
	ck_assert(disk_write(f, "!", 1, &e)); /* behind the new end, not behind the old one */
	disk_close(f);
	holds("a", "xin!");
	put("a", "mới", DISK_FRESH);
	holds("a", "mới");
}
END_TEST

START_TEST(a_small_file_is_replaced_whole)
{
	ck_assert_msg(disk_put(d, "một", "cũ", strlen("cũ"), &e), "%s", e.text);
	ck_assert(disk_put(d, "một", "mới", strlen("mới"), &e));
	holds("một", "mới");
	ck_assert(!disk_put(d, "không/có", "x", 1, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(disk_make_dir(d, "có", &e));
	ck_assert(disk_put(d, "có/hai", "", 0, &e));
	holds("có/hai", "");
}
END_TEST

START_TEST(bytes_are_written_over_in_place)
{
	struct disk_file *f;
	char back[4];

	put("a", "0123456789", DISK_CREATE);
	ck_assert(disk_open(d, "a", DISK_IN_PLACE, &f, &e));
	ck_assert(disk_write_at(f, 3, "xyz", 3, &e) && disk_sync(f, &e));
	ck_assert(disk_read_at(f, 2, back, 4, &e) && memcmp(back, "2xyz", 4) == 0);
	ck_assert(!disk_read_at(f, 8, back, 4, &e));
	ck_assert_int_eq(e.kind, ERR_DAMAGED);
	ck_assert_int_eq(disk_size(f), 10);
	disk_close(f);
	holds("a", "012xyz6789");
}
END_TEST

START_TEST(two_files_exchange_their_names)
{
	put("a", "một", DISK_CREATE);
	put("b", "hai", DISK_CREATE);
	ck_assert_msg(disk_exchange(d, "a", "b", &e), "%s", e.text);
	holds("a", "hai");
	holds("b", "một");
	ck_assert(!disk_exchange(d, "a", "c", &e));
	holds("a", "hai");
}
END_TEST

START_TEST(says_what_is_missing)
{
	struct disk_file *f;
	struct buf b = {0};

	ck_assert(!disk_open(d, "none", 0, &f, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!disk_read(d, "none", 10, &b, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!disk_list(d, "none", NULL, NULL, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(!disk_remove(d, "none", &e));
	ck_assert(!disk_rename(d, "none", "other", &e));
	put("long", "0123456789", DISK_CREATE);
	ck_assert(!disk_read(d, "long", 9, &b, &e));
	ck_assert_int_eq(e.kind, ERR_REFUSED);
	buf_finish(&b);
}
END_TEST

static void join(const char *name, void *arg)
{
	buf_print(arg, "%s ", name);
}

START_TEST(folders_list_in_order)
{
	struct buf names = {0};

	ck_assert(disk_make_dir(d, "log/tile/entries", &e));
	ck_assert(disk_make_dir(d, "log/tile/entries", &e));
	put("log/b", "", DISK_CREATE);
	put("log/a", "", DISK_CREATE);
	ck_assert(disk_sync_dir(d, "log", &e));
	ck_assert(disk_sync_dir(d, ".", &e));
	ck_assert(disk_list(d, "log", join, &names, &e));
	ck_assert_str_eq(buf_str(&names), "a b tile ");
	ck_assert(disk_rename(d, "log/a", "log/b", &e));
	ck_assert(disk_remove(d, "log/tile/entries", &e)); /* an empty folder */
	ck_assert(!disk_remove(d, "log", &e));
	buf_finish(&names);
}
END_TEST

/* By all their bytes, and bytes have no sign: the first eight are looked at apart. */
START_TEST(names_alike_at_first_are_in_order)
{
	static const char *const in_order[] = {"1", "12345678", "12345678-a", "12345678-b",
					       "123456789", "1234567z", "A", "a", "\xC4\x90"};
	const int count = sizeof(in_order) / sizeof(in_order[0]);
	struct buf names = {0}, want = {0};
	char path[32];

	ck_assert(disk_make_dir(d, "names", &e));
	for (int i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "names/%s", in_order[(i * 4 + 3) % count]);
		put(path, "", DISK_CREATE);
		buf_print(&want, "%s ", in_order[i]);
	}
	ck_assert(disk_list(d, "names", join, &names, &e));
	ck_assert_str_eq(buf_str(&names), buf_str(&want));
	buf_finish(&names);
	buf_finish(&want);
}
END_TEST

START_TEST(reserve_takes_room)
{
	struct disk_file *f;

	ck_assert_int_gt(disk_free_bytes(d), 0);
	ck_assert(disk_open(d, "reserve", DISK_CREATE, &f, &e));
	ck_assert_msg(disk_reserve(f, 1 << 20, &e), "%s", e.text);
	ck_assert_int_eq(disk_size(f), 1 << 20);
	disk_close(f);
}
END_TEST

START_TEST(one_process_holds_the_lock)
{
	struct disk_real other;

	ck_assert(disk_real_open(&other, root, &e));
	ck_assert(disk_real_lock(&real, &e));
	ck_assert(!disk_real_lock(&other, &e));
	ck_assert_int_eq(e.kind, ERR_CONFLICT);
	disk_real_close(&real);
	ck_assert(disk_real_lock(&other, &e));
	disk_real_close(&other);
}
END_TEST

START_TEST(refuses_a_root_that_is_no_folder)
{
	struct disk_real other;
	char path[80];

	put("file", "", DISK_CREATE);
	snprintf(path, sizeof(path), "%s/file", root);
	ck_assert(!disk_real_open(&other, path, &e));
	disk_real_close(&other);
	snprintf(path, sizeof(path), "%s/missing", root);
	ck_assert(!disk_real_open(&other, path, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert_int_ne(access(path, F_OK), 0); /* not made either */
	ck_assert(!disk_real_open(&other, "", &e));
	ck_assert_int_eq(e.kind, ERR_USAGE);
}
END_TEST

Suite *suite_disk(void);
Suite *suite_disk(void)
{
	Suite *s = suite_create("disk");
	TCase *t = tcase_create("real");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, appends_and_truncates);
	tcase_add_test(t, a_small_file_is_replaced_whole);
	tcase_add_test(t, bytes_are_written_over_in_place);
	tcase_add_test(t, two_files_exchange_their_names);
	tcase_add_test(t, says_what_is_missing);
	tcase_add_test(t, folders_list_in_order);
	tcase_add_test(t, names_alike_at_first_are_in_order);
	tcase_add_test(t, reserve_takes_room);
	tcase_add_test(t, one_process_holds_the_lock);
	tcase_add_test(t, refuses_a_root_that_is_no_folder);
	suite_add_tcase(s, t);
	return s;
}
