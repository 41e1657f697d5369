/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of an airing, in the words of the log. Pure. */
#ifndef VX_STATION_OUTCOME_H
#define VX_STATION_OUTCOME_H

#include "station/airing.h"

/* cut: somebody ended it; partial: less than the whole was heard; else full. whole: all frames that
 * there were to hear were mixed. */
const char *outcome_result(const struct airing *a, bool whole);

/* Why not all of it; NULL: nothing to say. A code of proof/reason.h. */
const char *outcome_reason(const struct airing *a, bool whole);

#endif
