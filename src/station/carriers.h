/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs on their way to somebody: each is made by a process of its own, `vangxa pack`, at the
 * lowest priority, which writes into the connection of whoever asked; the station has nothing to do
 * with its bytes. */
#ifndef VX_STATION_CARRIERS_H
#define VX_STATION_CARRIERS_H

#include "base/err.h"
#include "base/limits.h"
#include "sys/loop.h"
#include "sys/proc.h"

#include <stdbool.h>

struct carrier {
	struct proc proc; /* pid 0: free */
	struct watch ended;
	struct loop *loop;
};

/* Zero-initialise; the main thread's. */
struct carriers {
	struct carrier list[CARRIERS_MAX];
};

/* As many are under way as may be; false + ERR_CONFLICT says so. */
bool carriers_full(const struct carriers *c);
bool carriers_busy(struct err *e);

/* The pack of the days from first to last (as YYYY-MM-DD), with or without its recordings, goes to
 * fd, which is taken over either way. It is whole if a zip file's directory stands at the end.
 * False + err: no process could be started. There must be room. */
bool carriers_start(struct carriers *c, struct loop *l, const char *dir, const char *first,
		    const char *last, bool silent, int fd, struct err *e);

/* Ends those that are under way: who takes them gets half a file, and is told so by that. */
void carriers_stop(struct carriers *c);

#endif
