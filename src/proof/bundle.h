/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entry bundles of the log, as bytes and as file names (C2SP tlog-tiles). Pure. */
#ifndef VX_PROOF_BUNDLE_H
#define VX_PROOF_BUNDLE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BUNDLE_DIR "log/tile/entries"
#define BUNDLE_PATH_BYTES 64
#define BUNDLES_MAX INT64_C(1000000000) /* file names of at most three groups of digits */

/* A full bundle's bytes at most: length and entry with its newline. */
#define BUNDLE_BYTES_MAX ((int64_t)BUNDLE_ENTRIES * (2 + ENTRY_BYTES_MAX + 1))

/* "log/tile/entries/x001/x234/067" for bundle 1234067; width 1–255 adds ".p/<width>". */
void bundle_path(int64_t bundle, int width, char out[static BUNDLE_PATH_BYTES]);

/* The folder of the partial files, "…/067.p". */
void bundle_partial_dir(int64_t bundle, char out[static BUNDLE_PATH_BYTES]);

/* The folder in which the full bundle stands, "log/tile/entries/x001/x234". */
void bundle_parent(int64_t bundle, char out[static BUNDLE_PATH_BYTES]);

/* "067" or "x067" → 67; −1 for other names. */
int bundle_digits(const char *name);

/* The two bytes before an entry: its length, newline included, big-endian. */
void bundle_header(size_t len, uint8_t out[static 2]);

/* The whole entry at *at, if one is there: sets text and len (without the newline) and moves *at
 * behind it. False at the end and at the first byte of whatever is not an entry: no '{', a control
 * character inside, not UTF-8, no newline at its end, too long, or not all there. That is also what
 * a torn write looks like. */
bool bundle_next(const char *data, size_t data_len, size_t *at, const char **text, size_t *len);

#endif
