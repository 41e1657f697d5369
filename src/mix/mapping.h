/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The mapping between a device's frames and the monotonic clock: a delay-locked loop. */
#ifndef VX_MIX_MAPPING_H
#define VX_MIX_MAPPING_H

#include "base/moment.h"

#include <stdbool.h>
#include <stdint.h>

/* A device says now and then "frame n is heard at t", each time off by some milliseconds. The loop
 * filters these reports into a straight line: a frame, its moment, and a rate. It is a second-order
 * loop, critically damped (F. Adriaensen, "Using a DLL to filter time", Linux Audio Conference
 * 2005; there the damping is 1/√2, here 1, so that a step never overshoots). Reports need not be
 * evenly spaced. The loop starts wide, to forget a bad first report within seconds, and narrows
 * as 1/t down to MAPPING_TAU_S.
 * The road not taken: a least-squares line over a window is as good but needs the window's memory
 * and forgets in steps.
 *
 * A plain value: no I/O, clock or allocation; copy it freely. Every function is RT-safe. */
struct mapping {
	struct frame frame;  /* reference frame, and … */
	struct mono at;	     /* … when it is heard: whole nanoseconds … */
	double at_rest_ns;   /* … and the rest, −1 … 1 */
	double slow;	     /* seconds per nominal second, minus 1: > 0 for a slow device */
	struct mono since;   /* first report after the last anchor */
	int64_t reports;     /* since then */
	double residual_ns2; /* smoothed square of what the filter takes off the reports */
	int astray;	     /* consecutive reports too far from the line */
};

/* Frame f is heard at t, at exactly the nominal rate from there: the null sink's whole truth. */
void mapping_anchor(struct mapping *m, struct frame f, struct mono t);

/* One report. The first after an anchor replaces it. Reports whose frame does not advance are
 * ignored. One that is more than MAPPING_FAR_MS from the line counts only as if it were that
 * far. */
void mapping_report(struct mapping *m, struct frame f, struct mono t);

/* True when about MAPPING_ASTRAY reports in a row were too far off on: the device has jumped
 * (it ran dry, was suspended, changed its latency); anchor again. */
bool mapping_astray(const struct mapping *m);

/* Both ways along the line; f and t may lie in the past or in the future. */
struct mono mapping_mono(const struct mapping *m, struct frame f);
struct frame mapping_frame(const struct mapping *m, struct mono t);

/* The same line for frames numbered `frames` higher. */
void mapping_renumber(struct mapping *m, int64_t frames);

/* The device's rate against the monotonic clock: > 0 if it runs fast. */
double mapping_drift_ppm(const struct mapping *m);

/* Root mean square of the jitter in the reports: how much the filter has to take off. */
double mapping_residual_ms(const struct mapping *m);

/* Time constant of the settled loop. ±5 ms of jitter 23 times a second leave 0.06 ms and 0.2 ppm; a
 * crystal that warms up by 1 ppm a minute is followed within 0.3 ms. */
#define MAPPING_TAU_S 125.0
/* Sound servers report late by a scheduling hiccup now and then; beyond this it is a jump. */
#define MAPPING_FAR_MS 20
#define MAPPING_ASTRAY 12

#endif
