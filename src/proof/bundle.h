/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entry bundles of the log as bytes (C2SP tlog-tiles). Pure. */
#ifndef VX_PROOF_BUNDLE_H
#define VX_PROOF_BUNDLE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A full bundle's bytes at most: length and entry with its newline. */
#define BUNDLE_BYTES_MAX ((int64_t)BUNDLE_ENTRIES * (2 + ENTRY_BYTES_MAX + 1))

/* The two bytes before an entry: its length, newline included, big-endian. */
void bundle_header(size_t len, uint8_t out[static 2]);

/* The whole entry at *at, if one is there: sets text and len (without the newline) and moves *at
 * behind it. False at the end and at the first byte of whatever is not an entry: no '{', a control
 * character inside, not UTF-8, no newline at its end, too long, or not all there. That is also what
 * a torn write looks like. */
bool bundle_next(const char *data, size_t data_len, size_t *at, const char **text, size_t *len);

/* Whether bytes that are no entry are what a write leaves that was cut off by a power failure: the
 * beginning of one, whatever of it is not there yet zeros or not there at all. */
bool bundle_torn(const char *data, size_t len);

#endif
