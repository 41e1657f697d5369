/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the cells of a spreadsheet share: texts, and looks that tell a date from a number. */
#ifndef VX_LIBRARY_XLSXSHARED_H
#define VX_LIBRARY_XLSXSHARED_H

#include "base/buf.h"
#include "library/xlsxbook.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Owned; zero-initialise, xlsxshared_finish. */
struct xlsxshared {
	struct buf texts; /* one behind the other, each with its NUL */
	uint32_t *starts;
	size_t count, room;
	unsigned char *kinds; /* of xlsxnumber.h, by the number of the look */
	int kind_count;
};

/* False + verdict. */
bool xlsxshared_read(struct xlsxshared *s, struct xlsx *x, const struct xlsxbook *b);
void xlsxshared_finish(struct xlsxshared *s);

/* NULL: there is no such text. */
const char *xlsxshared_text(const struct xlsxshared *s, size_t i);
/* A number, too, where there is no such look. */
unsigned char xlsxshared_kind(const struct xlsxshared *s, size_t i);

/* _x000D_ and the like as the character that they stand for (ECMA-376 part 1, 22.4.2.4), from
 * `from` on in b. */
void xlsxshared_unescape(struct buf *b, size_t from);

#endif
