/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reload: changed settings and timetables are read on a thread, then taken
 * over between two steps. */
#ifndef VX_STATION_RELOAD_H
#define VX_STATION_RELOAD_H

#include "base/err.h"
#include "plan/faults.h"
#include "sys/aside.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct world_files;
struct desk;

/* The main thread's, but for `files` and `faults` while work runs. */
struct reload {
	struct desk *desk;
	struct loop *loop;
	void (*decided)(void *arg); /* what was read is in force, or refused */
	void *arg;
	uint64_t stamp;	  /* of the files in force (or refused) */
	uint64_t reading; /* of the files being read */
	struct aside work;
	struct world_files *files;
	struct faults faults;
	json_t *refused; /* a saying: why the newest files are not on air; NULL if they are */
};

void reload_init(struct reload *r, struct desk *d, struct loop *l, void (*decided)(void *arg),
		 void *arg);

/* At a start: if the files are faulty, or have slots that the log could not tell apart, what was in
 * force last goes on, and `refused` says why. Where nothing is kept the rest of the files airs. A
 * station.yaml that desk_start could not read is read again by reload_poll, which says why. */
void reload_first(struct reload *r);

/* Once a second: begins to read when something changed. What is read is taken over from the loop; a
 * file with errors leaves everything as it was and says so in `refused`. */
void reload_poll(struct reload *r);

/* Takes files over that somebody has read already: who changed them, "" when nobody said. Faulty
 * ones, or with other wiring, leave everything as it was; `refused` says why. files is taken over
 * (NULL: unreadable, r->work.error and r->faults say why). True if they are in force. */
bool reload_take(struct reload *r, struct world_files *files, const char *who);

/* Waits for what is being read. Before the loop goes; fine if it was never begun. */
void reload_finish(struct reload *r);

#endif
