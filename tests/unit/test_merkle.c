/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/merkle.h"

#include <check.h>
#include <sodium.h>
#include <string.h>

#define LEAVES 70

static struct hash leaves[LEAVES];

static void setup(void)
{
	for (int i = 0; i < LEAVES; i++)
		merkle_leaf(&i, 1 + (size_t)i % sizeof(i), &leaves[i]);
}

/* The definition of RFC 6962, 2.1, word for word and slow: what the program does in another way is
 * held against it. */
static struct hash mth(int from, int to)
{
	struct hash root, left, right;
	int k = 1;

	if (from == to) {
		crypto_hash_sha256(root.bytes, NULL, 0);
		return root;
	}
	if (to - from == 1)
		return leaves[from];
	while (2 * k < to - from)
		k *= 2;
	left = mth(from, from + k);
	right = mth(from + k, to);
	merkle_node(&left, &right, &root);
	return root;
}

/* PATH(m, D[n]), 2.1.1. */
static int path_of(int m, int from, int to, struct hash *path)
{
	int k = 1, count;

	if (to - from == 1)
		return 0;
	while (2 * k < to - from)
		k *= 2;
	if (m < k) {
		count = path_of(m, from, from + k, path);
		path[count] = mth(from + k, to);
	} else {
		count = path_of(m - k, from + k, to, path);
		path[count] = mth(from, from + k);
	}
	return count + 1;
}

/* SUBPROOF(m, D[n], b), 2.1.2. */
static int subproof(int m, int from, int to, bool whole, struct hash *path)
{
	int k = 1, count;

	if (m == to - from) {
		if (!whole)
			path[0] = mth(from, to);
		return whole ? 0 : 1;
	}
	while (2 * k < to - from)
		k *= 2;
	if (m <= k) {
		count = subproof(m, from, from + k, whole, path);
		path[count] = mth(from + k, to);
	} else {
		count = subproof(m - k, from + k, to, false, path);
		path[count] = mth(from, from + k);
	}
	return count + 1;
}

/* The values that RFC 6962's authors test with (certificate-transparency, merkle tree tests). */
START_TEST(known_values)
{
	static const char empty[] =
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	static const char nothing[] =
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
	char hex[65];
	struct merkle m = {0};
	struct hash h;

	merkle_root(&m, &h);
	ck_assert_str_eq(sodium_bin2hex(hex, sizeof(hex), h.bytes, HASH_BYTES), empty);
	merkle_leaf("", 0, &h);
	ck_assert_str_eq(sodium_bin2hex(hex, sizeof(hex), h.bytes, HASH_BYTES), nothing);
}
END_TEST

START_TEST(roots_grow_as_defined)
{
	struct merkle m = {0};

	for (int i = 0; i < LEAVES; i++) {
		struct hash root, want;

		merkle_add(&m, 0, &leaves[i]);
		merkle_root(&m, &root);
		want = mth(0, i + 1);
		ck_assert_msg(hash_equal(&root, &want), "size %d", i + 1);
	}
}
END_TEST

START_TEST(whole_subtrees_may_be_added)
{
	struct merkle m = {0};
	struct hash root, want = mth(0, 49), part;

	for (int at = 0; at < 48; at += 16) {
		part = mth(at, at + 16);
		merkle_add(&m, 4, &part);
	}
	merkle_add(&m, 0, &leaves[48]);
	merkle_root(&m, &root);
	ck_assert(hash_equal(&root, &want));
	ck_assert_int_eq(m.size, 49);
}
END_TEST

START_TEST(every_path_climbs_to_the_root_and_no_other_does)
{
	for (int size = 1; size <= LEAVES; size++)
		for (int n = 0; n < size; n++) {
			struct hash path[8], root, want = mth(0, size);
			int count = path_of(n, 0, size, path);

			ck_assert(merkle_climb(n, size, &leaves[n], path, count, &root));
			ck_assert(hash_equal(&root, &want));
			ck_assert(!merkle_climb(n, size, &leaves[n], path, count + 1, &root));
			ck_assert(count == 0 ||
				  !merkle_climb(n, size, &leaves[n], path, count - 1, &root));
			int other = (n + 1) % size;
			ck_assert(!merkle_climb(other, size, &leaves[n], path, count, &root) ||
				  !hash_equal(&root, &want) || other == n);
			if (count == 0)
				continue;
			path[n % count].bytes[n % HASH_BYTES] ^= 1;
			ck_assert(merkle_climb(n, size, &leaves[n], path, count, &root));
			ck_assert(!hash_equal(&root, &want));
		}
}
END_TEST

START_TEST(what_lies_outside_has_no_path)
{
	struct hash root;

	ck_assert(!merkle_climb(-1, 3, &leaves[0], leaves, 1, &root));
	ck_assert(!merkle_climb(3, 3, &leaves[0], leaves, 1, &root));
	ck_assert(!merkle_climb(0, 0, &leaves[0], leaves, 0, &root));
}
END_TEST

START_TEST(every_older_tree_is_a_beginning_and_no_other_is)
{
	for (int size = 1; size <= LEAVES; size++)
		for (int old = 1; old <= size; old++) {
			struct hash path[10], root = mth(0, size), was = mth(0, old);
			int count = subproof(old, 0, size, true, path);

			ck_assert_msg(merkle_extends(old, &was, size, &root, path, count),
				      "%d of %d", old, size);
			ck_assert(!merkle_extends(old, &was, size, &root, path, count + 1));
			ck_assert(count == 0 ||
				  !merkle_extends(old, &was, size, &root, path, count - 1));
			struct hash wrong = was;
			wrong.bytes[old % HASH_BYTES] ^= 0x80;
			ck_assert(!merkle_extends(old, &wrong, size, &root, path, count));
			wrong = root;
			wrong.bytes[size % HASH_BYTES] ^= 0x10;
			ck_assert(!merkle_extends(old, &was, size, &wrong, path, count));
		}
	ck_assert(!merkle_extends(0, &leaves[0], 3, &leaves[0], leaves, 0));
	ck_assert(!merkle_extends(4, &leaves[0], 3, &leaves[0], leaves, 0));
}
END_TEST

Suite *suite_merkle(void);
Suite *suite_merkle(void)
{
	Suite *s = suite_create("merkle");
	TCase *t = tcase_create("merkle");

	tcase_add_checked_fixture(t, setup, NULL);
	tcase_add_test(t, known_values);
	tcase_add_test(t, roots_grow_as_defined);
	tcase_add_test(t, whole_subtrees_may_be_added);
	tcase_add_test(t, every_path_climbs_to_the_root_and_no_other_does);
	tcase_add_test(t, what_lies_outside_has_no_path);
	tcase_add_test(t, every_older_tree_is_a_beginning_and_no_other_is);
	suite_add_tcase(s, t);
	return s;
}
