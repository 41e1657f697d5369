/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much faster than our clock a source is to be played so that what waits of it neither grows
 * nor runs out. Pure. */
#ifndef VX_MIX_DRIFT_H
#define VX_MIX_DRIFT_H

#include <stdbool.h>

/* Sound comes in bursts (a segment of HLS is six seconds at once), so not the level counts but the
 * lowest level within DRIFT_WINDOW_S. The first window sets the level to be held; from then on a
 * level that is off by e seconds is corrected by e / RELAY_FOLLOW_S, and the correction moves by
 * RELAY_PPM_STEP in a second: a thousandth of what an ear notices. Not taken: an integral part; a
 * source 300 ppm off is held 36 ms from its level without one, and nothing can swing. */
#define DRIFT_WINDOW_S 20.0

struct drift {
	double ppm;	 /* in use: > 0: played faster */
	double base_ppm; /* found before the last drift_again */
	double wish_ppm;
	bool known;
	double target_s;
	double window_s, low_s; /* the present window: how long so far, its lowest level */
};

/* Zero-initialise. After a gap or a jump: the level is another, the source's clock the same. */
void drift_again(struct drift *d);

/* held_s wait at this moment, dt_s have been played since the last call. */
void drift_see(struct drift *d, double held_s, double dt_s);

#endif
