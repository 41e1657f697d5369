/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *d;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
	d = disk_sim_disk(sim);
}

static void teardown(void)
{
	disk_sim_destroy(sim);
}

static struct disk_file *open_file(const char *path, int flags)
{
	struct disk_file *f;

	ck_assert_msg(disk_open(d, path, flags, &f, &e), "%s", e.text);
	return f;
}

static void put(const char *path, const char *text, bool synced)
{
	struct disk_file *f = open_file(path, DISK_CREATE);

	ck_assert(disk_write(f, text, strlen(text), &e));
	ck_assert(!synced || disk_sync(f, &e));
	disk_close(f);
}

/* The content into a static text, NULL if the file is not there. */
static const char *get(struct disk_sim *of, const char *path)
{
	static char text[5000];
	struct buf b = {0};

	if (!disk_read(disk_sim_disk(of), path, sizeof(text) - 1, &b, &e))
		return NULL;
	memcpy(text, buf_str(&b), b.len + 1);
	buf_finish(&b);
	return text;
}

START_TEST(promised_bytes_and_names_survive_every_seed)
{
	ck_assert(disk_make_dir(d, "log/tile", &e));
	put("log/tile/a", "giữ lại", true);
	ck_assert(disk_sync_dir(d, "log/tile", &e));
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);

		ck_assert_str_eq(get(s, "log/tile/a"), "giữ lại");
		disk_sim_destroy(s);
	}
}
END_TEST

START_TEST(unpromised_bytes_survive_wholly_partly_or_not)
{
	int none = 0, part = 0, all = 0, zeros = 0;

	put("a", "base", true);
	ck_assert(disk_sync_dir(d, ".", &e));
	struct disk_file *f = open_file("a", 0);
	for (int i = 0; i < 200; i++)
		ck_assert(disk_write(f, "0123456789", 10, &e));
	disk_close(f);
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);
		struct buf b = {0};

		ck_assert(disk_read(disk_sim_disk(s), "a", 5000, &b, &e));
		ck_assert(b.len >= 4 && memcmp(b.data, "base", 4) == 0);
		none += b.len == 4;
		all += b.len == 2004 && strlen(b.data) == 2004;
		zeros += b.len == 2004 && strlen(b.data) < 2004;
		part += b.len > 4 && b.len < 2004;
		buf_finish(&b);
		disk_sim_destroy(s);
	}
	ck_assert(none > 10 && part > 10 && all > 10 && zeros > 10);
}
END_TEST

START_TEST(names_need_the_folder_synced)
{
	int there = 0, renamed = 0;

	put("a", "x", true);
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);

		there += get(s, "a") != NULL;
		disk_sim_destroy(s);
	}
	ck_assert(there > 10 && there < 40);
	ck_assert(disk_sync_dir(d, ".", &e));
	ck_assert(disk_rename(d, "a", "b", &e));
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);
		bool a = get(s, "a") != NULL, b = get(s, "b") != NULL;

		ck_assert(a != b); /* never both, never none */
		renamed += b;
		disk_sim_destroy(s);
	}
	ck_assert(renamed > 10 && renamed < 40);
}
END_TEST

START_TEST(truncation_may_be_undone)
{
	int old = 0, cut = 0;

	put("a", "abcdef", true);
	ck_assert(disk_sync_dir(d, ".", &e));
	struct disk_file *f = open_file("a", 0);
	ck_assert(disk_truncate(f, 2, &e));
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);

		old += strcmp(get(s, "a"), "abcdef") == 0;
		cut += strcmp(get(s, "a"), "ab") == 0;
		disk_sim_destroy(s);
	}
	ck_assert(old > 10 && cut > 10 && old + cut == 50);
	ck_assert(disk_sync(f, &e));
	disk_close(f);
	disk_sim_power_cut(sim, 5);
	ck_assert_str_eq(get(sim, "a"), "ab");
}
END_TEST

/* What is left of "old…" (4 sectors) with "new…" over it. */
static void look_over(uint64_t seed, int *old, int *fresh, int *mixed)
{
	struct disk_sim *s = disk_sim_survivor(sim, seed);
	const char *left = get(s, "a");
	int news = 0;

	for (int k = 0; k < 4; k++) {
		char first = left[k * 512];

		for (int i = 0; i < 512; i++)
			ck_assert(left[k * 512 + i] == first);
		ck_assert(first == 'o' || first == 'n');
		news += first == 'n';
	}
	*(news == 0 ? old : news == 4 ? fresh : mixed) += 1;
	disk_sim_destroy(s);
}

