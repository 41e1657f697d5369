/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a log's files as C2SP tlog-tiles names them, whatever the writer made of them since: it
 * keeps one partial file of each, the widest, and a reader asks for any. */
#ifndef VX_PROOF_SHELF_H
#define VX_PROOF_SHELF_H

#include "base/buf.h"
#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>

/* Appends the tile's hashes or the bundle's entries, `width` of them and no more, out of the first
 * file that has so many; behind a power cut out of LOG/recent (regrow.h). ERR_NOT_FOUND where none
 * has. What it gives is as good as the disk. */
bool shelf_read(struct disk *d, const struct tile_name *t, struct buf *out, struct err *e);

/* What a path under the root asks for. */
enum shelf_kind {
	SHELF_NONE,   /* no file of a log */
	SHELF_HEAD,   /* "log/checkpoint", "log-2/vkey", "log/witnessed": text */
	SHELF_TILE,   /* what t says */
};
enum shelf_kind shelf_kind(const char *path, struct tile_name *t);

#endif
