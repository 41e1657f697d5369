/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings and timetables that the log named last, as they were kept (versions.h): a station
 * goes on with them where its files cannot be read. */
#ifndef VX_STATION_LASTGOOD_H
#define VX_STATION_LASTGOOD_H

#include "proof/view.h"
#include "station/world.h"

/* By the log's view; the caller's. NULL: nothing was kept, or cannot be read any more; a warning
 * says why. Any thread. */
struct world_files *lastgood_of(struct view *v, const char *dir);

/* The same of a folder whose log is not open here, whether its station runs or not. */
struct world_files *lastgood_load(const char *dir);

#endif
