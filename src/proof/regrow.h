/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing tiles and bundles as the next start will make them, for whoever reads a log behind a
 * power cut: entries may then stand in LOG/recent alone, and hashes nowhere. Changes nothing. */
#ifndef VX_PROOF_REGROW_H
#define VX_PROOF_REGROW_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>

/* Appends the bundle's entries or the tile's hashes, `width` of them, out of the log's entries, and
 * above the leaves out of the tiles below. False: the log has not so many. */
bool regrow(struct disk *d, const struct tile_name *t, struct buf *out, struct err *e);

#endif
