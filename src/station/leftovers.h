/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leftovers: recordings that a power cut or a kill left open get their entry at the next start. */
#ifndef VX_STATION_LEFTOVERS_H
#define VX_STATION_LEFTOVERS_H

#include "base/moment.h"
#include "proof/reason.h"
#include "station/desk.h"

/* Looks through the recordings of the day of `boot` and the day before it, and writes
 * recording.closed for each that grew no more since boot and that no entry names: SHA-256 of what
 * is there, its end from the file's time, its length from its size (64 kbit/s, constant). reason:
 * how the run that left them ended. Hashes on the calling thread (0.1 s for an hour); the main
 * thread, once the past is accounted for. How many. */
int leftovers_close(struct desk *d, struct wall boot, enum reason reason);

#endif
