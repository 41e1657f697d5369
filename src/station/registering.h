/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A register as a file over a page: `vangxa register NAME --format …` makes it, in a process of its
 * own, with the libraries that fill spreadsheets. */
#ifndef VX_STATION_REGISTERING_H
#define VX_STATION_REGISTERING_H

#include "station/commands.h"

/* The command register.export; the file itself is the answer. */
bool registering_start(struct request *rq, json_t *reply, struct err *e);

/* The command register.proof: that the log has the entry n, which wrote the row. */
bool registering_prove(struct request *rq, json_t *reply, struct err *e);

#endif
