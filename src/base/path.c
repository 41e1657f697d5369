/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/path.h"

#include <stdio.h>
#include <string.h>

bool path_is_sha256(const char *text)
{
	return strlen(text) == SHA256_HEX_BYTES - 1 &&
	       strspn(text, "0123456789abcdef") == SHA256_HEX_BYTES - 1;
}

void path_master(char out[static PATH_MASTER_BYTES], const char *dir, const char *sha256,
		 const char *suffix)
{
	snprintf(out, PATH_MASTER_BYTES, "%s/masters/%s%s", dir, sha256, suffix);
}
