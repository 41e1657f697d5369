/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a slot that relays has missed of its relay is told when it is known how much it was: when
 * the relay is heard (again), or the slot is over. */
#ifndef VX_STATION_RELAYMISS_H
#define VX_STATION_RELAYMISS_H

#include "station/playout.h"
#include "station/run.h"

/* Zero-initialise. */
struct relaymiss {
	struct run *what;    /* owned; the slot's, with this one item, which has nothing open; NULL:
			      * nothing is missing */
	enum reason why;
	bool told;	     /* one of the slot is in the log */
};

/* From its frame `at` on this is not heard, for one more reason maybe. whole: the slot's run. */
void relaymiss_note(struct relaymiss *m, struct playout *p, const struct run *whole,
		    const struct airing *a, enum reason why);

/* Up to this frame it was not heard: airing.missed says so, unless that is nothing, or a start
 * before this one has told of it. */
void relaymiss_tell(struct relaymiss *m, struct playout *p, const struct run *whole,
		    struct frame to);

void relaymiss_forget(struct relaymiss *m);

#endif
