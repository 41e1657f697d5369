/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a growing file is on the disk for good: its first bytes and their SHA-256. */
#ifndef VX_BASE_VOUCHED_H
#define VX_BASE_VOUCHED_H

#include "base/limits.h"

#include <stdint.h>

struct vouched {
	char file[PATH_BYTES]; /* relative to DIR */
	int64_t bytes;	       /* 0: none */
	char sha256[SHA256_HEX_BYTES];
};

#endif
