/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where masters lie in a station's folder, and what may become part of such a path. Pure. */
#ifndef VX_BASE_PATH_H
#define VX_BASE_PATH_H

#include "base/limits.h"

#include <stdbool.h>

#define PATH_MASTER_BYTES (PATH_BYTES + SHA256_HEX_BYTES + 32)

/* True for 64 hexadecimal digits in small letters: no path of a stranger's. */
bool path_is_sha256(const char *text);

/* DIR/masters/<sha256><suffix>: the sound (".flac"), or what is made from it (".wave", ".print").
 * sha256 is ours, or was looked at before. */
void path_master(char out[static PATH_MASTER_BYTES], const char *dir, const char *sha256,
		 const char *suffix);

#endif
