/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of a log lie on the disk: the paths of C2SP tlog-tiles under the log's folder.
 * Pure. */
#ifndef VX_PROOF_TILE_H
#define VX_PROOF_TILE_H

#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

#define LOG_DIR "log" /* of a station's first log; the folders of later ones: log_dir */
#define LOG_DIR_BYTES 24
#define TILE_PATH_BYTES 96
#define TILE_WIDTH 256	 /* hashes in a full tile, entries in a full bundle */
#define TILE_ENTRIES -1	 /* instead of a level: entry bundles */
#define TILES_MAX INT64_C(1000000000) /* file names of at most three groups of digits */

/* The folder of the station's kth log, k from 1: "log", "log-2", … A log that ends (a changed key,
 * a restored disk) stays where it is; nothing that was written is ever moved. */
void log_dir(int k, char out[static LOG_DIR_BYTES]);

/* k of such a name; 0 for others. */
int log_dir_number(const char *name);

/* "log/tile/0/x001/x234/067" for tile 1234067 of level 0 (TILE_ENTRIES: "log/tile/entries/…");
 * width 1–255 adds ".p/<width>". */
void tile_path(const char *log, int level, int64_t n, int width, char out[static TILE_PATH_BYTES]);

/* The folder of the partial files, "…/067.p". */
void tile_partial_dir(const char *log, int level, int64_t n, char out[static TILE_PATH_BYTES]);

/* The folder in which the full one stands, "log/tile/0/x001/x234". */
void tile_parent(const char *log, int level, int64_t n, char out[static TILE_PATH_BYTES]);

/* The folder of a level, "log/tile/0". */
void tile_root(const char *log, int level, char out[static TILE_PATH_BYTES]);

/* "067" or "x067" → 67; −1 for other names. */
int tile_digits(const char *name);

/* What a path made by tile_path names; false for every other text. */
struct tile_name {
	char log[LOG_DIR_BYTES];
	int level;
	int64_t n;
	int width; /* TILE_WIDTH: full */
};
bool tile_parse(const char *path, struct tile_name *t);

#endif