START_TEST(what_is_written_over_is_old_or_new_sector_by_sector)
{
	char olds[2048], news[2048];
	int old = 0, fresh = 0, mixed = 0;

	memset(olds, 'o', sizeof(olds));
	memset(news, 'n', sizeof(news));
	struct disk_file *f = open_file("a", DISK_CREATE);
	ck_assert(disk_write(f, olds, sizeof(olds), &e) && disk_sync(f, &e));
	ck_assert(disk_sync_dir(d, ".", &e));
	disk_close(f);
	f = open_file("a", DISK_IN_PLACE);
	ck_assert(disk_write_at(f, 0, news, sizeof(news), &e));
	for (uint64_t seed = 0; seed < 200; seed++)
		look_over(seed, &old, &fresh, &mixed);
	ck_assert(old > 10 && fresh > 10 && mixed > 10);
	ck_assert(disk_sync(f, &e));
	old = fresh = mixed = 0;
	for (uint64_t seed = 0; seed < 50; seed++)
		look_over(seed, &old, &fresh, &mixed);
	ck_assert_int_eq(fresh, 50);
	disk_close(f);
}
END_TEST

START_TEST(an_exchange_happens_whole_or_not_at_all)
{
	int changed = 0;

	put("a", "một", true);
	put("b", "hai", true);
	ck_assert(disk_sync_dir(d, ".", &e));
	ck_assert(disk_exchange(d, "a", "b", &e));
	ck_assert(!disk_exchange(d, "a", "c", &e));
	for (uint64_t seed = 0; seed < 100; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);
		bool now = strcmp(get(s, "a"), "hai") == 0;

		ck_assert_str_eq(get(s, "b"), now ? "một" : "hai");
		changed += now;
		disk_sim_destroy(s);
	}
	ck_assert(changed > 10 && changed < 90);
}
END_TEST

START_TEST(failed_sync_forgets_what_was_unsynced)
{
	put("a", "ab", true);
	ck_assert(disk_sync_dir(d, ".", &e));
	struct disk_file *f = open_file("a", 0);
	ck_assert(disk_write(f, "cd", 2, &e));
	disk_sim_fail(sim, DISK_SIM_SYNC, 1, 0, EIO);
	ck_assert(!disk_sync(f, &e));
	ck_assert(disk_sync(f, &e)); /* "fine" */
	disk_close(f);
	ck_assert_str_eq(get(sim, "a"), "abcd");
	disk_sim_power_cut(sim, 0);
	ck_assert_str_eq(get(sim, "a"), "ab"); /* zeros where "cd" should be */
}
END_TEST

START_TEST(faults_count_down_and_repeat)
{
	struct disk_file *f = open_file("a", DISK_CREATE);

	disk_sim_fail(sim, DISK_SIM_WRITE, 2, 1, ENOSPC);
	ck_assert(disk_write(f, "1", 1, &e));
	ck_assert(!disk_write(f, "2345", 4, &e));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert_int_eq(disk_size(f), 3); /* half of it got there */
	ck_assert(!disk_write(f, "6", 1, &e));
	ck_assert(disk_write(f, "7", 1, &e));
	disk_close(f);
	disk_sim_fail(sim, DISK_SIM_RENAME, 1, 0, EIO);
	ck_assert(!disk_rename(d, "a", "b", &e));
	ck_assert(disk_rename(d, "a", "b", &e));
	disk_sim_fail(sim, DISK_SIM_SYNC_DIR, 1, 0, EIO);
	ck_assert(!disk_sync_dir(d, ".", &e));
	ck_assert(disk_sync_dir(d, ".", &e));
}
END_TEST

