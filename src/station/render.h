/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Render: a stretch of time to a sound file, by the very code that is on
 * air, as fast as it goes. */
#ifndef VX_STATION_RENDER_H
#define VX_STATION_RENDER_H

#include "base/err.h"
#include "mix/filesink.h"
#include "station/world.h"

#include <stdbool.h>
#include <stdio.h>

struct render_job {
	const struct world *world;
	const char *dir;
	struct wall from, to;
	int zone;	   /* whose mix */
	const char *path;  /* what filesink_open takes; NULL: only as_run is wished for */
	struct filesink_config file;
	void (*progress)(double done, void *arg); /* 0–1, now and then; NULL: nobody asks */
	FILE *as_run;	   /* one JSON entry a line: airing.ended and airing.missed; NULL: none */
};

/* An as-run line is the entry as it would stand in the log, of the whole airing. What lies in the
 * file stands beside it, to the millisecond: rendered.at_s (from the file's start),
 * rendered.length_s, and rendered.outside_s, what is heard before or after the file. A missed
 * airing has none, and a line only where its planned moment lies in [from, to). */

/* Frame 0 of the file is heard at `from`, to the sample. What began before `from` sounds as it
 * would on air. Touches neither device nor log; the same input gives the same bytes. Any thread. */
bool render_run(const struct render_job *job, struct err *e);

#endif
