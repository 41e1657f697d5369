/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bulletins of the view look like one that a period approved: so that a report knows what was
 * there before, however long ago. */
#ifndef VX_PROOF_KIN_H
#define VX_PROOF_KIN_H

#include "base/err.h"
#include "base/numbers.h"

#include <stdint.h>

struct view;

/* Of each that was approved in [from_ms, to_ms) the earliest other one of the same bytes, the
 * earliest of the same title, to a second the same length and no other language, and the earliest
 * of both with another fund; refused ones are none. Their numbers are added to into. */
bool kin_of_period(struct view *have, int64_t from_ms, int64_t to_ms, struct numbers *into,
		     struct err *e);

#endif
