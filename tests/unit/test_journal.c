/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/journal.h"

#include "proof/bundle.h"
#include "proof/tile.h"
#include "sys/chance.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct disk_sim *sim;
static struct journal *j;
static struct err e;

static struct journal *open_on(struct disk_sim *on)
{
	struct journal *made;

	ck_assert_msg(journal_open(&made, disk_sim_disk(on), LOG_DIR, &e), "%s", e.text);
	return made;
}

static void setup(void)
{
	sim = disk_sim_create();
	j = open_on(sim);
}

static void teardown(void)
{
	journal_close(j);
	disk_sim_destroy(sim);
}

/* Entry number n: its length differs, so that a shift by one would show. */
static int entry_text(int64_t n, char out[static 200])
{
	return snprintf(out, 200, "{\"n\":%d,\"x\":\"xã%0*d\"}", (int)n, 1 + (int)(n * 7 % 90), 0);
}

static bool append(void)
{
	char text[200];
	int64_t n = -1, want = journal_count(j);
	int len = entry_text(want, text);

	if (!journal_append(j, text, (size_t)len, &n, &e)) {
		ck_assert_int_eq(journal_count(j), want);
		return false;
	}
	ck_assert_int_eq(n, want);
	ck_assert_int_eq(journal_count(j), want + 1);
	return true;
}

static void append_many(int count)
{
	for (int i = 0; i < count; i++)
		ck_assert_msg(append(), "%s", e.text);
}

static bool same(int64_t n, const char *text, size_t len, void *arg)
{
	char want[200];
	int want_len = entry_text(n, want);

	/* Not ck_assert: it writes to its pipe each time, and this runs millions of times. */
	if (len != (size_t)want_len || memcmp(text, want, len) != 0)
		ck_abort_msg("entry %d", (int)n);
	++*(int64_t *)arg;
	return true;
}

/* Every entry reads back as written; the count. */
static int64_t check_all(struct journal *of)
{
	int64_t seen = 0;

	ck_assert_msg(journal_read(of, 0, journal_count(of), same, &seen, &e), "%s", e.text);
	ck_assert_int_eq(seen, journal_count(of));
	return seen;
}

static void reopen(void)
{
	journal_close(j);
	j = open_on(sim);
}

static bool there(const char *path)
{
	struct buf b = {0};
	bool ok = disk_read(disk_sim_disk(sim), path, 10 << 20, &b, &e);

	buf_finish(&b);
	return ok;
}

START_TEST(bundles_are_named_as_the_format_says)
{
	append_many(5);
	ck_assert(there("log/tile/entries/000.p/5"));
	append_many(250);
	ck_assert(there("log/tile/entries/000.p/255"));
	append_many(1);
	ck_assert(there("log/tile/entries/000"));
	ck_assert(!there("log/tile/entries/000.p/255"));
	append_many(1);
	ck_assert(there("log/tile/entries/001.p/1"));
	ck_assert_int_eq(check_all(j), 257);
	reopen();
	ck_assert_int_eq(check_all(j), 257);
	ck_assert_int_eq(journal_lost(j), 0);
}
END_TEST

START_TEST(reads_a_range_and_stops_when_told)
{
	int64_t seen = 0;

	append_many(600);
	ck_assert(journal_read(j, 250, 520, same, &seen, &e));
	ck_assert_int_eq(seen, 270);
	seen = 0;
	ck_assert(journal_read(j, 599, 600, same, &seen, &e));
	ck_assert(journal_read(j, 3, 3, same, &seen, &e));
	ck_assert_int_eq(seen, 1);
}
END_TEST

/* ---- Power cuts: one run, and at every operation of it some disks that it may leave. ---- */

struct cutting {
	int64_t acknowledged;
	int64_t operation;
	uint64_t seeds;
};

