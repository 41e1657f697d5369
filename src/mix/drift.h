/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much faster than our clock a source is to be played so that what waits of it neither grows
 * nor runs out. Pure. */
#ifndef VX_MIX_DRIFT_H
#define VX_MIX_DRIFT_H

#include <stdbool.h>

/* Sound comes in bursts (a segment of HLS is six seconds at once), so not the level counts but the
 * lowest level within a window. The first window sets the level to be held; from then on a level
 * that is off by e seconds is corrected by e / follow_s, and the correction moves by step_ppm in a
 * second: of a relay a thousandth of what an ear notices. Not taken: an integral part; a
 * source 300 ppm off is held 36 ms from its level without one, and nothing can swing. */
struct drift_pace {
	double window_s;
	double target_s;   /* level to be held; 0: what the first window finds */
	double follow_s;   /* a level off by 1 s is brought back in so long */
	double most_ppm;   /* correction, at most */
	double step_ppm;   /* that it moves in a second, at most */
};
/* A relay: nobody shall hear it. */
#define DRIFT_WINDOW_S 20.0
extern const struct drift_pace drift_relay;
/* A voice: whoever speaks shall be heard soon again after a hole in the line; a hundredth is a
 * sixth of a semitone. */
extern const struct drift_pace drift_voice;

struct drift {
	const struct drift_pace *pace; /* NULL: drift_relay */
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
