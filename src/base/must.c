/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void must_fail(const char *file, int line, const char *func, const char *cond)
{
	char text[512];
	int len = snprintf(text, sizeof(text), "vangxa: %s:%d: %s: broken invariant: %s\n", file, line,
			   func, cond);

	if (len > 0 && write(STDERR_FILENO, text, (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1) < 0)
		abort();
	abort();
}
