/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tiles.h"

#include "proof/tile.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *disk;
static struct journal *j;
static struct tiles *t;
static struct err e;
static struct merkle want; /* the same leaves, kept apart */

static void setup(void)
{
	sim = disk_sim_create();
	disk = disk_sim_disk(sim);
	want = (struct merkle){0};
	ck_assert(journal_open(&j, disk, LOG_DIR, &e));
	ck_assert_msg(tiles_open(&t, disk, LOG_DIR, j, true, &e), "%s", e.text);
}

static void teardown(void)
{
	tiles_close(t);
	journal_close(j);
	disk_sim_destroy(sim);
	t = NULL;
}

static struct hash append(void)
{
	char text[64];
	struct hash leaf;
	int64_t n;
	int len = snprintf(text, sizeof(text), "{\"n\":%d}\n", (int)journal_count(j));

	ck_assert(journal_append(j, text, (size_t)len - 1, &n, &e));
	merkle_leaf(text, (size_t)len, &leaf);
	merkle_add(&want, 0, &leaf);
	return leaf;
}

static void add(int count)
{
	for (int i = 0; i < count; i++) {
		struct hash leaf = append();

		ck_assert_msg(tiles_add(t, &leaf, &e), "%s", e.text);
	}
}

static void check_root(void)
{
	struct hash a, b;

	merkle_root(tiles_tree(t), &a);
	merkle_root(&want, &b);
	ck_assert_int_eq(tiles_tree(t)->size, want.size);
	ck_assert(hash_equal(&a, &b));
}

static void reopen(void)
{
	tiles_close(t);
	t = NULL;
	ck_assert_msg(tiles_open(&t, disk, LOG_DIR, j, true, &e), "%s", e.text);
	check_root();
}

static size_t size_of(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(disk, path, 1 << 20, &b, &e);
	size_t len = b.len;

	buf_finish(&b);
	return ok ? len : 0;
}

START_TEST(tiles_are_where_the_specification_says)
{
	add(600);
	check_root();
	ck_assert_uint_eq(size_of("log/tile/0/000"), 8192);
	ck_assert_uint_eq(size_of("log/tile/0/001"), 8192);
	ck_assert_uint_eq(size_of("log/tile/0/002.p/88"), 88 * 32);
	ck_assert_uint_eq(size_of("log/tile/0/002.p/87"), 0);
	ck_assert_uint_eq(size_of("log/tile/1/000.p/2"), 64);
	ck_assert_uint_eq(size_of("log/tile/2/000.p/1"), 0);
}
END_TEST

START_TEST(a_tile_of_the_next_level_holds_roots)
{
	struct buf b = {0};
	struct hash root;
	struct merkle first = {0};

	add(256);
	first = want;
	merkle_root(&first, &root);
	ck_assert(disk_read(disk, "log/tile/1/000.p/1", 64, &b, &e));
	ck_assert(b.len == 32 && memcmp(b.data, root.bytes, 32) == 0);
	buf_finish(&b);
}
END_TEST

START_TEST(a_root_is_told_and_nothing_is_written)
{
	struct hash root, wanted, zeros = {{0}};
	struct merkle first;
	struct disk_file *f;

	add(300);
	first = want;
	merkle_root(&first, &wanted);
	for (int i = 0; i < 300; i++)
		append(); /* without their hashes */
	ck_assert(tiles_root(disk, LOG_DIR, j, 300, true, &root, &e));
	ck_assert(hash_equal(&root, &wanted));
	ck_assert_uint_eq(size_of("log/tile/0/001.p/44"), 44 * 32);
	ck_assert(tiles_root(disk, LOG_DIR, j, 600, true, &root, &e));
	merkle_root(&want, &wanted);
	ck_assert(hash_equal(&root, &wanted));
	ck_assert_uint_eq(size_of("log/tile/0/001"), 0);
	/* A stored hash that is wrong leads elsewhere, if it is believed. */
	ck_assert(disk_open(disk, "log/tile/0/000", DISK_IN_PLACE, &f, &e));
	ck_assert(disk_write_at(f, 0, zeros.bytes, HASH_BYTES, &e));
	disk_close(f);
	ck_assert(tiles_root(disk, LOG_DIR, j, 600, true, &root, &e));
	ck_assert(!hash_equal(&root, &wanted));
	ck_assert(tiles_root(disk, LOG_DIR, j, 600, false, &root, &e));
	ck_assert(hash_equal(&root, &wanted));
}
END_TEST

