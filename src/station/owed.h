/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Owed: the past of which the log does not tell yet, and why nothing could air in it. */
#ifndef VX_STATION_OWED_H
#define VX_STATION_OWED_H

#include "base/err.h"
#include "base/moment.h"
#include "proof/reason.h"

#include <jansson.h>
#include <stdbool.h>

struct desk;
struct playout;

/* A stretch in which nothing could air, by the clock that was believed. */
struct gap {
	struct wall from, to;
	enum reason why;
};

/* Newest last; the newest says why where two overlap. The oldest go when there are too many. */
#define GAPS_MAX 16
struct gaps {
	struct gap list[GAPS_MAX];
	int count;
};
void gaps_add(struct gaps *g, struct wall from, struct wall to, enum reason why);

/* What is owed is in the log before anything else is written with the new time: past.owed says from
 * when, and why; past.accounted, behind the last row, that all of it is told. Else the last entry's
 * time would hide what lies before it from the next start, if the power fails in between. */
struct owed {
	struct wall from, to;	  /* to be accounted for, when from < to */
	struct wall accounted_to; /* what was planned before is not ours */
	struct wall boot;	  /* wall time at which this process began, as known now */
	enum reason gap_reason;	  /* why nothing aired before boot */
	struct mono machine_up;	  /* when the machine was switched on */
	struct gaps gaps;
	bool doubted;		  /* the clock was believed and is no more … */
	struct wall doubted_at;	  /* … since this moment, by what it showed before */
	bool marked;		  /* past.owed is in the log, past.accounted is not */
};

/* At the beginning: as playout_begin says. */
void owed_begin(struct playout *p, struct wall accounted_to, enum reason gap_reason,
		struct mono machine_up);

/* The believed clock went from `before` to the later `after`, and nothing could air in between. */
void owed_leap(struct playout *p, struct wall before, struct wall after, enum reason why);
/* It went back: what lies ahead again is not past. */
void owed_back(struct playout *p, struct wall after);
/* It is not believed any more since `before`; it is again, and shows `now`. */
void owed_doubt(struct playout *p, struct wall before);
void owed_trust(struct playout *p, struct wall now);
/* The log does not take entries from now on: the past.owed that must be the first of them; the
 * caller's. What was planned since `from` is to be looked through again: some of them are lost. */
json_t *owed_late(struct playout *p);
void owed_again(struct playout *p, struct wall from);

/* One day of the past a call: what was planned in it and is not in the log was missed. Occurrences
 * that still go on are not past: run_open sees to them. */
void owed_account(struct playout *p);

/* Nothing is left to be accounted for. */
bool owed_nothing(const struct playout *p);

/* The reason for something that should have started at `planned` and can no longer. */
enum reason owed_reason(const struct playout *p, struct wall planned);

/* What the runs before this one left owed behind entry `since`: *from is moved to the earliest of
 * it, if that is earlier, and what is known of why goes into gaps. For recover. */
bool owed_find(struct desk *d, int64_t since, struct wall *from, struct gaps *gaps, struct err *e);

#endif
