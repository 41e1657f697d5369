/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tiles above the first two levels, in a log that is large enough to have them. */
#include "support/log_sample.h"
#include "support/notary_case.h"
#include "support/verify_case.h"

#include <check.h>
#include <string.h>

#define ENTRIES (STRETCH_ENTRIES * 2 + 300)

static struct disk_sim *sim;
static struct disk *disk;
static struct verdict v;

static const struct finding *first_now(void)
{
	verdict_finish(&v);
	ck_assert(verify_case(disk, NULL, false, &v));
	return verdict_first(&v);
}

/* Changes one hash of a tile, and puts it back. */
static void check_hash(const char *path, int hash, int64_t n)
{
	struct buf b = {0};

	verify_case_read(disk, path, &b);
	b.data[hash * HASH_BYTES + 5] ^= 1;
	verify_case_put(disk, path, b.data, b.len);
	const struct finding *f = first_now();
	ck_assert_msg(f != NULL, "%s %d", path, hash);
	ck_assert_str_eq(f->code, "tile-differs");
	ck_assert_str_eq(f->file, path);
	ck_assert_int_eq(f->n, n);
	b.data[hash * HASH_BYTES + 5] ^= 1;
	verify_case_put(disk, path, b.data, b.len);
	buf_finish(&b);
}

static void check_missing(const char *path, int64_t n)
{
	struct buf b = {0};

	verify_case_read(disk, path, &b);
	verify_case_put(disk, path, NULL, 0);
	const struct finding *f = first_now();
	ck_assert_msg(f != NULL, "%s", path);
	ck_assert_str_eq(f->code, "tile-missing");
	ck_assert_str_eq(f->file, path);
	ck_assert_int_eq(f->n, n);
	verify_case_put(disk, path, b.data, b.len);
	buf_finish(&b);
}

START_TEST(each_level_is_compared)
{
	sim = verify_case_make(ENTRIES);
	disk = disk_sim_disk(sim);
	ck_assert(first_now() == NULL);
	ck_assert_int_eq(v.checks[CHECK_ENTRIES].count, ENTRIES);
	check_hash("log/tile/0/511", 3, 511 * 256 + 3);
	check_hash("log/tile/1/000", 7, 7 * 256);
	check_hash("log/tile/1/001", 255, (256 + 255) * 256);
	check_hash("log/tile/1/002.p/1", 0, 512 * 256);
	check_hash("log/tile/2/000.p/2", 1, STRETCH_ENTRIES);
	check_missing("log/tile/0/300", 300 * 256);
	check_missing("log/tile/1/001", STRETCH_ENTRIES);
	check_missing("log/tile/2/000.p/2", 0);
	ck_assert(first_now() == NULL);
	verdict_finish(&v);
	disk_sim_destroy(sim);
}
END_TEST

/* With its hash an entry can be changed unseen on level 0; the level above tells where. */
START_TEST(an_entry_changed_with_its_hash_is_narrowed_down)
{
	struct buf b = {0}, tile = {0};
	struct hash leaf;
	int len;
	char text[301];

	sim = verify_case_make(1000);
	disk = disk_sim_disk(sim);
	verify_case_read(disk, "log/tile/entries/002", &b);
	verify_case_read(disk, "log/tile/0/002", &tile);
	len = verify_case_text(512, text);
	b.data[2 + 22] = '9'; /* the minute */
	memcpy(text, b.data + 2, (size_t)len + 1);
	merkle_leaf(text, (size_t)len + 1, &leaf);
	memcpy(tile.data, leaf.bytes, HASH_BYTES);
	verify_case_put(disk, "log/tile/entries/002", b.data, b.len);
	verify_case_put(disk, "log/tile/0/002", tile.data, tile.len);
	const struct finding *f = first_now();
	ck_assert(f != NULL);
	ck_assert_str_eq(f->code, "entries-changed");
	ck_assert_int_eq(f->n, 512);
	verdict_finish(&v);
	buf_finish(&b);
	buf_finish(&tile);
	disk_sim_destroy(sim);
}
END_TEST

/* After a power cut tiles may lag behind the entries; after a kill of the program they do not, and
 * then a log without them is no whole one. */
static const char *code_in(const char *boot)
{
	struct verify_setup how = {.boot = boot, .threads = 1};
	struct verify all;

	verdict_finish(&v);
	verdict_init(&v);
	ck_assert(verify_open(&all, case_disk(), &how, &v, &case_err));
	verify_logs(&all, &how, &v);
	verify_close(&all);
	const struct finding *f = verdict_first(&v);
	return f != NULL ? f->code : "";
}

START_TEST(hashes_are_owed_by_a_log_that_nobody_closed)
{
	case_setup();
	for (int i = 0; i < 40; i++)
		case_append(log_sample_note("x", NULL, "user:1"));
	ck_assert_str_eq(code_in("boot-1"), "");
	ck_assert_str_eq(code_in(NULL), "");
	verify_case_put(case_disk(), "log/tile/0/000.p/40", NULL, 0);
	ck_assert_str_eq(code_in("boot-1"), "tile-missing");
	ck_assert_str_eq(code_in("boot-2"), "");
	ck_assert_str_eq(code_in(NULL), "");
	verdict_finish(&v);
	case_teardown();
}
END_TEST

Suite *suite_verify_tiles(void)
{
	Suite *s = suite_create("verify_tiles");
	TCase *t = tcase_create("levels");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, each_level_is_compared);
	tcase_add_test(t, hashes_are_owed_by_a_log_that_nobody_closed);
	tcase_add_test(t, an_entry_changed_with_its_hash_is_narrowed_down);
	suite_add_tcase(s, t);
	return s;
}
