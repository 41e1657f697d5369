/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kept: what a running slot still plays though the plan no longer holds it, so that a power cut
 * leaves none of it without its row. */
#ifndef VX_STATION_KEPT_H
#define VX_STATION_KEPT_H

#include "proof/reason.h"
#include "station/desk.h"

#include <stdbool.h>

struct playout;

/* The plan was made anew: writes plan.kept, once, for everything that runs on air have still to
 * play and that the new plan would not tell the next start of. */
void kept_note(struct playout *p);

/* At a start, after open airings were closed and before station.started is written: airing.missed
 * for what was kept by the run before this one and never had its time. end: how that run ended. */
bool kept_close(struct desk *d, enum reason end, struct err *e);

#endif
