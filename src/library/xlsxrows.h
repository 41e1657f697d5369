/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet's rows as CSV, as they come: memory holds one. */
#ifndef VX_LIBRARY_XLSXROWS_H
#define VX_LIBRARY_XLSXROWS_H

#include "library/xlsxshared.h"

#include <stdbool.h>
#include <stddef.h>

struct xlsxrows_out {
	/* False: nobody takes any more. */
	bool (*put)(void *arg, const char *data, size_t len);
	void *arg;
};

/* Formulas give the value that the file has of them; nothing is computed. False: a verdict, or
 * nobody takes any more. */
bool xlsxrows_read(struct xlsx *x, const struct xlsxbook *b, const struct xlsxshared *s,
		   const struct xlsxrows_out *out);

#endif
