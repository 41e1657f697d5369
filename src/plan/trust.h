/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether the wall clock can be believed: a PC whose battery is dead starts in 1970 and would play
 * the wrong day. */
#ifndef VX_PLAN_TRUST_H
#define VX_PLAN_TRUST_H

#include "base/moment.h"
#include "base/saying.h"

#include <stdbool.h>

/* It cannot be earlier than this program: 2026-01-01T00:00:00Z. */
#define TRUST_BUILT_S INT64_C(1767225600)
/* So much earlier than the floor is still a clock that is a little off. */
#define TRUST_SLACK_NS (300 * NS_PER_S)
/* So much later than the floor, and nobody disciplines the clock: nobody was away that long. */
#define TRUST_AHEAD_NS (INT64_C(10) * 365 * 86400 * NS_PER_S)

enum trust {
	TRUST_SYNCED,  /* somebody disciplines it and it is not before the floor */
	TRUST_LIKELY,  /* not disciplined, but possible: on with it, and say so */
	TRUST_BEFORE,  /* earlier than something that has already happened */
	TRUST_TOO_FAR, /* not disciplined and years after anything known */
};

/* The earliest the clock may show: the later of the build and the last log entry, if any. */
struct wall trust_floor(bool has_entry, struct wall last_entry);

enum trust trust_judge(struct wall now, struct wall floor, bool synced);

/* False for TRUST_BEFORE and TRUST_TOO_FAR: the timetable waits. */
bool trust_enough(enum trust trust);

/* Why, for the operator. */
enum saying trust_saying(enum trust trust);

#endif
