/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Explain, inside: what is known at an entry, and what becomes of the lines of airings. */
#ifndef VX_STATION_EXPLAIN_INSIDE_H
#define VX_STATION_EXPLAIN_INSIDE_H

#include "proof/verdict.h"
#include "station/dues.h"
#include "station/inforce.h"
#include "station/promises.h"

#define MARGIN_NS DUES_MARGIN_NS
#define DAY_NS (86400 * NS_PER_S)
#define EARLIER_MAX 8 /* timetables that a slot on air may still belong to */

struct explain {
	struct verdict *verdict;
	struct disk *disk;
	struct inforce *now, *earlier[EARLIER_MAX]; /* newest first */
	int turned;	     /* of earlier: in force within the gap that is accounted for now */
	struct promises promises;
	struct dues dues;
	int64_t last_n;	     /* number of the last entry of the station's own */
	struct wall disturbed; /* when the clock was set, or the machine slept, last */
	bool covered;	     /* a start has accounted for the past, and the station goes on */
	struct wall cursor;  /* what starts before is promised, or never will be */
	struct wall last;    /* of the last entry of the station's own: it ran */
	struct wall ahead;   /* what the clock showed when it was set back last */
	bool unsettled;	     /* what was in force in the gap cannot be told */
	struct wall owed;    /* from here on the log still owes lines, as it says; INT64_MAX none */
	int64_t rows, unjudged;
	struct tz tz;	     /* of the timetable that promised last */
};

/* airing.missed and airing.intended, entry n, stamped `at`. */
void explain_missed(struct explain *x, int64_t n, struct wall at, const json_t *o);
void explain_intended(struct explain *x, int64_t n, struct wall at, const json_t *o);

#endif
