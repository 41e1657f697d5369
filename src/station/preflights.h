/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every evening, and whenever somebody asks, the day to come is looked through: a child of the
 * lowest priority plans and renders it (vangxa preflight), and what it says becomes an entry,
 * preflight.made, from which pages and the banner tell it until the day is there. */
#ifndef VX_STATION_PREFLIGHTS_H
#define VX_STATION_PREFLIGHTS_H

#include "base/buf.h"
#include "station/desk.h"
#include "sys/aside.h"

#include <jansson.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Zero-initialise; the caller's memory. Main thread, but for day, out and stop while work runs. */
struct preflights {
	struct desk *desk;
	struct loop *loop;
	void (*changed)(void *arg);
	void *arg;
	struct aside work;
	atomic_bool stop;
	char day[11];	     /* that is looked through, or was last */
	char who[CODE_BYTES]; /* who asked; "" the evening */
	struct buf out;
	json_t *last;	     /* the newest entry; NULL: none yet */
	bool read;	     /* the log was asked for it */
	struct mono due;     /* not sooner is it begun by itself: after a failure */
	char fault[REASON_BYTES]; /* why the last one came to nothing; "" it did not */
};

/* changed: there is a new entry, or one is under way. */
void preflights_init(struct preflights *p, struct desk *desk, struct loop *loop,
		     void (*changed)(void *arg), void *arg);

/* Once a second: begins with tomorrow when the evening has come (settings.preflight_s) and it was
 * not looked through yet. believed: the wall clock is. */
void preflights_look(struct preflights *p, bool believed);

/* Now, for tomorrow; ERR_CONFLICT while one is under way. */
bool preflights_begin(struct preflights *p, const char *who, struct err *e);

/* Waits for the child, which is ended. */
void preflights_stop(struct preflights *p);

/* {"running", "fault", "last": null or {"date", "at", "findings": [{"code", "grade", "texts", …}],
 * "starts", "start_count"}}; the caller's. */
json_t *preflights_json(struct preflights *p);

/* What is to be told on top of every page: a saying, the caller's; NULL: nothing, or its day is
 * over. */
json_t *preflights_banner(struct preflights *p);

#endif
