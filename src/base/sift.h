/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of a register somebody looks for: by words, and by days. Pure. */
#ifndef VX_BASE_SIFT_H
#define VX_BASE_SIFT_H

#include "base/register.h"

/* Begin with sift_begin. */
struct sift {
	const struct register_shape *shape;
	const struct register_field *by; /* of days; NULL: any of them may be meant */
	char find[TITLE_BYTES];		 /* folded; "" any */
	char from[11], to[11];		 /* "2026-11-01"; "" open */
};

/* Any text may be "". ERR_USAGE: by is no field of days, from or to no day. */
bool sift_begin(struct sift *s, const struct register_shape *shape, const char *find,
		const char *by, const char *from, const char *to, struct err *e);

/* Whether it takes every row. */
bool sift_open(const struct sift *s);

/* Whether all words stand in the row's id and cells, as people see them, and a day in the time
 * (a month, if any of its days may be). people: {"user:7": name}. */
bool sift_takes(const struct sift *s, const char *id, const json_t *fields, const json_t *people);

#endif
