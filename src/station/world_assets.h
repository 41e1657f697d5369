/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound files that settings and timetables name: found, made masters of, or told as missing. */
#ifndef VX_STATION_WORLD_ASSETS_H
#define VX_STATION_WORLD_ASSETS_H

#include "station/world.h"

/* Adds to w->assets what its settings and slots name, also those of faulty timetables; makes
 * masters under DIR of what is new, which may take seconds: not on the station's main thread while
 * it is on air. A file that is missing is a warning at each place that names it: its slot is
 * planned as an omission with that reason, the rest of the timetable airs. */
void world_assets_add(struct world_files *w, const char *dir);

#endif
