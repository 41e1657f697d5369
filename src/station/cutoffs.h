/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cut-offs: what was on its way when the program or the power ended, and what its slot makes of
 * it when it is joined again. */
#ifndef VX_STATION_CUTOFFS_H
#define VX_STATION_CUTOFFS_H

#include "base/limits.h"
#include "base/moment.h"
#include "plan/running.h"
#include "proof/reader.h"
#include "proof/reason.h"

#include <stdbool.h>

struct playout;
struct run;

/* Its airing was closed as interrupted, and nobody knows to the sample what was heard of it. So it
 * is begun anew, whole (plan.broken by the rule "restart", then an airing that resumes it), if that
 * takes no room from anything that was not heard yet; else what follows it moves up, and the log
 * has a plan.dropped that says why. Of what ordered or raised somebody, and of relays, which come
 * back by themselves, there is nothing here. The oldest are forgotten. */
#define CUTOFFS_MAX 32
struct cutoffs {
	int count;
	struct cutoff {
		char airing[ID_BYTES];
		char slot[NAME_BYTES];
		struct wall start; /* of the occurrence */
		char bulletin[ID_BYTES], sha256[SHA256_HEX_BYTES];
		struct wall ends; /* planned */
		struct wall at;	  /* last sign of life */
		bool anew;
		enum reason why; /* … or why not */
	} list[CUTOFFS_MAX];
};

/* For recover: that airing is interrupted now. at: the last sign of life. */
void cutoffs_add(struct cutoffs *c, const struct airing_row *row, struct wall at);

/* The last sign of life in an occurrence that was broken off; false: it was not. */
bool cutoffs_find(const struct playout *p, const struct occurrence *o, struct wall *at);

/* The occurrence is laid again from offset_frames on: clears known[] of what is begun anew. gone:
 * it is planned no longer. */
void cutoffs_choose(struct playout *p, const struct plan_input *in, const struct occurrence *o,
		    int64_t offset_frames, bool gone, bool *known);

/* Writes down what became of those of an occurrence, and forgets them. r: its run, NULL none. */
void cutoffs_settle(struct playout *p, const struct occurrence *o, struct run *r);

#endif
