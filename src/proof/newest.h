/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of a station's logs is the newest, where its numbers begin, and what head it has. */
#ifndef VX_PROOF_NEWEST_H
#define VX_PROOF_NEWEST_H

#include "base/err.h"
#include "proof/checkpoint.h"
#include "proof/journal.h"
#include "sys/disk.h"

/* The largest k of the folders "log", "log-2" … that are there, at most LOGS_MAX: a name with a
 * larger number is nobody's work of ours. 0: none. */
bool newest_log(struct disk *d, int *k, struct err *e);

bool newest_is_folder(struct disk *d, const char *path);

/* Log k, a later one, is a folder without a single file: the station was about to begin that log.
 * From one whose files were taken away it cannot be told: the log before tells if one must
 * follow. */
bool newest_is_bare(struct disk *d, int k);

/* How many entries were before that log, as its first entry says; 0 where it does not say, or has
 * none yet. */
bool newest_base(struct journal *j, int64_t *base, struct err *e);

/* The signed head that stands on the disk, of the newest log that has one: what a report says of
 * the log that it was made from. Whether the signature holds is not looked at: who keeps the report
 * compares the head, and does not believe it. False: there is none. */
bool newest_head(struct disk *d, struct checkpoint *c, struct err *e);

#endif
