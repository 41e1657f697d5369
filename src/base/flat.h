/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of JSON as our programs write it, read where it stands: nothing is copied, nothing is
 * allocated. What is written otherwise is not read at all, and json_read is there for it. */
#ifndef VX_BASE_FLAT_H
#define VX_BASE_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FLAT_MEMBERS_MAX 64

enum flat_type {
	FLAT_NULL,
	FLAT_FALSE,
	FLAT_TRUE,
	FLAT_INTEGER,
	FLAT_REAL,
	FLAT_TEXT,
	FLAT_ARRAY,
	FLAT_OBJECT,
};

struct flat_value {
	enum flat_type type;
	const char *text; /* of a text without its quotes; of others all of it */
	size_t len;
};

struct flat {
	struct {
		const char *key;
		size_t key_len;
		struct flat_value value;
	} members[FLAT_MEMBERS_MAX];
	int count;
};

/* text: valid UTF-8 without control characters (utf8_line). True for one object, keys sorted and
 * each once, no spaces, no escapes, integers of at most 18 digits, 8 levels deep: of such a line
 * json_read has the same members. False for anything else. Members live as long as text. */
bool flat_read(const char *text, size_t len, struct flat *f);

/* A member of this name is this text. */
bool flat_is(const struct flat *f, const char *key, const char *text);

/* The next value of an array of such a line; false behind the last. *at: 0 at first. */
bool flat_next(const struct flat_value *array, size_t *at, struct flat_value *value);

/* Of FLAT_INTEGER; of FLAT_REAL and FLAT_INTEGER. */
int64_t flat_integer(const struct flat_value *v);
double flat_number(const struct flat_value *v);

#endif