static void check_survivor(struct cutting *c, uint64_t seed)
{
	struct disk_sim *s = disk_sim_survivor(sim, seed);
	struct journal *first = open_on(s);
	int64_t count = check_all(first);

	ck_assert_msg(count >= c->acknowledged && count <= c->acknowledged + 1,
		      "operation %d seed %d: %d entries, %d acknowledged", (int)c->operation,
		      (int)seed, (int)count, (int)c->acknowledged);
	ck_assert_int_eq(journal_lost(first), 0);
	journal_close(first);
	/* Opening promised what it counted: even the worst cut now takes nothing. */
	struct disk_sim *again = disk_sim_survivor(s, 0);
	struct journal *second = open_on(again);
	ck_assert_int_eq(check_all(second), count);
	/* And a log that was repaired goes on. */
	char text[200];
	int64_t n;
	int len = entry_text(count, text);
	ck_assert(journal_append(second, text, (size_t)len, &n, &e) && n == count);
	journal_close(second);
	second = open_on(again);
	ck_assert_int_eq(check_all(second), count + 1);
	journal_close(second);
	disk_sim_destroy(again);
	disk_sim_destroy(s);
}

static void cut_here(void *arg)
{
	struct cutting *c = arg;

	c->operation++;
	/* Seeds 0 and 1 of 8 are nothing and everything; the others differ from place to place. */
	for (uint64_t i = 0; i < c->seeds; i++)
		check_survivor(c, i < 2 ? i : (uint64_t)c->operation * 64 + 2 + i);
}

static void run_with_cuts(int appends, uint64_t seeds)
{
	struct cutting c = {.seeds = seeds};

	journal_close(j);
	disk_sim_destroy(sim);
	sim = disk_sim_create();
	disk_sim_watch(sim, cut_here, &c);
	j = open_on(sim);
	for (int i = 0; i < appends; i++) {
		append_many(1);
		c.acknowledged = journal_count(j);
	}
	disk_sim_watch(sim, NULL, NULL);
	ck_assert_int_gt(c.operation, 3 * appends - 10);
}

START_TEST(power_cut_at_every_operation_loses_nothing_acknowledged)
{
	run_with_cuts(600, 4);
}
END_TEST

START_TEST(power_cut_with_many_seeds_at_the_border_of_a_bundle)
{
	append_many(250);
	struct cutting c = {.acknowledged = 250, .seeds = 40};
	disk_sim_watch(sim, cut_here, &c);
	for (int i = 0; i < 12; i++) {
		append_many(1);
		c.acknowledged = journal_count(j);
	}
	disk_sim_watch(sim, NULL, NULL);
}
END_TEST

START_TEST(power_cut_again_and_again)
{
	struct chance chance = {1};
	int64_t acknowledged = 0;

	for (int life = 0; life < 400; life++) {
		disk_sim_power_off_after(sim, (int64_t)chance_below(&chance, 40));
		while (append())
			acknowledged = journal_count(j);
		journal_close(j);
		disk_sim_power_cut(sim, chance_next(&chance));
		/* The power may go again while the log is being opened. */
		disk_sim_power_off_after(sim, (int64_t)chance_below(&chance, 12));
		while (!journal_open(&j, disk_sim_disk(sim), LOG_DIR, &e)) {
			ck_assert(disk_sim_power_is_off(sim));
			disk_sim_power_cut(sim, chance_next(&chance));
		}
		disk_sim_power_off_after(sim, -1);
		ck_assert_int_ge(check_all(j), acknowledged);
		ck_assert_int_eq(journal_lost(j), 0);
		acknowledged = journal_count(j);
	}
	ck_assert_int_gt(acknowledged, 1000);
}
END_TEST

/* ---- Disks that fail. ---- */

START_TEST(failed_writes_and_syncs_append_nothing_and_heal)
{
	static const enum disk_sim_fault faults[] = {DISK_SIM_WRITE, DISK_SIM_SYNC, DISK_SIM_RENAME,
						     DISK_SIM_SYNC_DIR};
	struct chance chance = {2};

	for (int i = 0; i < 1500; i++) {
		disk_sim_fail(sim, faults[i % 4], 1 + (int)chance_below(&chance, 3),
			      (int)chance_below(&chance, 3), EIO);
		append();
		if (i % 50 == 49) { /* whatever was acknowledged is really there */
			int64_t count = journal_count(j);

			for (int k = 0; k < DISK_SIM_FAULTS; k++)
				disk_sim_fail(sim, (enum disk_sim_fault)k, 0, 0, 0);
			journal_close(j);
			disk_sim_power_cut(sim, i % 3 == 0 ? 0 : chance_next(&chance));
			j = open_on(sim);
			ck_assert_int_ge(check_all(j), count);
			ck_assert_int_eq(journal_lost(j), 0);
		}
	}
	ck_assert_int_gt(journal_count(j), 100);
}
END_TEST

