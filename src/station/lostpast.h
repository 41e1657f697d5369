/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A past whose log is lost: the log was put back to an older state, and a new one begins behind
 * it. What aired between the last entry that is kept and this start nobody knows. */
#ifndef VX_STATION_LOSTPAST_H
#define VX_STATION_LOSTPAST_H

#include "base/moment.h"
#include "station/desk.h"

#include <jansson.h>
#include <stdbool.h>

#define LOSTPAST_TOLD_DAYS 7 /* so long the page asks somebody to look */

struct lostpast {
	bool found;
	struct wall from; /* of the last entry that is kept */
	char why[CODE_BYTES]; /* as in log.continued */
};

/* At a start, before station.started: whether the log that it goes on with was begun since the last
 * one because entries are gone. */
bool lostpast_find(struct desk *d, struct lostpast *l, struct err *e);

/* Whether a log of this reason (log.continued) begins because its last entries are gone. */
bool lostpast_why(const char *why);

/* The newest past.lost that touches [from, to), as a saying; NULL: none. The caller's. */
json_t *lostpast_between(struct desk *d, struct wall from, struct wall to);

/* The same for the page, while somebody should look; NULL: nothing to say. */
json_t *lostpast_banner(struct desk *d, struct wall now);

#endif
