/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders for what is needed only for a while, each its maker's alone (mode 0700). */
#ifndef VX_SYS_SCRATCH_H
#define VX_SYS_SCRATCH_H

#include "base/err.h"
#include "base/limits.h"

#include <stdbool.h>

/* Where files for a while belong: $TMPDIR (POSIX.1-2017 XBD 8.3) or /tmp. */
const char *scratch_place(void);

/* Makes an empty folder scratch_place()/vangxa-PURPOSE-…, which the caller takes away with
 * scratch_remove. False (no room, no right, a name too long): dir is "". */
bool scratch_make(char dir[static PATH_BYTES], const char *purpose, struct err *e);

/* Takes a folder away with all that lies in it; links are not followed. What cannot be taken away
 * stays. "" is none. */
void scratch_remove(const char *dir);

#endif
