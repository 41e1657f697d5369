/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The few things about JSON that several layers need: strict reading, short numbers, our times. */
#ifndef VX_BASE_JSON_H
#define VX_BASE_JSON_H

#include "base/civil.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Flags for every json_dumps of ours that is stored or sent as a line: keys sorted, no spaces, and
 * reals with 15 significant digits, the most that every double carries both ways: −16.1 is written
 * −16.1 and not −16.100000000000001. */
#define JSON_LINE (JSON_SORT_KEYS | JSON_COMPACT | JSON_REAL_PRECISION(15))

/* Reads one JSON value that fills the text (no duplicate keys, valid UTF-8, no NUL); NULL + err.
 * The caller owns the result. */
json_t *json_read(const char *text, size_t len, struct err *e);

/* A number rounded to so many decimals (0–9); null when it is not finite, because JSON has no word
 * for that. */
json_t *json_rounded(double value, int decimals);

/* The instant as RFC 3339 text with milliseconds and the offset of tz. */
json_t *json_time(struct wall t, const struct tz *tz);

/* A string, or null for NULL and "". Text that is not valid UTF-8 becomes null as well. */
json_t *json_text(const char *text);

/* Members of an object with a stand-in for one that is missing or of another type. The text lives
 * as long as the object. */
const char *json_get_text(const json_t *o, const char *key, const char *otherwise);
int64_t json_get_integer(const json_t *o, const char *key, int64_t otherwise);
double json_get_number(const json_t *o, const char *key, double otherwise);
bool json_get_bool(const json_t *o, const char *key, bool otherwise);

/* A time member; false if it is missing or not RFC 3339. */
bool json_get_time(const json_t *o, const char *key, struct wall *t);

#endif
