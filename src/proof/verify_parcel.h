/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds what a pack carries beside its log against that log: tables are made anew from the entries
 * and compared byte by byte, its texts from the heads (verify_texts.h);
 * recordings are compared with the hashes that the entries name, and their removals judged. */
#ifndef VX_PROOF_VERIFY_PARCEL_H
#define VX_PROOF_VERIFY_PARCEL_H

#include "proof/unparcel.h"
#include "proof/verify.h"
#include "proof/view.h"

/* Of how many entries the pack's tables were made, as it says; INT64_MAX: that cannot be read. */
int64_t verify_parcel_entries(const struct verify *v);

/* v: the log in the pack's folder, verified. *made: an empty view, or one of so many entries, or
 * NULL for one that is made; in the end that of all entries, the caller's in any case (view_close).
 * False + err: no view could be made of it (no room). Loads a time zone: while the program has one
 * thread. */
bool verify_parcel(const struct verify *v, const struct unparcel *u, struct view **made,
		   struct verdict *verdict, struct err *e);

#endif
