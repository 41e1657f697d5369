/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Masters are opened aside: a disk that hangs holds a thread, and not the one that decides who is
 * warned. */
#ifndef VX_STATION_OPENING_H
#define VX_STATION_OPENING_H

#include "base/path.h"
#include "library/wave.h"
#include "mix/feeder.h"

#include <stdbool.h>

#define OPENINGS_MAX 8	     /* at once; more wait */
#define OPEN_PATIENCE_MS 30  /* a disk that is awake opens a vetted master in one */

struct opening_one;

/* The owner's; main thread. */
struct opening {
	const char *dir; /* DIR; the caller's */
	/* source_open_master, or a test's. On a thread. */
	struct source *(*open)(const char *path, const char *sha256, struct err *e);
	struct opening_one *list[OPENINGS_MAX];
	int notify_fd; /* readable once one is open, or cannot be */
	char levels_of[SHA256_HEX_BYTES]; /* "": of none */
	struct wave_levels levels;
};

void opening_init(struct opening *o, const char *dir);

/* The master of this SHA-256. Waits OPEN_PATIENCE_MS for the disk, and for one that was asked for
 * before not at all: NULL + ERR_STALLED, ask again until it is there. NULL + err as
 * source_open_master. */
struct source *opening_master(struct opening *o, const char *sha256, struct err *e);

/* How loud it is (library/wave.h), if it is the one that opening_master gave last and that is
 * known. */
bool opening_levels(const struct opening *o, const char *sha256, struct wave_levels *out);

/* After notify_fd was readable: it is so again when the next one is over. */
void opening_told(const struct opening *o);

/* Closes what nobody has taken; what still hangs is left to its thread. Fine if it was never begun
 * (all zero). */
void opening_finish(struct opening *o);

#endif
