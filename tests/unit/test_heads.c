/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/heads.h"

#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <string.h>

static struct disk_sim *sim;
static struct heads_file *f;
static struct heads h;
static struct err e;
static struct hash root;

static struct disk *disk(void)
{
	return disk_sim_disk(sim);
}

static void open_it(void)
{
	ck_assert_msg(heads_open(&f, disk(), &h, &e), "%s", e.text);
}

static void setup(void)
{
	sim = disk_sim_create();
	merkle_leaf("x", 1, &root);
	open_it();
}

static void teardown(void)
{
	heads_close(f);
	disk_sim_destroy(sim);
	f = NULL;
}

static void reopen(void)
{
	heads_close(f);
	f = NULL;
	open_it();
}

START_TEST(what_was_said_is_known_again)
{
	ck_assert_int_eq(h.log, 0);
	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	ck_assert(heads_raise(f, &h, 24, "0b2c-boot", &e));
	heads_signed(f, &h, 7, &root);
	reopen();
	ck_assert_int_eq(h.log, 1);
	ck_assert_int_eq(h.size, 7);
	ck_assert(hash_equal(&h.root, &root));
	ck_assert_int_eq(h.ceiling, 24);
	ck_assert_str_eq(h.boot, "0b2c-boot");
	ck_assert_str_eq(h.why, "");
	ck_assert(heads_begin(f, &h, 2, 9, "shortened", 7, &root, &e));
	reopen();
	ck_assert_int_eq(h.log, 2);
	ck_assert_int_eq(h.base, 9);
	ck_assert_int_eq(h.size, 0);
	ck_assert_int_eq(h.ceiling, 0);
	ck_assert_int_eq(h.previous_size, 7);
	ck_assert_str_eq(h.why, "shortened");
	ck_assert(hash_equal(&h.previous_root, &root));
}
END_TEST

START_TEST(a_doubt_holds_for_its_log_alone)
{
	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	heads_signed(f, &h, 5, &root);
	ck_assert(heads_doubt(disk(), 1, 9, "witness-larger", &e));
	disk_sim_power_cut(sim, 7);
	reopen();
	ck_assert_str_eq(h.doubt, "witness-larger");
	ck_assert_int_eq(h.doubt_size, 9);
	ck_assert(heads_begin(f, &h, 2, 9, h.doubt, 5, &root, &e));
	ck_assert_str_eq(h.why, "witness-larger");
	ck_assert_str_eq(h.doubt, "");
	reopen();
	ck_assert_str_eq(h.doubt, "");
	ck_assert(heads_doubt(disk(), 3, 9, "witness-forked", &e));
	reopen();
	ck_assert_str_eq(h.doubt, "");
}
END_TEST

START_TEST(a_torn_doubt_is_none)
{
	struct disk_file *file;

	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	ck_assert(heads_doubt(disk(), 1, 9, "witness-larger", &e));
	ck_assert(disk_open(disk(), "heads/doubt", 0, &file, &e));
	ck_assert(disk_truncate(file, disk_size(file) - 3, &e));
	disk_close(file);
	reopen();
	ck_assert_str_eq(h.doubt, "");
}
END_TEST

START_TEST(torn_and_foreign_lines_are_skipped)
{
	struct disk_file *file;
	static const char *const wrong[] = {"signed 1 99", " x\n", "signed 1 99 x #00000000\n",
					    "\n\n#\n", "ceiling 1 77 b #12345678\n"};

	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	heads_signed(f, &h, 5, &root);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		ck_assert(disk_open(disk(), "heads/1", 0, &file, &e));
		ck_assert(disk_write(file, wrong[i], strlen(wrong[i]), &e));
		disk_close(file);
		reopen();
		ck_assert_int_eq(h.size, 5);
		ck_assert_int_eq(h.ceiling, 0);
		heads_signed(f, &h, 5, &root);
	}
	heads_signed(f, &h, 6, &root);
	reopen();
	ck_assert_int_eq(h.size, 6);
}
END_TEST

START_TEST(a_long_file_is_followed_by_the_next_and_the_last_but_one_goes)
{
	struct buf b = {0};

	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	for (int size = 1; size < 4000; size++)
		heads_signed(f, &h, size, &root);
	reopen();
	ck_assert_int_eq(h.size, 3999);
	ck_assert(!disk_read(disk(), "heads/1", 1 << 20, &b, &e));
	int there = 0;
	for (char number = '2'; number <= '9'; number++) {
		char path[] = "heads/0";

		path[6] = number;
		there += disk_read(disk(), path, 1 << 20, &b, &e);
	}
	ck_assert_int_eq(there, 2);
	ck_assert_uint_lt(b.len, 2 * (65 << 10));
	buf_finish(&b);
}
END_TEST

START_TEST(what_was_announced_survives_the_power_cut)
{
	for (uint64_t seed = 0; seed < 200; seed++) {
		teardown();
		setup();
		ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
		for (int i = 1; i <= 40; i++) {
			if (i % 8 == 1)
				ck_assert(heads_raise(f, &h, i + 23, "boot", &e));
			heads_signed(f, &h, i, &root);
		}
		heads_close(f);
		f = NULL;
		disk_sim_power_cut(sim, seed);
		open_it();
		ck_assert_int_eq(h.ceiling, 33 + 23);
		ck_assert_int_ge(h.size, 32); /* what stood before the last durable line */
	}
}
END_TEST

START_TEST(a_failed_announcement_is_none)
{
	ck_assert(heads_begin(f, &h, 1, 0, "", 0, &root, &e));
	ck_assert(heads_raise(f, &h, 24, "boot", &e));
	disk_sim_fail(sim, DISK_SIM_SYNC, 1, 0, EIO);
	ck_assert(!heads_raise(f, &h, 48, "boot", &e));
	ck_assert_int_eq(h.ceiling, 24);
	ck_assert(heads_raise(f, &h, 40, "boot", &e));
	reopen();
	ck_assert_int_ge(h.ceiling, 40);
}
END_TEST

Suite *suite_heads(void);
Suite *suite_heads(void)
{
	Suite *s = suite_create("heads");
	TCase *t = tcase_create("heads");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, what_was_said_is_known_again);
	tcase_add_test(t, a_doubt_holds_for_its_log_alone);
	tcase_add_test(t, a_torn_doubt_is_none);
	tcase_add_test(t, torn_and_foreign_lines_are_skipped);
	tcase_add_test(t, a_long_file_is_followed_by_the_next_and_the_last_but_one_goes);
	tcase_add_test(t, what_was_announced_survives_the_power_cut);
	tcase_add_test(t, a_failed_announcement_is_none);
	suite_add_tcase(s, t);
	return s;
}
