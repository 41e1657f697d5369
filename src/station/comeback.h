/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an emergency broke off comes back by its slot's rule (after_break): at the sample at which
 * it began to fade, from its beginning, or not at all. */
#ifndef VX_STATION_COMEBACK_H
#define VX_STATION_COMEBACK_H

#include "station/playout.h"

#include <stdbool.h>

/* The run waits while others hold its zones, and what it has still to play waits with it; then all
 * that fits into the rest of the slot follows in its order, and the rest is missed because of the
 * emergency. Each part is an airing with its own intent, outcome and figures: the second says which
 * one it resumes and from which frame, and no part claims what the other has played. In the log a
 * break ends with such an airing or with plan.dropped, after a power cut too (comeback_close).
 *
 * Where some zones of a slot went on, station/parting.h has the others. A slot that relays has its
 * own way back (station/relaying.h), and what stands in for its relay goes by this one, as long as
 * the relay is not back. Main thread. */

/* The arbiter has broken the run off, by this reason; it has nothing told its items yet. True: they
 * are to be looked after. */
bool comeback_wait(struct playout *p, struct run *r, enum reason by);

/* The outcome of one of them is written: it becomes what is still to be played of it, or is
 * dropped. */
void comeback_settled(struct playout *p, struct run *r, struct airing *a);

/* Of these zones those that an alarm has, or will have within a minute: a pause between two turns
 * of a siren is no return. */
uint32_t comeback_soon(const struct playout *p, uint32_t zones);

/* Not all that was broken off of it is written down yet: a few seconds at most. */
bool comeback_settles(const struct run *r);

/* plan.dropped: what is left of this airing will not be heard. */
void comeback_dropped(struct playout *p, const char *airing, enum reason why);

/* Lets the run go on as soon as it may, or gives it up. Before its items are looked at. */
void comeback_step(struct playout *p, struct run *r);

/* At a start: plan.dropped for what the run before this one had broken off and never took up
 * again. end: how that one ended. */
bool comeback_close(struct desk *d, enum reason end, struct err *e);

#endif
