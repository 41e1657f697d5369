/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files named by the SHA-256 of their bytes (masters/, originals/): made under a temporary
 * name, synced, then renamed, so that a half-made one is never seen. */
#ifndef VX_LIBRARY_STORE_H
#define VX_LIBRARY_STORE_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_TEMP_BYTES 32
#define STORE_TEMP_PREFIX ".tmp-"

/* A file being made. Caller's memory. */
struct store {
	int dir_fd; /* of the folder */
	int fd;	    /* of the temporary file, read and write; −1 none */
	char temp[STORE_TEMP_BYTES];
};

/* Opens the folder DIR/sub (made if missing) and a temporary file in it. On failure nothing is left
 * and store_abandon is harmless. */
bool store_begin(struct store *s, const char *dir, const char *sub, struct err *e);

/* Hashes the bytes, syncs, renames to <sha256><suffix> (or drops them when that file is there with
 * the same bytes), syncs the folder, closes. On failure the store still wants store_abandon. */
bool store_commit(struct store *s, const char *suffix, char sha256[static SHA256_HEX_BYTES],
		  struct err *e);

/* Closes and removes what was not committed. May be called twice. */
void store_abandon(struct store *s);

/* Writes DIR/masters/<sha256><suffix>: what is made from that master and can be made again. Synced,
 * and under a temporary name until it is whole. */
bool store_beside(const char *dir, const char *sha256, const char *suffix, const void *bytes,
		  size_t len, struct err *e);

/* SHA-256 of a whole file from its first byte, by pread; the offset stays. */
bool store_hash(int fd, char sha256[static SHA256_HEX_BYTES], struct err *e);

/* Removes temporary files that a power cut left in DIR/sub; only while nobody ingests. */
void store_sweep(const char *dir, const char *sub);

#endif
