/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The outline of a bulletin, made again from its master when its file is gone: a restored copy has
 * no need to hold what can be computed. And that of an airing's recording, to be seen beside it. */
#ifndef VX_STATION_OUTLINE_H
#define VX_STATION_OUTLINE_H

#include "base/bulletin.h"
#include "base/err.h"

#include <jansson.h>
#include <stdbool.h>

struct airing_row;
struct recording;
struct request;

/* Answers with {"bulletin": {"id", "sha256"}} once masters/<sha256>.wave is there; one that is
 * missing is made aside first (rq->later), or at once without a station. False + err: the master is
 * gone too or damaged, or OUTLINES_MAX are being made. */
bool outline_start(struct request *rq, const struct bulletin *b, json_t *reply, struct err *e);

/* Answers with {"airing", "damaged", "waveform": as wave_json} of the stretch that was recorded,
 * from the airing's first sample on, and "master": the same of the bytes that aired, null when they
 * are gone or others (a relay has none). Both are made aside each time (they are looked at a few
 * times in years), out of what the log names by its hash, and never from the .wave beside it.
 * False + err: longer than OUTLINE_S_MAX, the recording is gone, or OUTLINES_MAX are being made. */
bool outline_recording(struct request *rq, const struct airing_row *row, const struct recording *r,
		       json_t *reply, struct err *e);

#endif
