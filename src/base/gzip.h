/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gzip (RFC 1952) of whole buffers. Pure. */
#ifndef VX_BASE_GZIP_H
#define VX_BASE_GZIP_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends data, packed, to out. The same bytes for the same data, but for another version of the
 * library. */
void gzip_pack(struct buf *out, const void *data, size_t len);

/* Appends what was packed. False: it is not exactly one whole gzip member, its check sum is wrong,
 * or it holds more than `most` bytes; of those nothing is ever made. */
bool gzip_unpack(struct buf *out, const void *data, size_t len, size_t most);

/* Whether its head (RFC 1952, 2.3) is the one that gzip_pack writes. Nothing in it decides what is
 * unpacked, so that whoever changed it left no other trace. */
bool gzip_is_ours(const void *data, size_t len);

#endif
