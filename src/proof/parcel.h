/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pack: what an inspector takes away, as one zip file: the whole logs up to their signed heads,
 * tables and recordings of a period, how to check them, and a verifier that is not ours. */
#ifndef VX_PROOF_PARCEL_H
#define VX_PROOF_PARCEL_H

#include "base/civil.h"
#include "base/err.h"
#include "sys/disk.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct view;

struct parcel {
	struct disk *disk; /* of DIR; a station may be at work in it */
	const char *dir;   /* the same, for its recordings */
	struct view *view; /* tables are made of it */
	struct tz tz;
	struct date first, last; /* the period, both days included */
	bool silent;		 /* without its recordings, which may be gigabytes */
	/* Reports of the period that go along, "forms/F.pdf" → SHA-256, and the folder in which
	 * they lie by these names; NULL: none. No log tells their bytes, and what they say can be
	 * computed from the pack once more. */
	const json_t *forms;
	const char *forms_dir;
};

/* Whether a member of a pack is such a report, by its name. */
bool parcel_is_form(const char *name);

/* Writes all of it to fd as it comes, in bounded memory; the same log and period give the same
 * bytes. False: what was written is no zip file. ERR_DIFFERS: a log lacks what its head has signed;
 * ERR_NOT_FOUND: no signed log. */
bool parcel_write(const struct parcel *p, int fd, struct err *e);

/* What there is to take, before it is made. */
struct parcel_size {
	int64_t lines;		   /* of its tables, without their heads; 0: the period is empty */
	int64_t recordings;	   /* of the period that are there */
	int64_t recording_bytes;
	int64_t other_bytes;	   /* of the logs and tables, about: they are packed */
};
bool parcel_size(const struct parcel *p, struct parcel_size *size, struct err *e);

#endif