START_TEST(full_disk_gives_up_the_reserve_first)
{
	struct disk *d = disk_sim_disk(sim);
	struct disk_file *f;
	int more = 0;

	disk_sim_capacity(sim, 5 * LOG_RESERVE_BYTES);
	reopen();
	ck_assert(there("log/reserve"));
	ck_assert(!journal_reserve_gone(j));
	ck_assert(disk_open(d, "big", DISK_CREATE, &f, &e));
	ck_assert(disk_reserve(f, disk_free_bytes(d), &e));
	append_many(3); /* the first of them makes room */
	ck_assert(journal_reserve_gone(j));
	ck_assert(!there("log/reserve"));
	ck_assert(disk_truncate(f, 0, &e));
	ck_assert(disk_reserve(f, disk_free_bytes(d) + disk_size(f) - 1000, &e));
	disk_close(f);
	while (append())
		more++;
	ck_assert_int_eq(e.kind, ERR_NO_SPACE);
	ck_assert(more > 5 && more < 100);
	ck_assert_int_eq(check_all(j), 3 + more);
	ck_assert(disk_remove(d, "big", &e));
	append_many(1);
	reopen();
	ck_assert_int_eq(check_all(j), 4 + more);
	ck_assert(!journal_reserve_gone(j)); /* room again */
}
END_TEST

START_TEST(small_disk_has_no_reserve_and_works)
{
	disk_sim_destroy(sim);
	sim = disk_sim_create();
	disk_sim_capacity(sim, 1 << 20);
	journal_close(j);
	j = open_on(sim);
	ck_assert(!there("log/reserve"));
	ck_assert(journal_reserve_gone(j));
	append_many(10);
}
END_TEST

/* ---- Files that somebody else changed. ---- */

static void put(const char *path, const void *data, size_t len)
{
	struct disk_file *f;

	ck_assert_msg(disk_open(disk_sim_disk(sim), path, DISK_CREATE | DISK_FRESH, &f, &e), "%s",
		      e.text);
	ck_assert(disk_write(f, data, len, &e) && disk_sync(f, &e));
	disk_close(f);
}

