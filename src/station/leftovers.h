/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leftovers: recordings that a power cut or a kill left open get their entry at the next start. */
#ifndef VX_STATION_LEFTOVERS_H
#define VX_STATION_LEFTOVERS_H

#include "base/moment.h"
#include "proof/reason.h"
#include "station/desk.h"

/* First those that no entry closes and in which airings of earlier runs lie: recording.closed with
 * the SHA-256 of what is there and its beginning from those airings, or recording.lost. Then those
 * that recording.begun names, if they are there. Lengths are from sizes (64 kbit/s, constant). What
 * else lies in the day of `boot` and the day before it is told of (recording.unknown) and left
 * alone; only where no earlier run wrote recording.begun, as older programs did not, what grew no
 * more since boot is closed, too: its end from the file's time.
 * A file that does not begin with what the log had vouched for (proof/prefix.h) is told to differ;
 * what came after that, or where nothing was, may have been exchanged, and nobody knows.
 * reason: how the run that left them ended. Hashes on the calling thread (0.1 s for an hour); the
 * main thread, once the past is accounted for. How many. */
int leftovers_close(struct desk *d, struct wall boot, enum reason reason);

#endif
