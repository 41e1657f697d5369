/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has aired is listened to again, one airing after the other: entries airing.checked. */
#ifndef VX_STATION_CHECKS_H
#define VX_STATION_CHECKS_H

#include "mix/ears.h"
#include "station/desk.h"
#include "station/listen.h"
#include "sys/aside.h"

#include <stdbool.h>
#include <stdint.h>

/* Nothing waits for it: airing.ended is written as before, with level A or none, and what was found
 * since stands in an entry of its own. Only what the device of some zone took whole (level A of
 * that zone) is listened to, and there alone: a higher level includes it. After a restart what is
 * left over is caught up with, the newest first, where a recording of it is still there; nobody's
 * ears were open for it. */
struct check {
	char airing[ID_BYTES];
	int64_t ended_n;
	bool live;	  /* of this run: the ears heard it, if there are any */
	struct mono from; /* its first sample was heard then; live only */
	struct mono due, until; /* not before the first; no longer waited for after the second */
};

/* Zero-initialise; the caller's memory. Main thread, but for job.listen while work runs. */
struct checks {
	struct desk *desk;
	struct loop *loop;
	struct ears *ears; /* NULL: none */
	void (*changed)(void *arg);
	void *arg;
	struct check *list; /* CHECKS_MAX */
	int count;
	int64_t seen_n;	 /* outcomes up to here are in the list or done */
	bool begun;
	struct check now;
	struct listen *listen;
	struct aside work;
};

/* changed: an entry was written. */
void checks_init(struct checks *c, struct desk *desk, struct loop *loop, struct ears *ears,
		 void (*changed)(void *arg), void *arg);

/* Once a second: looks what has ended, and begins with the next that is due. */
void checks_look(struct checks *c);

/* True while the ears must remember: something of this run is yet to be listened to. */
bool checks_wait(const struct checks *c);

/* Waits for what is under way, and writes nothing of it: the next start does it again. */
void checks_stop(struct checks *c);

#endif
