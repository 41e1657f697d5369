/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bytes of which recordings hold an airing: MP3 frames, cut between two, nothing encoded
 * anew. */
#ifndef VX_STATION_RECORDING_H
#define VX_STATION_RECORDING_H

#include "proof/history.h"
#include "station/desk.h"

#include <jansson.h>

struct recording_part {
	char file[PATH_BYTES]; /* relative to DIR */
	char sha256[SHA256_HEX_BYTES]; /* of the whole file, "" while it is open */
	int64_t entry;	       /* recording.closed, −1 while it is open */
	int64_t first, bytes;  /* of the file; one that is open may not have them all yet */
	bool there;	       /* the file is on the disk */
	int64_t removed_n, removed_ms; /* of recording.removed, −1 and 0 none */
	char removed_why[CODE_BYTES];
	bool differs;	       /* not what had been vouched for, its entry says */
};

/* exact: the log says on which sample of the recording the airing began; else its time of day was
 * taken, which is a fraction of a second off by the end of an hour. An interrupted airing has no
 * length in the log: what was planned is taken, as far as it was recorded. */
struct recording {
	bool exact;
	int64_t into_frames; /* from the first sample of the first part to the airing */
	int count;
	struct recording_part parts[RECORDING_PARTS_MAX];
};

/* ERR_NOT_FOUND: it was not aired, or no recording of it is known. ERR_CONFLICT: it is on air
 * still. A decoder needs one MP3 frame before the first it shall give whole: the cut begins up to
 * 48 ms early, and ends up to 24 ms late. Main thread; stats the files. */
bool recording_find(struct desk *d, const struct airing_row *row, struct recording *out,
		    struct err *e);

/* {"exact", "parts": [{"file", "first", "bytes", "sha256", "entry", "there", "differs",
 * "removed": null or {"at", "why", "entry"}}]}; the caller's. */
json_t *recording_json(const struct recording *r, const struct tz *tz);

#endif
