/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/said.h"

#include <check.h>
#include <unistd.h>

void said_begin(struct said *s)
{
	int ends[2];

	s->kept = dup(STDERR_FILENO);
	ck_assert(s->kept >= 0 && pipe(ends) == 0);
	s->from = ends[0];
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
}

void said_end(struct said *s, char *text, size_t size)
{
	dup2(s->kept, STDERR_FILENO);
	close(s->kept);
	ssize_t n = read(s->from, text, size - 1);
	close(s->from);
	text[n > 0 ? n : 0] = '\0';
}
