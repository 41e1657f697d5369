/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void must_fail(const char *file, int line, const char *func, const char *cond)
{
	char text[512];
	int made = snprintf(text, sizeof(text), "vangxa: %s:%d: %s: broken invariant: %s\n", file,
			    line, func, cond);
	size_t len = made < 0 ? 0 : (size_t)made;

	/* Nothing can be done about a write that fails: we are dying already. */
	ssize_t written = write(STDERR_FILENO, text, len < sizeof(text) ? len : sizeof(text) - 1);
	(void)written;
	abort();
}
