/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands that answer later: what takes long runs on a thread of its own, and its client hears
 * when it is done. */
#ifndef VX_STATION_LATER_H
#define VX_STATION_LATER_H

#include "base/err.h"
#include "sys/aside.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct request;
struct station;

struct later_kind {
	bool (*work)(void *arg, struct err *e); /* aside; see struct aside */
	/* Then, on the station's thread, if work returned true: the members of the answer. */
	bool (*conclude)(void *arg, json_t *reply, struct err *e);
	void (*destroy)(void *arg);
	void (*cancel)(void *arg); /* the station stops: work should end soon; may be NULL */
};

/* A member of arg; zero-initialise. The station's thread's. */
struct later {
	struct later *next;
	const struct later_kind *kind;
	void *arg;
	struct station *station; /* NULL: on the desk alone */
	uint64_t client;	 /* who hears the answer */
	json_t *id;
	struct aside aside;
};

/* Takes arg over. With a station its work begins aside (rq->later) and arg is destroyed when the
 * answer is out; on the desk alone all of it happens now. False + err: the work or its conclusion
 * failed, or the machine has no thread to spare; arg is gone then too. */
bool later_start(struct later *l, const struct later_kind *kind, void *arg, struct request *rq,
		 json_t *reply, struct err *e);

/* How many of this kind (NULL: of all) are under way; 0 without a station. */
int later_count(const struct station *st, const struct later_kind *kind);

/* The first of this kind from l on (l too); NULL: none. */
struct later *later_find(struct later *l, const struct later_kind *kind);

/* Cancels, waits for the threads and forgets all; nobody is answered. */
void later_stop_all(struct station *st);

#endif
