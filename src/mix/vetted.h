/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Vetted masters: files whose bytes were found to be those that somebody approved, read so that
 * nobody can put others in their place between the look and the use. */
#ifndef VX_MIX_VETTED_H
#define VX_MIX_VETTED_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The whole file is hashed before anything of it is used. On that way each part of it gets a digest
 * of its own, and a part that is read later is used only if it still has it: somebody may write
 * into the very file that is open (cp does). The roads not taken: to keep the bytes (an hour is
 * 300 MB), or to hash again at the end (by then it has aired). */
#define VETTED_PART_BYTES 65536
#define VETTED_OTHER INT64_C(-2)

struct vetted;

/* The digests of the file, whose SHA-256 must be `sha256`: ERR_DIFFERS if it is not. Reads all of
 * it, as fast as the disk gives it, unless this process has vetted the same file before and neither
 * inode, size nor times of change are others. Any thread; waits for nobody but the disk. */
struct vetted *vetted_get(int fd, const char *sha256, struct err *e);

/* NULL is fine. Any thread. */
void vetted_release(struct vetted *v);

/* Part number `part` of the file (from 0 on) into bytes[VETTED_PART_BYTES]: how many there are, 0
 * behind the last, −1 if the disk does not give them, VETTED_OTHER if they are not those that were
 * vetted. */
int64_t vetted_read(const struct vetted *v, int fd, int64_t part, uint8_t *bytes);

/* True if the file is remembered as it is now: to get it costs nothing. Any thread. */
bool vetted_known(const char *path, const char *sha256);

#endif
