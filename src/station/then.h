/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Then: the plan of a stretch of the past, made of what was in force at each moment of it. */
#ifndef VX_STATION_THEN_H
#define VX_STATION_THEN_H

#include "base/moment.h"
#include "plan/running.h"

struct ledger;

/* Each occurrence that starts in [from, to), by the timetables, settings and bulletins that were in
 * force when it started: `now` less what the log says has changed since, and the texts that are
 * kept of timetables (station/versions.h). Where such a text is gone, or was never kept, those of
 * now stand in for it. in: what it was planned with; both live until each() returns. Sounds of the
 * station's own are those of now. Main thread; milliseconds, and some more for each change. */
void then_plan(struct ledger *l, const struct plan_input *now, struct wall from, struct wall to,
	       void (*each)(const struct plan_input *in, struct occurrence *o, void *arg),
	       void *arg);

#endif