START_TEST(capacity_is_a_wall)
{
	struct disk_file *f = open_file("a", DISK_CREATE), *r;

	disk_sim_capacity(sim, 100);
	r = open_file("r", DISK_CREATE);
	ck_assert(disk_reserve(r, 60, &e));
	ck_assert(!disk_reserve(r, 101, &e));
	disk_close(r);
	ck_assert_int_eq(disk_free_bytes(d), 40);
	ck_assert(disk_write(f, "0123456789012345678901234567890123456789", 40, &e));
	ck_assert(!disk_write(f, "x", 1, &e));
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert(disk_remove(d, "r", &e));
	ck_assert(disk_write(f, "x", 1, &e));
	ck_assert(disk_truncate(f, 0, &e));
	ck_assert_int_eq(disk_free_bytes(d), 100);
	disk_close(f);
}
END_TEST

START_TEST(power_off_stops_everything_until_the_cut)
{
	struct disk_file *f = open_file("a", DISK_CREATE);

	disk_sim_power_off_after(sim, 1);
	ck_assert(disk_write(f, "1", 1, &e));
	ck_assert(!disk_write(f, "2", 1, &e));
	ck_assert(disk_sim_power_is_off(sim));
	ck_assert(!disk_sync(f, &e));
	disk_sim_power_cut(sim, 1); /* odd luck: everything survives */
	ck_assert(!disk_write(f, "3", 1, &e)); /* dead */
	disk_close(f);
	ck_assert_str_eq(get(sim, "a"), "1");
	put("a", "2", true);
	ck_assert_str_eq(get(sim, "a"), "12");
}
END_TEST

START_TEST(a_lying_disk_keeps_no_promise)
{
	disk_sim_lie(sim, 100, 1);
	put("a", "x", true);
	ck_assert(disk_sync_dir(d, ".", &e));
	disk_sim_power_cut(sim, 0);
	ck_assert(get(sim, "a") == NULL);
}
END_TEST

static void count_one(void *arg)
{
	++*(int *)arg;
}

static void join(const char *name, void *arg)
{
	buf_print(arg, "%s ", name);
}

START_TEST(behaves_like_a_file_system)
{
	struct disk_file *f;
	struct buf names = {0};
	int seen = 0;

	disk_sim_watch(sim, count_one, &seen);
	ck_assert(!disk_open(d, "none/a", DISK_CREATE, &f, &e));
	ck_assert_int_eq(e.kind, ERR_NOT_FOUND);
	ck_assert(disk_make_dir(d, "b/c", &e));
	put("b/z", "z", false);
	put("b/y", "y", false);
	ck_assert(disk_list(d, "b", join, &names, &e));
	ck_assert_str_eq(buf_str(&names), "c y z ");
	ck_assert(disk_rename(d, "b/y", "b/z", &e));
	ck_assert_str_eq(get(sim, "b/z"), "y");
	ck_assert(!disk_remove(d, "b", &e));
	ck_assert(disk_remove(d, "b/c", &e));
	ck_assert(!disk_list(d, "b/c", join, &names, &e));
	ck_assert(!disk_open(d, "b", 0, &f, &e));
	ck_assert(!disk_rename(d, "none", "b/z", &e));
	ck_assert(get(sim, "b") == NULL);
	/* open of "b" creates nothing and is not counted, nor are list and read */
	ck_assert_int_eq(seen, 10);
	ck_assert_int_eq(disk_sim_operations(sim), 10);
	buf_finish(&names);
}
END_TEST

Suite *suite_disk_sim(void);
Suite *suite_disk_sim(void)
{
	Suite *s = suite_create("disk_sim");
	TCase *t = tcase_create("disk_sim");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, promised_bytes_and_names_survive_every_seed);
	tcase_add_test(t, unpromised_bytes_survive_wholly_partly_or_not);
	tcase_add_test(t, names_need_the_folder_synced);
	tcase_add_test(t, truncation_may_be_undone);
	tcase_add_test(t, what_is_written_over_is_old_or_new_sector_by_sector);
	tcase_add_test(t, an_exchange_happens_whole_or_not_at_all);
	tcase_add_test(t, failed_sync_forgets_what_was_unsynced);
	tcase_add_test(t, faults_count_down_and_repeat);
	tcase_add_test(t, capacity_is_a_wall);
	tcase_add_test(t, power_off_stops_everything_until_the_cut);
	tcase_add_test(t, a_lying_disk_keeps_no_promise);
	tcase_add_test(t, behaves_like_a_file_system);
	suite_add_tcase(s, t);
	return s;
}
