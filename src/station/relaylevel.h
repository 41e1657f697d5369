/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How loud a relay is: brought to the station's own loudness, and told where that cannot be. */
#ifndef VX_STATION_RELAYLEVEL_H
#define VX_STATION_RELAYLEVEL_H

#include "station/airing.h"
#include "station/playout.h"
#include "station/run.h"

/* Another station's programme has a loudness that nobody has measured before. It begins with the
 * gain of what was heard of it while it was connected; then, once in RELAY_LEVEL_S, the gain moves
 * by a decibel at most, over three seconds, towards what the last half minute asks. Not taken: a
 * compressor, which would change what the upper station says loud and softly. */
struct relaylevel {
	struct mono looked;
	bool told;
};

/* Before it is cued: `a` begins at the loudness that was heard. */
void relaylevel_begin(const struct playout *p, struct airing *a, const char *name);

/* While the relay `a` (of `part`, a part of the occurrence `whole`) is on air, however often.
 * Beyond RELAY_FOREIGN_LU it is not followed: an entry says so, once an occurrence, when it has
 * been heard for half a minute. */
void relaylevel_step(struct relaylevel *l, struct playout *p, const struct run *whole,
		     struct run *part, struct airing *a, const char *name);

#endif