START_TEST(missing_bundle_is_told_not_papered_over)
{
	append_many(600);
	journal_close(j);
	j = NULL;
	ck_assert(disk_remove(disk_sim_disk(sim), "log/tile/entries/001", &e));
	ck_assert(!journal_open(&j, disk_sim_disk(sim), LOG_DIR, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	put("log/tile/entries/001", "damaged", 7);
	reopen();
	int64_t seen = 0;
	ck_assert(!journal_read(j, 0, 600, same, &seen, &e));
	ck_assert_int_eq(e.kind, ERR_DIFFERS);
	ck_assert_int_eq(seen, 256);
}
END_TEST

START_TEST(lost_entries_are_counted_and_the_rest_is_kept)
{
	struct buf b = {0};
	char text[200];

	append_many(20);
	journal_close(j);
	ck_assert(disk_read(disk_sim_disk(sim), "log/tile/entries/000.p/20", 1 << 20, &b, &e));
	size_t at = 0;
	for (int i = 0; i < 5; i++)
		at += 2 + (size_t)entry_text(i, text) + 1;
	b.data[at + 4] = '\0'; /* within the sixth */
	put("log/tile/entries/000.p/20", b.data, b.len);
	buf_finish(&b);
	j = open_on(sim);
	ck_assert_int_eq(check_all(j), 5);
	ck_assert_int_eq(journal_lost(j), 15);
	ck_assert(there("log/damaged-5"));
	append_many(1);
	reopen();
	ck_assert_int_eq(journal_lost(j), 0);
	ck_assert_int_eq(check_all(j), 6);
}
END_TEST

START_TEST(strange_names_are_left_alone)
{
	append_many(3);
	put("log/tile/entries/000.p/new", "x", 1);
	put("log/tile/entries/000.p/3~", "x", 1);
	put("log/tile/entries/README", "x", 1);
	put("log/tile/entries/x1", "x", 1);
	reopen();
	ck_assert_int_eq(check_all(j), 3);
	ck_assert(!there("log/tile/entries/000.p/new"));
	ck_assert(there("log/tile/entries/000.p/3~"));
	append_many(300); /* 000.p cannot be removed, and that is fine */
	reopen();
	ck_assert_int_eq(check_all(j), 303);
}
END_TEST

START_TEST(many_bundles_are_found_again)
{
	char path[TILE_PATH_BYTES], dir[TILE_PATH_BYTES];
	int64_t seen = 0;
	struct buf full = {0};

	append_many(256);
	journal_close(j);
	ck_assert(disk_read(disk_sim_disk(sim), "log/tile/entries/000", 1 << 20, &full, &e));
	for (int64_t n = 1; n < 1002; n++) {
		tile_path(LOG_DIR, TILE_ENTRIES, n, BUNDLE_ENTRIES, path);
		tile_parent(LOG_DIR, TILE_ENTRIES, n, dir);
		ck_assert(disk_make_dir(disk_sim_disk(sim), dir, &e));
		put(path, full.data, full.len);
	}
	buf_finish(&full);
	j = open_on(sim);
	ck_assert_int_eq(journal_count(j), 1002 * 256);
	char text[200];
	int64_t n;
	int len = entry_text(0, text);
	ck_assert(journal_append(j, text, (size_t)len, &n, &e));
	ck_assert_int_eq(n, 1002 * 256);
	ck_assert(there("log/tile/entries/x001/002.p/1"));
	reopen();
	ck_assert_int_eq(journal_count(j), 1002 * 256 + 1);
	ck_assert(journal_read(j, 0, 256, same, &seen, &e));
}
END_TEST

/* Bundles 1 … count − 1 as copies of 000, which is there. */
static void put_bundles(int64_t count)
{
	struct buf full = {0};
	char path[TILE_PATH_BYTES];

	ck_assert(disk_read(disk_sim_disk(sim), "log/tile/entries/000", 1 << 20, &full, &e));
	for (int64_t n = 1; n < count; n++) {
		tile_path(LOG_DIR, TILE_ENTRIES, n, BUNDLE_ENTRIES, path);
		put(path, full.data, full.len);
	}
	buf_finish(&full);
}

START_TEST(old_bundles_are_packed_and_the_newest_stay_as_they_are)
{
	int64_t seen = 0;

	append_many(256);
	journal_close(j);
	put_bundles(LOG_PLAIN_BUNDLES);
	j = open_on(sim);
	append_many(256);
	ck_assert(there("log/tile/entries/000") && there("log/tile/entries/000.gz"));
	append_many(256);
	ck_assert(!there("log/tile/entries/000") && there("log/tile/entries/001"));
	ck_assert(there("log/tile/entries/001.gz") && !there("log/tile/entries/002.gz"));
	reopen();
	ck_assert_int_eq(journal_count(j), (LOG_PLAIN_BUNDLES + 2) * 256);
	append_many(256);
	ck_assert(!there("log/tile/entries/001") && !there("log/tile/entries/003.gz"));
	ck_assert(journal_read(j, 0, 256, same, &seen, &e));
}
END_TEST

Suite *suite_journal(void);
Suite *suite_journal(void)
{
	Suite *s = suite_create("journal");
	TCase *t = tcase_create("journal");

	tcase_set_timeout(t, 120); /* sanitizers on a slow machine */
	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, bundles_are_named_as_the_format_says);
	tcase_add_test(t, reads_a_range_and_stops_when_told);
	tcase_add_test(t, power_cut_at_every_operation_loses_nothing_acknowledged);
	tcase_add_test(t, power_cut_with_many_seeds_at_the_border_of_a_bundle);
	tcase_add_test(t, power_cut_again_and_again);
	tcase_add_test(t, failed_writes_and_syncs_append_nothing_and_heal);
	tcase_add_test(t, full_disk_gives_up_the_reserve_first);
	tcase_add_test(t, small_disk_has_no_reserve_and_works);
	tcase_add_test(t, missing_bundle_is_told_not_papered_over);
	tcase_add_test(t, lost_entries_are_counted_and_the_rest_is_kept);
	tcase_add_test(t, strange_names_are_left_alone);
	tcase_add_test(t, many_bundles_are_found_again);
	tcase_add_test(t, old_bundles_are_packed_and_the_newest_stay_as_they_are);
	suite_add_tcase(s, t);
	return s;
}
