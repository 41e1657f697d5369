/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as a sheet of CSV, the same from the command line and over HTTP. */
#ifndef VX_PROOF_SHEET_H
#define VX_PROOF_SHEET_H

#include "base/buf.h"
#include "base/civil.h"
#include "proof/reader.h"

/* Adds the mark for spreadsheets and the names of the columns. */
void sheet_head(struct buf *out);

/* Adds one airing: times as RFC 3339 in tz, unknown things empty, words for the reason and detail
 * in the language of the process. */
void sheet_row(struct buf *out, const struct airing_row *r, const struct tz *tz);

#endif
