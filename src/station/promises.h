/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Promises: starts of slots that the timetable had, and those that the log tells of, matched as a
 * reader walks through the log. Only what is not matched yet is kept. Pure. */
#ifndef VX_STATION_PROMISES_H
#define VX_STATION_PROMISES_H

#include "base/limits.h"
#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

struct promise {
	struct wall start;
	char slot[NAME_BYTES];
	bool told;	       /* an airing or a miss of it is in the log */
};

struct promises {
	struct promise *list; /* owned; by start */
	int count, capacity;
	struct wall made_to; /* starts before were asked of the timetable already */
};

void promises_finish(struct promises *p);

/* The log tells of this start. Where promises were made already nothing more can be owed, and it is
 * forgotten. */
void promises_tell(struct promises *p, const char *slot, struct wall start);

/* The timetable had this start; it may have been told of before. */
void promises_owe(struct promises *p, const char *slot, struct wall start);

/* All starts before `to` that shall ever be owed are: what was told of them has done its duty. */
void promises_made(struct promises *p, struct wall to);

/* Takes out the first that is owed, not told of, and starts before `before`; false: none. */
bool promises_broken(struct promises *p, struct wall before, struct promise *out);

#endif
