/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cut itself; what it may and may not leave is in test_disk_sim.c. */
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct err e;

/* A disk with synced and unsynced work on it. */
static struct disk_sim *busy_disk(void)
{
	struct disk_sim *sim = disk_sim_create();
	struct disk *d = disk_sim_disk(sim);
	char name[16];

	for (int i = 0; i < 20; i++) {
		struct disk_file *f;

		snprintf(name, sizeof(name), "f%d", i);
		ck_assert(disk_open(d, name, DISK_CREATE, &f, &e));
		ck_assert(disk_write(f, "0123456789", 10, &e));
		ck_assert(i % 2 == 0 || disk_sync(f, &e));
		disk_close(f);
		ck_assert(i != 10 || disk_sync_dir(d, ".", &e));
	}
	return sim;
}

/* Everything that is on it, as one text. */
static void describe(struct disk_sim *sim, struct buf *out)
{
	char name[16];

	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		buf_print(out, "%s:", name);
		disk_read(disk_sim_disk(sim), name, 100, out, &e);
	}
}

START_TEST(same_seed_same_disk)
{
	struct disk_sim *sim = busy_disk();
	int different = 0;

	for (uint64_t seed = 2; seed < 8; seed++) {
		struct disk_sim *a = disk_sim_survivor(sim, seed);
		struct disk_sim *b = disk_sim_survivor(sim, seed);
		struct disk_sim *c = disk_sim_survivor(sim, seed + 8);
		struct buf at = {0}, bt = {0}, ct = {0};

		describe(a, &at);
		describe(b, &bt);
		describe(c, &ct);
		ck_assert(at.len == bt.len && memcmp(at.data, bt.data, at.len) == 0);
		different += at.len != ct.len || memcmp(at.data, ct.data, at.len) != 0;
		buf_finish(&at);
		buf_finish(&bt);
		buf_finish(&ct);
		disk_sim_destroy(a);
		disk_sim_destroy(b);
		disk_sim_destroy(c);
	}
	ck_assert_int_gt(different, 3);
	disk_sim_destroy(sim);
}
END_TEST

START_TEST(survivor_leaves_the_disk_alone_and_cut_does_not)
{
	struct disk_sim *sim = busy_disk();
	struct buf before = {0}, after = {0}, cut = {0};
	int64_t operations = disk_sim_operations(sim);

	describe(sim, &before);
	disk_sim_destroy(disk_sim_survivor(sim, 0));
	describe(sim, &after);
	ck_assert_str_eq(buf_str(&before), buf_str(&after));
	disk_sim_power_cut(sim, 0);
	describe(sim, &cut);
	ck_assert_uint_lt(cut.len, before.len);
	ck_assert_int_eq(disk_sim_operations(sim), operations);
	buf_finish(&before);
	buf_finish(&after);
	buf_finish(&cut);
	disk_sim_destroy(sim);
}
END_TEST

START_TEST(room_is_counted_anew)
{
	struct disk_sim *sim = busy_disk();

	disk_sim_capacity(sim, 1000);
	ck_assert_int_eq(disk_free_bytes(disk_sim_disk(sim)), 800);
	disk_sim_power_cut(sim, 0); /* of 11 names 5 have their bytes */
	ck_assert_int_eq(disk_free_bytes(disk_sim_disk(sim)), 950);
	disk_sim_destroy(sim);
}
END_TEST

Suite *suite_disk_sim_power(void);
Suite *suite_disk_sim_power(void)
{
	Suite *s = suite_create("disk_sim_power");
	TCase *t = tcase_create("disk_sim_power");

	tcase_add_test(t, same_seed_same_disk);
	tcase_add_test(t, survivor_leaves_the_disk_alone_and_cut_does_not);
	tcase_add_test(t, room_is_counted_anew);
	suite_add_tcase(s, t);
	return s;
}
