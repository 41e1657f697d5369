/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Merkle tree of RFC 6962, section 2.1: leaves and nodes hashed, roots of growing trees, proofs
 * checked. Pure. SHA-256 by Nettle, which uses the processor's own instructions for it;
 * libsodium's, in plain C, takes three times as long. */
#ifndef VX_PROOF_MERKLE_H
#define VX_PROOF_MERKLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HASH_BYTES 32
#define MERKLE_LEVELS 63 /* trees of fewer than 2^63 leaves */

struct hash {
	uint8_t bytes[HASH_BYTES];
};

bool hash_equal(const struct hash *a, const struct hash *b);

/* SHA-256(0x00 ‖ data). */
void merkle_leaf(const void *data, size_t len, struct hash *out);

/* SHA-256(0x01 ‖ left ‖ right). out may be one of them. */
void merkle_node(const struct hash *left, const struct hash *right, struct hash *out);

/* A tree that grows leaf by leaf, of which only the roots of its whole subtrees are kept (a compact
 * range): peaks[i] is that of 2^i leaves, valid where bit i of size is set. {0} is empty. */
struct merkle {
	int64_t size;
	struct hash peaks[MERKLE_LEVELS];
};

/* Appends the root of a whole subtree of 2^level leaves; size must be a multiple of 2^level. */
void merkle_add(struct merkle *m, int level, const struct hash *subtree);

/* Appends the leaves of part, of which there are at most as many as the largest power of two that
 * divides m->size. */
void merkle_join(struct merkle *m, const struct merkle *part);

/* MTH of all leaves so far; of none: SHA-256(""). */
void merkle_root(const struct merkle *m, struct hash *root);

/* The root that leaf number n of a tree of size leaves leads to over the path (leaf's sibling
 * first; RFC 6962, 2.1.1). False when the path has not exactly the length that such a proof has. */
bool merkle_climb(int64_t n, int64_t size, const struct hash *leaf, const struct hash *path,
		  int count, struct hash *root);

/* Whether the path (RFC 6962, 2.1.2) shows that the tree of `old` leaves (at least 1) with the root
 * old_root is the beginning of the tree of `size` leaves with the root `root`. */
bool merkle_extends(int64_t old, const struct hash *old_root, int64_t size,
		    const struct hash *root, const struct hash *path, int count);

#endif
