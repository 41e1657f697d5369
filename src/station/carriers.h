/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packs and reports on their way to somebody: each is made by a process of its own, `vangxa pack`
 * or `vangxa report`, at the lowest priority, which writes into the connection of whoever asked;
 * the station has nothing to do with its bytes. */
#ifndef VX_STATION_CARRIERS_H
#define VX_STATION_CARRIERS_H

#include "base/err.h"
#include "base/limits.h"
#include "sys/loop.h"
#include "sys/proc.h"

#include <stdbool.h>
#include <stdint.h>

struct carrier {
	struct proc proc; /* pid 0: free */
	struct watch ended;
	struct watch gone; /* of the connection: whoever asked has left */
	struct loop *loop;
};

/* Zero-initialise; the main thread's. */
struct carriers {
	struct carrier list[CARRIERS_MAX];
};

/* As many are under way as may be. */
bool carriers_full(const struct carriers *c);

/* What the program (args: sys/proc.h) says goes to fd, which is taken over either way; if who reads
 * it leaves, the program is ended. False + err: no process could be started. There must be room. */
bool carriers_start(struct carriers *c, struct loop *l, char *const args[], int fd, struct err *e);

/* What becomes an argument of a program is ours from end to end: it must not be changed by it. */
#define CARRIERS_WORD(text) ((char *)(uintptr_t)(text))

/* Ends those that are under way: who takes them gets half a file, and is told so by that. */
void carriers_stop(struct carriers *c);

#endif
