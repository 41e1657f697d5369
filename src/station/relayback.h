/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The moment at which a relay that is back takes its slot again from its fallback. */
#ifndef VX_STATION_RELAYBACK_H
#define VX_STATION_RELAYBACK_H

#include "base/saying.h"
#include "station/playout.h"
#include "station/run.h"

#include <stdbool.h>
#include <stdint.h>

/* At the end of what sounds, if that is within RELAY_RETURN_S of when the relay was found back;
 * else in the first pause of it; and if there is none until that time is over, it is faded. */
struct relayback {
	struct frame by;     /* whatever happens; 0: the relay is not back */
	struct frame at;     /* the relay's first frame, … */
	int64_t fade_frames; /* … before which the fallback fades for so long; 0: it is over */
	enum saying moment;  /* for relay.back */
};

/* The relay sounds; part is what stands in for it, NULL nothing. True: it is to be gone back to at
 * b->at, shortly; false: ask again at the next step. b: the caller's, zero when the fallback begins
 * or the relay does not sound. */
bool relayback_when(const struct playout *p, const struct run *part, struct relayback *b);

/* What is promised of the fallback ends there, and nothing more of it follows: what an emergency
 * had broken off of it is dropped. */
void relayback_leave(struct playout *p, struct run *part, const struct relayback *b);

#endif
