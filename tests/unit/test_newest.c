/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/newest.h"

#include "proof/tile.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static struct disk_sim *sim;
static struct disk *disk;
static struct err e;

static void setup(void)
{
	sim = disk_sim_create();
	disk = disk_sim_disk(sim);
}

static void teardown(void)
{
	disk_sim_destroy(sim);
}

static int newest(void)
{
	int k = -1;

	ck_assert_msg(newest_log(disk, &k, &e), "%s", e.text);
	return k;
}

START_TEST(the_largest_number_counts_and_strange_names_do_not)
{
	ck_assert_int_eq(newest(), 0);
	ck_assert(disk_make_dir(disk, "log-x", &e) && disk_make_dir(disk, "log-1", &e));
	ck_assert_int_eq(newest(), 0);
	ck_assert(disk_make_dir(disk, "log", &e));
	ck_assert_int_eq(newest(), 1);
	ck_assert(disk_make_dir(disk, "log-9", &e) && disk_make_dir(disk, "log-10", &e));
	ck_assert_int_eq(newest(), 10);
	ck_assert(disk_make_dir(disk, "log-2000000000", &e));
	ck_assert_int_eq(newest(), 10);
}
END_TEST

static int64_t base_of(const char *first)
{
	struct journal *j;
	int64_t n, base = -1;

	ck_assert(journal_open(&j, disk, LOG_DIR, &e));
	ck_assert(first[0] == '\0' || journal_append(j, first, strlen(first), &n, &e));
	ck_assert(newest_base(j, &base, &e));
	journal_close(j);
	return base;
}

START_TEST(the_first_entry_says_the_base)
{
	ck_assert_int_eq(base_of(""), 0);
	ck_assert_int_eq(base_of("{\"base\":17}"), 17);
	ck_assert_int_eq(base_of("{\"base\":18}"), 17);
}
END_TEST

START_TEST(an_entry_that_does_not_say_it_means_none)
{
	ck_assert_int_eq(base_of("{\"base\":\"x\"}"), 0);
}
END_TEST

static int64_t head_size(void)
{
	struct checkpoint c = {.size = 0};

	e = (struct err){0};
	return newest_head(disk, &c, &e) ? c.size : -(int64_t)e.kind;
}

static void sign(const char *path, int64_t size)
{
	static const uint8_t seed[NOTE_SEED_BYTES] = {5};
	struct checkpoint c = {.origin = "vangxa/thu", .size = size};
	struct note_signer s;
	struct buf b = {0};

	note_signer_make(&s, "vangxa/thu", NOTE_ED25519, seed);
	checkpoint_sign(&c, &s, &b);
	ck_assert(disk_put(disk, path, b.data, b.len, &e));
	buf_finish(&b);
}

START_TEST(the_head_is_that_of_the_newest_log_that_has_one)
{
	ck_assert_int_eq(head_size(), -ERR_NOT_FOUND);
	ck_assert(disk_make_dir(disk, "log", &e) && disk_make_dir(disk, "log-2", &e));
	ck_assert_int_eq(head_size(), -ERR_NOT_FOUND);
	sign("log/checkpoint", 17);
	ck_assert_int_eq(head_size(), 17);
	sign("log-2/checkpoint", 3);
	ck_assert_int_eq(head_size(), 3);
	ck_assert(disk_put(disk, "log-2/checkpoint", "x", 1, &e));
	ck_assert_int_eq(head_size(), -ERR_DAMAGED); /* and not silently an older one */
}
END_TEST

Suite *suite_newest(void);
Suite *suite_newest(void)
{
	Suite *s = suite_create("newest");
	TCase *t = tcase_create("newest");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, the_largest_number_counts_and_strange_names_do_not);
	tcase_add_test(t, the_first_entry_says_the_base);
	tcase_add_test(t, the_head_is_that_of_the_newest_log_that_has_one);
	tcase_add_test(t, an_entry_that_does_not_say_it_means_none);
	suite_add_tcase(s, t);
	return s;
}
