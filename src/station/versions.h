/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of settings and timetables that were once in force: DIR/timetables/SHA256.yaml, named
 * by what the log says was in force. Files are written once and never changed. */
#ifndef VX_STATION_VERSIONS_H
#define VX_STATION_VERSIONS_H

#include "base/buf.h"
#include "base/err.h"
#include "base/limits.h"
#include "sys/disk.h"

#include <stdbool.h>

#define VERSIONS_PATH_BYTES (SHA256_HEX_BYTES + 24)

/* Where it is kept, under DIR. False: this is no SHA-256. */
bool versions_path(const char *sha256, char path[static VERSIONS_PATH_BYTES]);

/* Keeps a text under its SHA-256; durable when it returns. Fine if it is kept already. */
bool versions_put(struct disk *d, const char *sha256, const char *text, size_t len, struct err *e);

/* Keeps the text of a file under DIR, if it still is the one with this SHA-256 (else another has
 * taken its place already, and that is kept when it comes into force). Fine if it is kept
 * already. */
bool versions_keep(struct disk *d, const char *file, const char *sha256, struct err *e);

/* Whether it is kept; its text, appended to out. ERR_NOT_FOUND. */
bool versions_has(struct disk *d, const char *sha256);
bool versions_read(struct disk *d, const char *sha256, struct buf *out, struct err *e);

/* Writes a file under DIR so that after a power cut the old or the new one stands there, whole:
 * beside it, synced, renamed. */
bool versions_replace(struct disk *d, const char *file, const char *text, size_t len,
		      struct err *e);

/* The SHA-256 of a text, in hex. */
void versions_hash(const char *text, size_t len, char sha256[static SHA256_HEX_BYTES]);

#endif
