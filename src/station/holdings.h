/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Holdings: the bulletins of a log that is read from its first entry on, as they are where the
 * reader is, and as they were at an earlier moment. */
#ifndef VX_STATION_HOLDINGS_H
#define VX_STATION_HOLDINGS_H

#include "base/moment.h"
#include "station/stock.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct holdings {
	/* By age. Of bulletins that will not air any more only some are kept. In `now` an edited
	 * one has in `decided` when that was, INT64_MAX if its clock had no discipline. */
	struct stock now, then;
	int most[2]; /* more than so many in now, in then: time to forget some */
	/* Decisions that `then` has not taken, by entry and by time. */
	struct holding {
		int64_t n;
		struct wall since;
		json_t *entry;
	} *list;
	int count, capacity;
	struct wall sure_from; /* what was in force before cannot be told; INT64_MAX: nor now */
	bool lacking;	       /* somebody decided on a bulletin of which nothing is known here */
};

void holdings_finish(struct holdings *h);

/* The next entry, if it is about bulletins; in force since then. */
void holdings_take(struct holdings *h, int64_t n, struct wall since, const json_t *entry);

/* From now on nothing can be told of what is in force, until all of the past is told of at `at`. */
void holdings_doubt(struct holdings *h);
void holdings_rest(struct holdings *h, struct wall at);

/* Whether the clock had no discipline that stamped a decision behind entry n and not asked for
 * yet. */
bool holdings_vague(const struct holdings *h, int64_t n);

/* `then` takes what was in force at that moment, no earlier than the one asked for before. When
 * the last of it was decided; INT64_MIN: nothing new. */
struct wall holdings_at(struct holdings *h, struct wall moment);

/* When the next decision came that `then` has not taken; INT64_MAX: there is none. */
struct wall holdings_next(const struct holdings *h);

#endif
