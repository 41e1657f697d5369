/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the logs against heads that somebody has seen earlier: on a report, in a checkpoint that
 * was kept, on paper. A folder that was put back whole agrees with itself, keys and all; only who
 * wrote a head down knows that the log has gone on from there once before, otherwise. */
#ifndef VX_PROOF_VERIFY_SEEN_H
#define VX_PROOF_VERIFY_SEEN_H

#include "proof/verify.h"

struct seen_head {
	char origin[NOTE_NAME_BYTES]; /* as it stood there; one that no log here bears: any log's */
	int64_t size;		      /* entries of that log, 1 at least */
	struct hash root;
};

/* After verify_logs. The roots are computed from the entries alone; one pass through each log. */
void verify_seen(const struct verify *v, const struct seen_head *heads, int count,
		 struct verdict *verdict);

#endif
