/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises: starts of slots that the timetable had, their bulletins, and those that the log tells
 * of, matched as a reader walks through the log. Only what is not matched yet is kept. Pure. */
#ifndef VX_STATION_PROMISES_H
#define VX_STATION_PROMISES_H

#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

struct promise {
	struct wall start;
	struct wall due; /* what is to be told of it was to be by then; at first: always */
	int64_t n;	/* the caller's: of an entry; at first −1 */
	char slot[NAME_BYTES];
	char bulletin[ID_BYTES]; /* "" the start itself */
	bool told;	       /* an airing or a miss of it is in the log */
};

struct promises {
	struct promise *list; /* owned; by start */
	int count, capacity;
	struct wall made_to; /* starts before were asked of the timetable already */
};

void promises_finish(struct promises *p);

/* The log tells of this bulletin of a start, or ("") of the start. Where promises were made already
 * nothing more can be owed, and it is forgotten. */
void promises_tell(struct promises *p, const char *slot, struct wall start, const char *bulletin);

/* The timetable had this start, or this bulletin in it; it may have been told of before. What is
 * new, until the next call; NULL: it is owed, or was told of, already. */
struct promise *promises_owe(struct promises *p, const char *slot, struct wall start,
			     const char *bulletin);

/* All of one start, until the next call. */
const struct promise *promises_at(const struct promises *p, struct wall start, int *count);

/* All starts before `to` that shall ever be owed are: what was told of them has done its duty. */
void promises_made(struct promises *p, struct wall to);

/* Takes out the first that is owed, not told of, starts before `before`, and was due before `due`;
 * false: none. */
bool promises_broken(struct promises *p, struct wall before, struct wall due, struct promise *out);

#endif
