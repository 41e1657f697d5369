/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Traces that the log left elsewhere in the station's folder, looked at before it is opened: a log
 * that was put back, or taken away, without them is not gone on with under its name. */
#ifndef VX_STATION_TRACES_H
#define VX_STATION_TRACES_H

#include "sys/disk.h"

/* dir: the station's folder, d: the disk over it, held by the caller. What is found is written down
 * by heads_doubt, which ends the log when its signer opens it:
 *   view-newer      view.sqlite has more entries than there are (an entry is durable before the
 *                   view has it: no power cut does that)
 *   witness-larger  DIR/witness remembers a larger head that somebody outside has seen
 *   log-gone        there is no entry and no copy of a head, and yet the station has recorded, or
 *                   has been at work
 * Nothing strange, or nothing that can be read: nothing is done. */
void traces_look(struct disk *d, const char *dir);

#endif
