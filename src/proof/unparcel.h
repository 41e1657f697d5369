/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A pack that somebody hands over, and that may be anything at all: its log, tables and texts go
 * into a folder of their own under TMPDIR, of its recordings only the hashes are kept. Nothing in
 * it chooses where it is written. */
#ifndef VX_PROOF_UNPARCEL_H
#define VX_PROOF_UNPARCEL_H

#include "base/err.h"
#include "base/limits.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct unparcel {
	char dir[PATH_BYTES]; /* log/…, log-2/…, tables/…, and what the pack says of itself */
	json_t *recordings;   /* file → {"bytes", "sha256"} */
	json_t *forms;	      /* the same, of reports that go along */
	int64_t strange;      /* members that no pack has, and were left alone */
	char first_strange[64]; /* one of them, as far as it can be shown */
};

/* Takes it apart (sys/unzip.h); fd stays the caller's. ERR_DAMAGED: no whole zip file, two members
 * of one name, or one that is larger than such a thing can be. On true: unparcel_close. While the
 * program has one thread. */
bool unparcel_open(struct unparcel *u, int fd, struct err *e);
/* What it says of itself: period and time zone into p. ERR_UNSUPPORTED: it was made by a program so
 * old, or so new, that this one does not know what it should hold. */
struct parcel;
bool unparcel_about(const struct unparcel *u, struct parcel *p, struct err *e);
/* Removes the folder. */
void unparcel_close(struct unparcel *u);

#endif
