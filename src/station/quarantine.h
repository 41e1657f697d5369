/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quarantine: items at which the program ended twice in a row. They are put aside, so that one
 * sound cannot keep a whole station off the air. */
#ifndef VX_STATION_QUARANTINE_H
#define VX_STATION_QUARANTINE_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "proof/reader.h"

#include <jansson.h>
#include <stdbool.h>

struct desk;
struct playout;

/* What counts is the log: an intent without an outcome whose run ended while the machine went on.
 * One such end says nothing (somebody may have killed the program); when the next airing of the
 * same bytes ends so too, they are put aside. An airing that came to its end in between clears
 * them. They are known by their SHA-256: a new version has another. The road not taken: a counter
 * in a file of its own, a second truth that a power cut may lose. */
struct quarantine {
	int count;
	struct quarantined {
		char sha256[SHA256_HEX_BYTES];
		char item[PATH_BYTES]; /* "B17", or the file */
		struct wall at;	       /* since when */
	} list[QUARANTINE_MAX];
};

/* What was put aside when the run before this one ended: what its station.started says (NULL: the
 * first ever), less what was released since. */
bool quarantine_find(struct desk *d, const json_t *started, struct quarantine *q, struct err *e);

/* row was on its way when the program ended, which is written down by now, in an entry from
 * recovered_n on; puts its item aside, with an entry, if that was the second time. */
bool quarantine_crashed(struct desk *d, struct quarantine *q, const struct airing_row *row,
			int64_t recovered_n, struct err *e);

/* The member "quarantine" of station.started. The caller's. */
json_t *quarantine_json(const struct quarantine *q, const struct desk *d);

bool quarantine_has(const struct quarantine *q, const char *sha256);

/* An operator lets it air again. ERR_NOT_FOUND: it was not put aside. */
bool quarantine_release(struct playout *p, const char *item, const char *who, struct err *e);

/* A banner for each: sayings. The caller's. */
json_t *quarantine_banners(const struct playout *p);

#endif
