/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recordings that the log names before their files are made (recording.begun): what it does not
 * name is none of the station's. */
#ifndef VX_PROOF_BEGUN_H
#define VX_PROOF_BEGUN_H

#include "base/err.h"
#include "base/limits.h"
#include "base/moment.h"
#include "proof/view.h"

#include <stdbool.h>
#include <stdint.h>

struct begun_row {
	int64_t n; /* of the entry */
	char file[PATH_BYTES], zone[NAME_BYTES];
	struct wall from; /* its first sample */
};

/* SQL: rows, if one of the newest entries (weeks; of what is older there is more to see) begins the
 * file ?1, or any tells that it is unknown. */
#define BEGUN_NAMED                                                                                \
	"SELECT 1 FROM events b, json_each(b.text, '$.files') f"                                   \
	" WHERE b.kind = 'recording.begun' AND b.n > (SELECT max(n) FROM events) - 20000"          \
	" AND json_extract(f.value, '$.file') = ?1"                                                \
	" UNION ALL SELECT 1 FROM events u WHERE u.kind = 'recording.unknown'"                     \
	" AND json_extract(u.text, '$.file') = ?1"

/* Whether an entry begins any recording, in entries below `before`: older programs wrote none. */
bool begun_any(struct view *v, int64_t before, bool *any, struct err *e);

/* Begun by a run before the present one, and no entry says what became of it but that it was gone:
 * the newest first; each() returns false to stop. */
bool begun_open(struct view *v, bool (*each)(const struct begun_row *r, void *arg), void *arg,
		struct err *e);

#endif
