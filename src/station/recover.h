/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recover: what a start finds in the log, and what it must write before anything airs. */
#ifndef VX_STATION_RECOVER_H
#define VX_STATION_RECOVER_H

#include "base/err.h"
#include "base/moment.h"
#include "proof/reason.h"
#include "station/cutoffs.h"
#include "station/desk.h"
#include "station/holds.h"
#include "station/owed.h"
#include "station/quarantine.h"

#include <stdbool.h>

struct recovery {
	struct wall accounted_to; /* everything planned before has its row in the log */
	struct wall floor;	  /* the latest time the log knows: the clock cannot be before it */
	enum reason gap_reason;	  /* why nothing aired since, as far as it can be told */
	enum reason end_reason;	  /* how the run before this one ended */
	bool has_last;		  /* the log knows any time at all: not a new folder */
	int interrupted;	  /* airings that had an intent and no outcome */
	struct cutoffs cutoffs;	  /* … of them those whose slots may begin them anew */
	struct holds holds;	  /* zones that were cut, and still are */
	struct quarantine quarantine; /* items put aside, with those of now */
	struct gaps gaps;	  /* why nothing aired before the last run ended */
};

/* Closes airings that a power cut or a dying program left open (interrupted; those that surely had
 * not begun say so), then writes
 * station.started. Nothing may air before it returned true. */
bool recover(struct desk *d, struct recovery *r, struct err *e);

/* Once the past is accounted for: station.recovered, so that the next start need not look again. */
void recover_done(struct desk *d, const struct recovery *r);

/* DIR/alive holds the last moment at which the station was known to run; a kill leaves it behind.
 * Written every ALIVE_S seconds and when an airing begins, not synced: after a power cut it may be
 * older. */
#define ALIVE_S 1
void recover_alive(struct desk *d);

#endif