START_TEST(goes_on_where_it_was)
{
	for (int i = 0; i < 12; i++) {
		add(61);
		reopen();
	}
}
END_TEST

START_TEST(entries_without_hashes_get_them)
{
	add(100);
	for (int i = 0; i < 500; i++)
		append();
	reopen();
	ck_assert_uint_eq(size_of("log/tile/0/000"), 8192);
	ck_assert_uint_eq(size_of("log/tile/0/002.p/88"), 88 * 32);
}
END_TEST

START_TEST(what_is_gone_or_torn_is_made_again)
{
	struct disk_file *f;

	add(600);
	ck_assert(disk_remove(disk, "log/tile/0/000", &e));
	ck_assert(disk_remove(disk, "log/tile/1/000.p/2", &e));
	ck_assert(disk_open(disk, "log/tile/0/001", DISK_FRESH, &f, &e));
	ck_assert(disk_write(f, "torn", 4, &e));
	disk_close(f);
	reopen();
	ck_assert_uint_eq(size_of("log/tile/0/000"), 8192);
	ck_assert_uint_eq(size_of("log/tile/0/001"), 8192);
	ck_assert_uint_eq(size_of("log/tile/1/000.p/2"), 64);
}
END_TEST

START_TEST(a_failed_write_is_told_and_the_next_open_mends_it)
{
	for (int fault = 0; fault < DISK_SIM_FAULTS; fault++) {
		struct hash leaf;

		add(255 - (int)(want.size % 256)); /* so that every kind of step comes */
		leaf = append();
		disk_sim_fail(sim, (enum disk_sim_fault)fault, 1, 0, EIO);
		ck_assert_msg(!tiles_add(t, &leaf, &e), "fault %d", fault);
		disk_sim_fail(sim, (enum disk_sim_fault)fault, 0, 0, 0);
		reopen();
		add(3);
	}
}
END_TEST

START_TEST(after_any_power_cut_the_tiles_are_those_of_the_entries)
{
	for (uint64_t seed = 0; seed < 60; seed++) {
		add(17);
		tiles_close(t);
		journal_close(j);
		t = NULL;
		disk_sim_power_cut(sim, seed);
		ck_assert(journal_open(&j, disk, LOG_DIR, &e));
		ck_assert_int_eq(journal_count(j), want.size);
		reopen();
		if (want.size < 512)
			continue;
		ck_assert_uint_eq(size_of("log/tile/0/000"), 8192);
		ck_assert_uint_eq(size_of("log/tile/0/001"), 8192);
	}
}
END_TEST

Suite *suite_tiles(void);
Suite *suite_tiles(void)
{
	Suite *s = suite_create("tiles");
	TCase *tc = tcase_create("tiles");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, tiles_are_where_the_specification_says);
	tcase_add_test(tc, a_tile_of_the_next_level_holds_roots);
	tcase_add_test(tc, a_root_is_told_and_nothing_is_written);
	tcase_add_test(tc, goes_on_where_it_was);
	tcase_add_test(tc, entries_without_hashes_get_them);
	tcase_add_test(tc, what_is_gone_or_torn_is_made_again);
	tcase_add_test(tc, a_failed_write_is_told_and_the_next_open_mends_it);
	tcase_add_test(tc, after_any_power_cut_the_tiles_are_those_of_the_entries);
	suite_add_tcase(s, tc);
	return s;
}
