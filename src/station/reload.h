/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reload: changed settings and timetables are read on a thread, then taken
 * over between two steps. */
#ifndef VX_STATION_RELOAD_H
#define VX_STATION_RELOAD_H

#include "base/err.h"
#include "plan/faults.h"

#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct world_files;
struct desk;

/* The main thread's, but for `files`, `error` and `faults` while `running` and not `finished`. */
struct reload {
	const char *dir;
	uint64_t stamp;	  /* of the files in force (or refused) */
	uint64_t reading; /* of the files being read */
	bool running;
	_Atomic bool finished;
	pthread_t thread;
	struct world_files *files;
	struct err error;
	struct faults faults;
	json_t *refused; /* a saying: why the newest files are not on air; NULL if they are */
};

void reload_init(struct reload *r, const char *dir);

/* Once a second: starts reading when something changed, takes over what is read. A file with errors
 * leaves everything as it was and says so in `refused`. True if something new is in force. */
bool reload_poll(struct reload *r, struct desk *d);

/* Takes files over that somebody has read already: who changed them, "" when nobody said. Faulty
 * ones, or with other wiring, leave everything as it was; `refused` says why. files is taken over
 * (NULL: unreadable, r->error and r->faults say why). True if they are in force. */
bool reload_take(struct reload *r, struct desk *d, struct world_files *files, const char *who);

void reload_finish(struct reload *r);

#endif
