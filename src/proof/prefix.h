/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prefixes: what the log vouches for of a recording before its hour is over, its first bytes and
 * their SHA-256. Whoever exchanges the file while nothing runs does not exchange these. */
#ifndef VX_PROOF_PREFIX_H
#define VX_PROOF_PREFIX_H

#include "base/err.h"
#include "base/limits.h"
#include "base/vouched.h"
#include "proof/view.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* As a member of an array "prefixes" in an entry. */
json_t *prefix_json(const struct vouched *p);

/* For view_apply: all that an entry of any kind vouches for. */
bool prefix_apply(struct view *v, int64_t n, const json_t *o, struct err *e);

/* What a file is, beside what was vouched for. */
struct prefix_found {
	char sha256[SHA256_HEX_BYTES]; /* of the whole file */
	int64_t count;		       /* prefixes that the log knows */
	int64_t held;		       /* bytes up to which they are there */
	int64_t n, bytes; /* the first that is not: entry and length; n −1: all are */
};
/* Reads fd from where it stands to its end, once. False + err: it cannot be read, or the view. */
bool prefix_find(struct view *v, const char *file, int fd, struct prefix_found *out,
		 struct err *e);

/* What recording.closed says of it: a saying, the caller's; NULL when all of it is there. */
json_t *prefix_differs(const struct prefix_found *found);

#endif
