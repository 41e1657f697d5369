/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bed: quiet music under announcements, and in the place of an item that broke. */
#ifndef VX_STATION_BED_H
#define VX_STATION_BED_H

#include "station/playout.h"

/* Starts the bed at frame `from`, ducked under speech or not; nothing if the station has no bed, or
 * it already lies there. While the disk keeps its master it is awaited, and begins when it can. */
void bed_start(struct playout *p, struct run *r, struct frame from, bool ducked);

/* Each step of its run: starts what is awaited. */
void bed_step(struct playout *p, struct run *r);

/* Fades it out from frame `from`: slowly when a voice ends, at once when somebody cuts. */
#define BED_OUT_FRAMES (FRAMES_PER_S * 3 / 2)
void bed_end(struct playout *p, struct run *r, struct frame from, int64_t fade_frames);

/* The same because something is taken off the air; where zones are left it lies on there. */
void bed_stop(struct playout *p, struct run *r, const struct airing_stop *stop);

/* Lower where somebody speaks live (run.ducked), and back. */
void bed_level(struct playout *p, struct run *r, int64_t fade_frames);

/* It lies in these zones of the run again, which an alarm had taken. */
void bed_join(struct playout *p, struct run *r, uint32_t zones, int64_t fade_frames);

/* A mixer event with the bed's tag. */
void bed_event(struct playout *p, struct run *r, const struct mix_event *ev);

#endif
