/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/recent.h"

#include "base/limits.h"
#include "proof/bundle.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *d;
static struct recent *r;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
	d = disk_sim_disk(sim);
	ck_assert(disk_make_dir(d, "log", &e) && disk_sync_dir(d, ".", &e));
	ck_assert_msg(recent_create(&r, d, "log", &e), "%s", e.text);
}

static void teardown(void)
{
	recent_close(r);
	r = NULL;
	disk_sim_destroy(sim);
}

static int text_of(int64_t n, int pad, char *out)
{
	int len = snprintf(out, 40, "{\"n\":%d,\"x\":\"", (int)n);

	memset(out + len, 'x', (size_t)pad);
	memcpy(out + len + pad, "\"}\n", 4);
	return len + pad + 3;
}

static bool put(int64_t n, int pad)
{
	static char text[ENTRY_BYTES_MAX + 100];
	int len = text_of(n, pad, text);

	if (!recent_has_room(r, (size_t)len))
		recent_settled(r);
	return recent_put(r, n, text, (size_t)len, &e);
}

static void check_there(struct disk_sim *on, int64_t from, int64_t to, int pad)
{
	static char text[ENTRY_BYTES_MAX + 100];
	struct recent_found found;

	ck_assert(recent_read(disk_sim_disk(on), "log", &found));
	for (int64_t n = from; n < to; n++) {
		const struct recent_entry *own = recent_find(&found, n);
		int len = text_of(n, pad, text);

		ck_assert_msg(own != NULL, "entry %d", (int)n);
		ck_assert(own->len == (size_t)len && memcmp(own->text, text, own->len) == 0);
	}
	ck_assert_int_eq(found.last, to - 1);
	recent_found_finish(&found);
}

START_TEST(the_newest_half_is_always_there_after_the_worst_cut)
{
	for (int64_t n = 0; n < 400; n++) {
		ck_assert_msg(put(n, 700), "%s", e.text);
		struct disk_sim *s = disk_sim_survivor(sim, n % 3 == 0 ? 0 : (uint64_t)n);
		check_there(s, n < 32 ? 0 : n - 31, n + 1, 700);
		disk_sim_destroy(s);
	}
}
END_TEST

START_TEST(long_entries_take_several_blocks_and_wrap)
{
	for (int64_t n = 0; n < 60; n++) {
		ck_assert_msg(put(n, ENTRY_BYTES_MAX - 40), "%s", e.text);
		check_there(sim, n < 6 ? 0 : n - 5, n + 1, ENTRY_BYTES_MAX - 40);
	}
}
END_TEST

START_TEST(a_cut_in_the_middle_touches_none_that_was_put)
{
	for (int64_t n = 0; n < 100; n++)
		ck_assert(put(n, 900));
	/* The write happens, its sync does not. */
	disk_sim_power_off_after(sim, 1);
	ck_assert(!put(100, 900));
	for (uint64_t seed = 0; seed < 64; seed++) {
		struct disk_sim *s = disk_sim_survivor(sim, seed);
		struct recent_found found;

		ck_assert(recent_read(disk_sim_disk(s), "log", &found));
		for (int64_t n = 69; n < 100; n++)
			ck_assert(recent_find(&found, n) != NULL);
		ck_assert(found.last == 99 || found.last == 100);
		recent_found_finish(&found);
		disk_sim_destroy(s);
	}
}
END_TEST

START_TEST(a_failed_sync_is_told)
{
	disk_sim_fail(sim, DISK_SIM_SYNC, 1, 0, EIO);
	ck_assert(!put(0, 10));
	disk_sim_fail(sim, DISK_SIM_WRITE, 1, 0, EIO);
	ck_assert(!put(0, 10));
}
END_TEST

static void change(size_t at, char to)
{
	struct disk_file *f;

	ck_assert(disk_open(d, "log/recent", DISK_IN_PLACE, &f, &e));
	ck_assert(disk_write_at(f, (int64_t)at, &to, 1, &e));
	disk_close(f);
}

