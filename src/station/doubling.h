/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Products that are perhaps one, told and decided. All products are looked at, which takes long
 * where there are many: aside, and the client hears later. */
#ifndef VX_STATION_DOUBLING_H
#define VX_STATION_DOUBLING_H

#include "base/err.h"

#include <jansson.h>

struct request;

enum doubling_list {
	DOUBLING_OPEN,	   /* somebody has still to decide; two funds first */
	DOUBLING_DECIDED,  /* the newest first */
	DOUBLING_VERSIONS, /* of another language, suspected of nothing */
	DOUBLING_LISTS
};

#define DOUBLING_PAGE 100 /* pairs told at once */

/* The reply: {"open": {"count", "red"}, "decided", "versions": counts, "pairs": [{"first": side,
 * "second": side, "kind", "how", "severity", "words", "percent", "decided": {"n", "at", "decision",
 * "reason", "who"} or null}…], "more", "people"}. A side: {"name", "bulletin", "row", "title",
 * "kind", "language", "length_s", "number", "producer", "level", "fund", "amount", "sha256",
 * "state", "day", "sender"}, null what is not known; {"name"} alone for one that is no more. after:
 * how many pairs to pass over; most: at most DOUBLING_PAGE. As later_start. */
bool doubling_tell(struct request *rq, enum doubling_list which, int64_t after, int most,
		   json_t *reply, struct err *e);

/* Writes down what somebody has decided about two products that there are. ERR_REFUSED: nothing is
 * there to take back, or the first itself does not count because of the second. As later_start. */
bool doubling_decide(struct request *rq, const char *first, const char *second,
		     const char *decision, const char *reason, json_t *reply, struct err *e);

#endif
