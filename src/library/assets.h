/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The station's own sound files (ident, bed, files in timetables): their masters, made when
 * needed. */
#ifndef VX_LIBRARY_ASSETS_H
#define VX_LIBRARY_ASSETS_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>
#include <stdint.h>

struct asset_info {
	char path[PATH_BYTES]; /* as written in settings or timetable: absolute, or under DIR */
	char sha256[SHA256_HEX_BYTES]; /* of the master; "" when there is none */
	int64_t frames;
	double loudness_lufs, peak_dbtp;
};

/* Finds or makes the master of each list[i].path and fills the rest. What was made is remembered in
 * DIR/masters/assets.json under path, size, time of change and inode of the file, so that files
 * which have not changed cost one stat(2) each. A file that is missing or no sound gets sha256 ""
 * and is told to fault() (may be NULL) in a sentence; the others go on. True if there was none.
 * Ingests on the calling thread: seconds for a long new file. Calls of one process wait for one
 * another; no two processes for one DIR. */
bool assets_resolve(const char *dir, struct asset_info *list, int count,
		    void (*fault)(const struct asset_info *asset, const struct err *e, void *arg),
		    void *arg);

#endif
