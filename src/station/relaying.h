/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A slot that relays another station: watched, replaced by its fallback while there is nothing to
 * hear of it, and gone back to. */
#ifndef VX_STATION_RELAYING_H
#define VX_STATION_RELAYING_H

#include "mix/relays.h"
#include "station/playout.h"
#include "station/run.h"

#include <stdbool.h>
#include <stdint.h>

/* One occurrence of such a slot is a run that stays until the slot's end, and whose first item is
 * the relay; what follows it (the fallback, the relay again) are runs of their own, parts of it. So
 * each stretch is an airing with its own intent, outcome and figures, and the log tells what part
 * was relayed. A person's cut or another item that takes the air ends the part; when the zones are
 * free again the relay goes on. */
void relaying_begin(struct run *r);

/* Before the runs are moved on. */
void relaying_step(struct playout *p);

/* The slot is not over: r stays. */
bool relaying_goes_on(const struct run *r);

/* r stands in for a relay, and whether it or the relay goes on is not decided: somebody has, or
 * had, the zones. */
bool relaying_is_aside(const struct run *r);

/* What is heard in its place in a slot of this relay; of several slots the worst. One that has not
 * had its time to answer yet is not missing. */
enum relaying_standin {
	STANDIN_NONE, /* nothing stands in: the relay is heard, or no slot has it */
	STANDIN_FALLBACK,
	STANDIN_BED, /* the fallback is over, or there is none */
	STANDIN_SILENCE,
};
enum relaying_standin relaying_stands_in(const struct playout *p, const char *name);

/* The bed of this run lies in the place of its relay. */
bool relaying_has_bed(const struct run *r);

/* r, or what it is a part of, relays no more: after_break is drop. */
void relaying_end(struct run *r);

/* This cannot be heard of the relay in r, from its frame on. False: r relays nothing any more, and
 * it is missed as a whole; else it is told of when it is known how much that was. */
bool relaying_misses(struct playout *p, struct run *r, const struct airing *a, enum reason why);

/* r goes: whoever knows of it forgets it; its own is freed. */
void relaying_forget(struct playout *p, struct run *r);

/* Bit i: relay i (as in mix/relays.h) is on air or will be within RELAY_AHEAD_S. */
uint32_t relaying_wanted(struct playout *p, const struct relays *relays);

#endif
