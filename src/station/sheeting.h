/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log as a sheet over a page: read from the log itself (proof/afresh.h), which takes a while
 * for a long stretch, and so aside. */
#ifndef VX_STATION_SHEETING_H
#define VX_STATION_SHEETING_H

#include "station/commands.h"

/* {"csv": "…"} will be the answer: what was planned in [from, to) and the asker may see. */
bool sheeting_begin(struct request *rq, struct wall from, struct wall to, json_t *reply,
		    struct err *e);

#endif
