/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sheet of somebody's (CSV or .xlsx) that is to become rows of a register: looked at aside, every
 * bad cell named, and what it would change told; only when it is to be, and nothing in it is bad,
 * its rows go on to be written (station/imports.h). */
#ifndef VX_STATION_SHEETIN_H
#define VX_STATION_SHEETIN_H

#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct request;

/* The command register.import; answers later. The answer of an .xlsx file has `encoding` "XLSX", no
 * `separator`, and `sheet` and `sheets` of library/sheetpipe.h; `sheet` of the request chooses. */
bool sheetin_start(struct request *rq, json_t *reply, struct err *e);

#endif
