/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/tree.h"

#include "proof/tile.h"
#include "sys/disk_sim.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define LEAVES 1100

static struct disk_sim *sim;
static struct disk *disk;
static struct tree t;
static struct err e;
static struct hash leaves[LEAVES], roots[LEAVES + 1];

static void put(int level, int64_t n, int width, const struct hash *hashes)
{
	char path[TILE_PATH_BYTES], dir[TILE_PATH_BYTES];
	struct disk_file *f;

	if (width < TILE_WIDTH)
		tile_partial_dir(LOG_DIR, level, n, dir);
	else
		tile_parent(LOG_DIR, level, n, dir);
	tile_path(LOG_DIR, level, n, width, path);
	ck_assert(disk_make_dir(disk, dir, &e));
	ck_assert(disk_open(disk, path, DISK_CREATE | DISK_FRESH, &f, &e));
	ck_assert(disk_write(f, hashes, (size_t)width * HASH_BYTES, &e));
	disk_close(f);
}

/* The tiles of all leaves, made by their definition. */
static void setup(void)
{
	struct merkle all = {0};
	struct hash above[LEAVES / 256];

	sim = disk_sim_create();
	disk = disk_sim_disk(sim);
	merkle_root(&all, &roots[0]);
	for (int i = 0; i < LEAVES; i++) {
		merkle_leaf(&i, sizeof(i), &leaves[i]);
		merkle_add(&all, 0, &leaves[i]);
		merkle_root(&all, &roots[i + 1]);
	}
	for (int n = 0; n < LEAVES / 256; n++) {
		struct merkle m = {0};

		for (int i = 0; i < 256; i++)
			merkle_add(&m, 0, &leaves[n * 256 + i]);
		merkle_root(&m, &above[n]);
		put(0, n, 256, leaves + n * 256);
	}
	put(0, LEAVES / 256, LEAVES % 256, leaves + LEAVES / 256 * 256);
	put(1, 0, LEAVES / 256, above);
}

static void teardown(void)
{
	disk_sim_destroy(sim);
}

START_TEST(roots_of_all_earlier_sizes)
{
	struct hash root;

	tree_init(&t, disk, LOG_DIR, LEAVES);
	for (int size = 0; size <= LEAVES; size++) {
		ck_assert_msg(tree_root(&t, size, &root, &e), "%s", e.text);
		ck_assert_msg(hash_equal(&root, &roots[size]), "%d", size);
	}
}
END_TEST

START_TEST(every_entry_has_its_path)
{
	static const int sizes[] = {1, 2, 3, 255, 256, 257, 511, 768, 1000, LEAVES};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		tree_init(&t, disk, LOG_DIR, sizes[i]);
		for (int n = 0; n < sizes[i]; n++) {
			struct hash path[TREE_PATH_MAX], root;
			int count;

			ck_assert_msg(tree_path(&t, n, path, &count, &e), "%s", e.text);
			ck_assert(merkle_climb(n, sizes[i], &leaves[n], path, count, &root));
			ck_assert_msg(hash_equal(&root, &roots[sizes[i]]), "%d of %d", n, sizes[i]);
		}
	}
}
END_TEST

START_TEST(every_earlier_head_is_a_beginning)
{
	static const int sizes[] = {1, 2, 7, 256, 300, 512, 1024, LEAVES};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		tree_init(&t, disk, LOG_DIR, sizes[i]);
		for (int old = 1; old <= sizes[i]; old++) {
			struct hash path[TREE_PATH_MAX];
			int count;

			ck_assert_msg(tree_extension(&t, old, path, &count, &e), "%s", e.text);
			ck_assert_msg(merkle_extends(old, &roots[old], sizes[i], &roots[sizes[i]],
						     path, count), "%d of %d", old, sizes[i]);
		}
	}
}
END_TEST

START_TEST(a_missing_or_short_tile_is_named)
{
	struct hash path[TREE_PATH_MAX], root;
	int count;

	tree_init(&t, disk, LOG_DIR, LEAVES);
	ck_assert(disk_remove(disk, "log/tile/0/001", &e));
	ck_assert(!tree_path(&t, 300, path, &count, &e));
	ck_assert_msg(strstr(e.text, "log/tile/0/001") != NULL, "%s", e.text);
	put(0, 1, 255, leaves + 256); /* one hash less than it must have */
	ck_assert(!tree_path(&t, 300, path, &count, &e));
	ck_assert(tree_path(&t, 10, path, &count, &e));
	tree_init(&t, disk, "log-2", 5);
	ck_assert(!tree_root(&t, 5, &root, &e));
}
END_TEST

Suite *suite_tree(void);
Suite *suite_tree(void)
{
	Suite *s = suite_create("tree");
	TCase *tc = tcase_create("tree");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, roots_of_all_earlier_sizes);
	tcase_add_test(tc, every_entry_has_its_path);
	tcase_add_test(tc, every_earlier_head_is_a_beginning);
	tcase_add_test(tc, a_missing_or_short_tile_is_named);
	suite_add_tcase(s, tc);
	return s;
}
