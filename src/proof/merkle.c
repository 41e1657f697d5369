/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "proof/merkle.h"

#include "base/must.h"

#include <nettle/sha2.h>
#include <string.h>

bool hash_equal(const struct hash *a, const struct hash *b)
{
	return memcmp(a->bytes, b->bytes, HASH_BYTES) == 0;
}

void merkle_leaf(const void *data, size_t len, struct hash *out)
{
	struct sha256_ctx s;

	sha256_init(&s);
	sha256_update(&s, 1, (const uint8_t *)"\x00");
	sha256_update(&s, len, data);
	sha256_digest(&s, HASH_BYTES, out->bytes);
}

void merkle_node(const struct hash *left, const struct hash *right, struct hash *out)
{
	struct sha256_ctx s;

	sha256_init(&s);
	sha256_update(&s, 1, (const uint8_t *)"\x01");
	sha256_update(&s, HASH_BYTES, left->bytes);
	sha256_update(&s, HASH_BYTES, right->bytes);
	sha256_digest(&s, HASH_BYTES, out->bytes);
}

/* As adding 1 in binary: equal subtrees merge and carry. */
void merkle_add(struct merkle *m, int level, const struct hash *subtree)
{
	struct hash carry = *subtree;

	must(level >= 0 && level < MERKLE_LEVELS);
	int64_t step = INT64_C(1) << level;
	must(m->size % step == 0 && m->size <= INT64_MAX - step);
	for (; m->size >> level & 1; level++)
		merkle_node(&m->peaks[level], &carry, &carry);
	m->peaks[level] = carry;
	m->size += step;
}

void merkle_join(struct merkle *m, const struct merkle *part)
{
	for (int i = MERKLE_LEVELS - 1; i >= 0; i--)
		if (part->size >> i & 1)
			merkle_add(m, i, &part->peaks[i]);
}

void merkle_root(const struct merkle *m, struct hash *root)
{
	bool begun = false;

	for (int i = 0; i < MERKLE_LEVELS; i++) {
		if ((m->size >> i & 1) == 0)
			continue;
		if (begun)
			merkle_node(&m->peaks[i], root, root);
		else
			*root = m->peaks[i];
		begun = true;
	}
	if (!begun) {
		struct sha256_ctx s;

		sha256_init(&s);
		sha256_digest(&s, HASH_BYTES, root->bytes);
	}
}

/* Where fn is a node's number on its level and sn the last one's: a right child has its sibling on
 * the left; a left one has none if it is the last of its level. RFC 9162, 2.1.3.2, says it as
 * steps. */
bool merkle_climb(int64_t n, int64_t size, const struct hash *leaf, const struct hash *path,
		  int count, struct hash *root)
{
	int64_t fn = n, sn = size - 1;

	if (n < 0 || n >= size)
		return false;
	*root = *leaf;
	for (int i = 0; i < count; i++) {
		if (sn == 0)
			return false;
		if ((fn & 1) || fn == sn) {
			merkle_node(&path[i], root, root);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		} else {
			merkle_node(root, &path[i], root);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0;
}

/* RFC 9162, 2.1.4.2. */
bool merkle_extends(int64_t old, const struct hash *old_root, int64_t size,
		    const struct hash *root, const struct hash *path, int count)
{
	int64_t fn = old - 1, sn = size - 1;
	struct hash was, is;
	int at = 0;

	if (old < 1 || old > size)
		return false;
	if (old == size)
		return count == 0 && hash_equal(old_root, root);
	for (; fn & 1; fn >>= 1)
		sn >>= 1;
	/* A whole subtree is not in the path: whoever asks has it as old_root. */
	if (fn != 0 && count == 0)
		return false;
	was = is = fn == 0 ? *old_root : path[at++];
	for (; at < count; at++) {
		if (sn == 0)
			return false;
		if ((fn & 1) || fn == sn) {
			merkle_node(&path[at], &was, &was);
			merkle_node(&path[at], &is, &is);
			for (; (fn & 1) == 0 && fn != 0; fn >>= 1)
				sn >>= 1;
		} else {
			merkle_node(&is, &path[at], &is);
		}
		fn >>= 1;
		sn >>= 1;
	}
	return sn == 0 && hash_equal(&was, old_root) && hash_equal(&is, root);
}
