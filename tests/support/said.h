/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program says on stderr meanwhile; no more than a pipe holds. */
#ifndef VX_TESTS_SUPPORT_SAID_H
#define VX_TESTS_SUPPORT_SAID_H

#include <stddef.h>

struct said {
	int from, kept;
};

void said_begin(struct said *s);
/* Stderr is as it was; text: ends with 0. */
void said_end(struct said *s, char *text, size_t size);

#endif
