/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/shipped.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void shipped_program_dir(char out[static PATH_BYTES / 2])
{
	ssize_t len = readlink("/proc/self/exe", out, PATH_BYTES / 2 - 1);

	out[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(out, '/');
	if (slash != NULL)
		*slash = '\0';
}

/* The program lies two folders deep, in PREFIX/libexec/vangxa or build/NAME. sign: a file of what
 * is sought, by which the sources are known. */
static void find(char out[static PATH_BYTES], const char *sign, const char *in_sources,
		 const char *installed)
{
	char program[PATH_BYTES / 2];

	shipped_program_dir(program);
	snprintf(out, PATH_BYTES, "%s/../../%s", program, sign);
	bool here = access(out, R_OK) == 0;
	snprintf(out, PATH_BYTES, "%s/../../%s", program, here ? in_sources : installed);
}

void shipped_dir(char out[static PATH_BYTES])
{
	find(out, "seeds", "", "share/vangxa");
}

void shipped_www(char out[static PATH_BYTES])
{
	find(out, "web/dist/index.html", "web/dist", "share/vangxa/www");
}
