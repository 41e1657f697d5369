/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as a sheet of CSV, the same from the command line and over HTTP. */
#ifndef VX_PROOF_SHEET_H
#define VX_PROOF_SHEET_H

#include "base/buf.h"
#include "base/civil.h"
#include "proof/checkpoint.h"
#include "proof/reader.h"

/* Adds the mark for spreadsheets and the names of the columns. log: the last three say which head
 * of the log it was made from; NULL leaves them out, where the log lies beside the sheet. */
void sheet_head(struct buf *out, const struct checkpoint *log);

/* Adds one airing: the result as the log has it, and beside it the sum in which it counts
 * (row_sum_word), for a full one that went to no loudspeaker is none that aired; times as RFC 3339
 * in tz, unknown things empty, words for the reason and detail in the language of the process.
 * log: as for sheet_head; of size 0, nothing is signed yet. The head stands in each row, so that a
 * row is still what it was in whatever sheet it is pasted; the road not taken: a last row of
 * another kind, which programs would take for an airing. */
void sheet_row(struct buf *out, const struct airing_row *r, const struct tz *tz,
	       const struct checkpoint *log);

#endif
