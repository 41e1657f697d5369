/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What should be looked at although it was done: sentences for the person who asked. */
#ifndef VX_BASE_WARNINGS_H
#define VX_BASE_WARNINGS_H

#include "base/limits.h"

/* Sentences in UTF-8, one a line, none ends with a newline; "" when there is nothing to say.
 * Zero-initialise; may be copied. */
struct warnings {
	char text[WARNINGS_BYTES];
};

/* Adds a sentence; one that finds no room is left out whole. */
void warnings_add(struct warnings *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Adds all sentences of another. */
void warnings_join(struct warnings *w, const struct warnings *more);

#endif
