/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dues: the bulletins that the slots of a stretch of the past were to play, by the timetable and
 * the decisions of then, as promises that the log must keep with a row each. */
#ifndef VX_STATION_DUES_H
#define VX_STATION_DUES_H

#include "base/moment.h"
#include "proof/verdict.h"
#include "station/holdings.h"
#include "station/inforce.h"
#include "station/promises.h"

/* What starts so near to a change of what is to air, or of the clock, may go by either. */
#define DUES_MARGIN_NS (60 * NS_PER_S)

#define DUES_BROKEN_MAX 64 /* airings that wait to be resumed: one emergency breaks a few */

struct dues {
	struct holdings holdings;
	struct promises *owed; /* gets the promises; the caller's */
	struct promises aired; /* bulletins that slots have aired, with their entries: none twice */
	int64_t broken[DUES_BROKEN_MAX]; /* newest entries of airings that were broken off */
	int broken_count;
	struct verdict *verdict;
	int rules; /* by which the station plans; 0: nobody here knows them, nothing is owed */
};

void dues_finish(struct dues *d);

/* The airing of entry n was broken off, and may be resumed or begun again (station/comeback.h). */
void dues_broken(struct dues *d, int64_t n);

/* Entry n claims that bulletin in this start, when the newest entry was of `now`; resumes: the
 * entry of what it goes on with, −1 none. False: the log has claimed it before, and that was not
 * broken off, or was resumed already. What is older than a restart looks back is forgotten. */
bool dues_aired(struct dues *d, int64_t n, const char *slot, struct wall start,
		const char *bulletin, int64_t resumes, struct wall now);

/* Promises each bulletin of every start in [from, to) that the plan of then surely held, and names
 * what a slot has aired besides: no demonstrations, no starts within a minute of a decision, none
 * before holdings.sure_from, and none on which a sound file of the station's own bears, of which
 * nobody knows any more whether it was there. Stretches in order; a few days at most. */
void dues_owe(struct dues *d, struct inforce *f, struct wall from, struct wall to);

#endif
