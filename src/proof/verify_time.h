/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the times that entries bear can be those of one log that was written in its order. */
#ifndef VX_PROOF_VERIFY_TIME_H
#define VX_PROOF_VERIFY_TIME_H

#include "base/moment.h"
#include "proof/verdict.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define VERIFY_TIME_OPEN_MAX 64 /* airings under way that are remembered: zones and their turns */
#define VERIFY_TIME_PAST 1024 /* entries: a witness tells of the head of a moment ago */
#define VERIFY_BOOT_BYTES 9 /* as entries name a run of the machine (proof/stamp.h) */

/* What an entry says of the moment at which it was written. */
struct verify_stamp {
	bool known; /* it bears a clock */
	struct wall at;
	bool synced;
	int64_t error_ns;
	bool bounded;
	struct wall not_before; /* if bounded */
	char boot[VERIFY_BOOT_BYTES]; /* "" none: of a synchronised one */
	int64_t up_ms;
};

struct verify_intent {
	int64_t n; /* −1: free */
	struct verify_stamp stamp;
	struct wall from; /* it may have begun to sound since */
	int64_t leaps;
	bool alarm; /* it may have sounded before the disk took it */
};

/* Initialise by verify_time_init; the caller's memory. */
struct verify_time {
	struct verdict *verdict;
	struct verify_stamp last; /* of the entry before */
	char boot[VERIFY_BOOT_BYTES]; /* the last that was named, and how long it was up then */
	int64_t up_ms;
	int64_t leaps; /* clock.stepped so far */
	struct verify_intent open[VERIFY_TIME_OPEN_MAX];
	int64_t base; /* number of the first entry of the log under way */
	int64_t earliest_ns[VERIFY_TIME_PAST]; /* by number: what had passed by its clock */
	int64_t outside, first_outside; /* words of witnesses that its clock contradicts */
	int64_t behind, first_behind; /* entries that say themselves that their clock is late */
	int64_t untold, first_untold; /* alarms that were heard before they were written */
};
void verify_time_init(struct verify_time *t, struct verdict *verdict);

/* The next entry, in the order of their numbers. What is found goes to the verdict:
 *   time-ran-back     it bears a time before what the entry before it knew to have passed, and
 *                     does not say so (proof/stamp.h: "not_before")
 *   counter-ran-back  within one boot the machine had been up for less than before
 *   aired-elsewhen    an airing that began before its intent was written, or ended behind its
 *                     outcome, by clocks that nothing has set meanwhile. An alarm waits for no
 *                     disk: one that was written later is counted, and told as a note
 * What a witness or a time-stamp authority said of the time is held against the entry that tells of
 * it, and against the last entry of the head that it saw: a warning, since who is right the log
 * does not show. */
void verify_time_take(struct verify_time *t, int64_t n, const json_t *o);

/* Tells what is no difference, at the end. */
void verify_time_tell(struct verify_time *t);

#endif
