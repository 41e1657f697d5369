/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/shipped.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void shipped_dir(char out[static PATH_BYTES])
{
	char program[PATH_BYTES / 2];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);

	program[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(program, '/');
	if (slash != NULL)
		*slash = '\0';
	snprintf(out, PATH_BYTES, "%s/../../seeds", program);
	bool here = access(out, R_OK) == 0;
	snprintf(out, PATH_BYTES, "%s/../../%s", program, here ? "" : "share/vangxa");
}
