/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alarm takes some zones of a slot, and the others hear on: those that were taken join what is
 * on air there again as soon as they are free. */
#ifndef VX_STATION_PARTING_H
#define VX_STATION_PARTING_H

#include "station/playout.h"

#include <stdint.h>

/* One deck cannot be at two places: a zone that is back hears what the others hear, whether its
 * slot's rule (after_break) is resume or restart; by drop it hears the next item only. plan.broken
 * names the zones that left, with the rule "join", and plan.joined those that are back, or
 * plan.dropped those that did not hear it any more. In the outcome such a zone stands with its own
 * share (station/sent.h). An item that began while an alarm had a zone takes it in the same way.
 * Main thread. */

/* These of its zones, which others keep, are taken: nothing is written yet, for the siren does not
 * wait for the disk. */
void parting_take(struct airing *a, const struct airing_stop *stop);

/* Somebody else takes these of its zones for good; what was back in one of them hears no more. */
void parting_leave(struct airing *a, const struct airing_stop *stop);

/* It is about to be promised for its zones; an alarm has others of the run. */
void parting_expect(const struct playout *p, const struct run *r, struct airing *a);

/* Somebody else has taken zones that were to join it. */
void parting_stays_away(struct playout *p, struct airing *a, const struct airing_stop *stop);

/* Its outcome is written. */
void parting_ended(struct playout *p, struct airing *a);

/* Entries that are owed, and the zones that may join. Each look at the run. */
void parting_step(struct playout *p, struct run *r);

/* How much of it an alarm took from this zone. */
int64_t parting_frames(const struct airing *a, int zone);

#endif
