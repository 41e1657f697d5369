/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which names of recordings the log knows: such a name is never used again, or an airing would
 * point into another sound. */
#ifndef VX_STATION_NAMED_H
#define VX_STATION_NAMED_H

#include <stdbool.h>

/* Whether an entry names this file (relative to the station's folder `dir`, a string): a recording
 * that was begun, closed, lost or removed, an unknown file, or one in which one of the newest
 * airings lies. Looks into view.sqlite by itself, which is read for that moment only; if it cannot
 * be read: false, and the disk alone is asked, as ever. Any thread. For encoder_config.had. */
bool named_had(void *dir, const char *file);

#endif
