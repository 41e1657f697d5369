/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the lists in seeds/ share. */
#ifndef VX_SUPPORT_SEEDTEXT_H
#define VX_SUPPORT_SEEDTEXT_H

#include "plan/faults.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Whether a fault at that line has these words. */
static inline bool seedtext_told(const struct faults *f, const char *words, int line)
{
	for (int i = 0; i < f->count; i++)
		if (strstr(fault_text(&f->list[i]), words) != NULL && f->list[i].line == line)
			return true;
	for (int i = 0; i < f->count; i++)
		fprintf(stderr, "%s:%d: %s\n", f->list[i].file, f->list[i].line,
			fault_text(&f->list[i]));
	return false;
}

#endif
