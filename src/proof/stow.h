/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full bundles that are not among the newest, packed: LOG/tile/entries/…/067.gz instead of …/067,
 * the content coding that C2SP tlog-tiles allows for bundles, under the name by which web servers
 * find it. */
#ifndef VX_PROOF_STOW_H
#define VX_PROOF_STOW_H

#include "base/err.h"
#include "proof/tile.h"
#include "sys/disk.h"

#include <stdbool.h>
#include <stdint.h>

#define STOW_PATH_BYTES (TILE_PATH_BYTES + 8)

/* The packed file's path. */
void stow_path(const char *log, int64_t bundle, char out[static STOW_PATH_BYTES]);

/* One of two steps, the writer's: makes the packed file, durably, from the plain one; or, when it
 * is there already, takes the plain one away after comparing both. A bundle lies between them, so
 * that a disk which only pretended to keep the packed file still has the plain one. *done: the
 * plain one is gone. False: nothing was lost; what is no whole bundle is left alone. */
bool stow_bundle(struct disk *d, const char *log, int64_t bundle, bool *done, struct err *e);

enum stow_form {
	STOW_PLAIN,
	STOW_PACKED,
	STOW_ODD, /* packed, under a head that the writer does not write: somebody else's hand */
};

/* The bytes of a full bundle from whichever file is there, appended to out; ERR_NOT_FOUND where
 * there is neither, ERR_DAMAGED where it cannot be unpacked. form: of the file that was read, or
 * tried; NULL: not asked. Any thread on a real disk. */
bool stow_read(struct disk *d, const char *log, int64_t bundle, struct buf *out,
	       enum stow_form *form, struct err *e);

/* The number within its folder (0–999) of a full bundle's file name, plain or packed, or of a full
 * tile's; −1 for other names. */
int stow_digits(const char *name, bool *packed);

#endif