START_TEST(changed_blocks_are_passed_over)
{
	struct recent_found found;

	for (int64_t n = 0; n < 5; n++)
		ck_assert(put(n, 100));
	change(RECENT_BLOCK_BYTES + 0, '7');		 /* another number */
	change(2 * RECENT_BLOCK_BYTES + 40, 'y');	 /* another text */
	change(3 * RECENT_BLOCK_BYTES + 1, '-');
	ck_assert(recent_read(d, "log", &found));
	ck_assert_int_eq(found.count, 2);
	ck_assert(recent_find(&found, 0) != NULL && recent_find(&found, 4) != NULL);
	recent_found_finish(&found);
}
END_TEST

START_TEST(any_bytes_may_stand_there)
{
	struct recent_found found;
	struct disk_file *f;
	static char junk[RECENT_BLOCKS * RECENT_BLOCK_BYTES];
	static const char *const heads[] = {"", "1", "1 2", "1 2 3\n", "-1 5 0\n{}\n",
					    "0 99999999999 0\n", "99999999999999999999 3 0\n{}\n"};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		memcpy(junk + i * RECENT_BLOCK_BYTES, heads[i], strlen(heads[i]));
	/* A length that ends behind the file. */
	memcpy(junk + sizeof(junk) - RECENT_BLOCK_BYTES, "3 9000 0\n", 9);
	for (size_t len = 0; len < sizeof(junk); len += 5000) {
		ck_assert(disk_open(d, "log/recent", DISK_CREATE | DISK_FRESH, &f, &e));
		ck_assert(disk_write(f, junk, len, &e));
		disk_close(f);
		ck_assert(recent_read(d, "log", &found));
		ck_assert_int_eq(found.count, 0);
		recent_found_finish(&found);
	}
}
END_TEST

static void add_entry(struct buf *b, const char *text)
{
	uint8_t header[2];

	bundle_header(strlen(text) + 1, header);
	buf_add(b, header, 2);
	buf_add(b, text, strlen(text));
	buf_add(b, "\n", 1);
}

START_TEST(what_was_put_counts_more_than_the_bundle)
{
	struct recent_found found;
	struct buf own = {0}, out = {0}, want = {0};

	ck_assert(recent_put(r, 257, "{\"b\":1}\n", 8, &e));
	ck_assert(recent_put(r, 258, "{\"c\":1}\n", 8, &e));
	ck_assert(recent_put(r, 300, "{\"d\":1}\n", 8, &e)); /* those before it are gone */
	add_entry(&own, "{\"a\":1}");
	add_entry(&own, "{\"x\":1234}");
	ck_assert(recent_read(d, "log", &found));
	ck_assert_int_eq(recent_merge(&found, 1, own.data, own.len, &out), 3);
	add_entry(&want, "{\"a\":1}");
	add_entry(&want, "{\"b\":1}");
	add_entry(&want, "{\"c\":1}");
	ck_assert(out.len == want.len && memcmp(out.data, want.data, out.len) == 0);
	buf_reset(&out);
	ck_assert_int_eq(recent_merge(&found, 0, own.data, own.len, &out), 2);
	recent_found_finish(&found);
	buf_finish(&own);
	buf_finish(&out);
	buf_finish(&want);
}
END_TEST

START_TEST(it_can_be_taken_away)
{
	struct recent_found found;

	ck_assert(recent_remove(d, "log", &e));
	ck_assert(!recent_read(d, "log", &found));
	ck_assert(recent_remove(d, "log", &e));
}
END_TEST

Suite *suite_recent(void);
Suite *suite_recent(void)
{
	Suite *s = suite_create("recent");
	TCase *t = tcase_create("recent");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_set_timeout(t, 60);
	tcase_add_test(t, the_newest_half_is_always_there_after_the_worst_cut);
	tcase_add_test(t, long_entries_take_several_blocks_and_wrap);
	tcase_add_test(t, a_cut_in_the_middle_touches_none_that_was_put);
	tcase_add_test(t, a_failed_sync_is_told);
	tcase_add_test(t, changed_blocks_are_passed_over);
	tcase_add_test(t, any_bytes_may_stand_there);
	tcase_add_test(t, what_was_put_counts_more_than_the_bundle);
	tcase_add_test(t, it_can_be_taken_away);
	suite_add_tcase(s, t);
	return s;
}
